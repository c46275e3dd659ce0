"""What the figures know by name: whose incidents, of which priority, and how many there were."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from incidents.month import NAMES
from reports.figures import MonthlyFigures, OrganisationFigures
from reports.prose.claims import value_of
from reports.wording import listed, reported_names


@dataclass(frozen=True)  # without slots, so that each pattern is made once
class Known:
    """The figures of a month, asked by the names that a sentence uses.

    `is_partial` where there are organisations besides: then only a sentence that names one of
    those in the figures can be set against them.
    """

    figures: MonthlyFigures
    is_partial: bool = False

    @cached_property
    def priorities(self) -> list[str]:
        return reported_names(self.figures)

    @cached_property
    def month(self) -> str:
        """The month by its name, its year with it or not."""
        return rf"{NAMES[self.figures.month.number - 1]}(?: {self.figures.month.year})?"

    @cached_property
    def organisation(self) -> str:
        """A name of one organisation."""
        return rf"(?:the )?{either(each.name for each in self.figures.organisations)}"

    @cached_property
    def organisations(self) -> str:
        """One name or several: "A", "A and B"."""
        return rf"(?:{self.organisation}(?:(?:, | and |, and |/){self.organisation})*)"

    @cached_property
    def priority(self) -> str:
        return either(self.priorities)

    @cached_property
    def all_priorities(self) -> str:
        """All names that the report lists, in their order: "P1 and P2"."""
        return r"(?:, and |, | and |/)".join(map(re.escape, self.priorities)) or "(?!)"

    def named_in(self, text: str) -> list[OrganisationFigures]:
        pattern = either(each.name for each in self.figures.organisations)
        named = set(re.findall(pattern, text))
        return [each for each in self.figures.organisations if each.name in named]

    def asked(self, text: str) -> list[OrganisationFigures]:
        """The organisations that a text names, or all of them where it names none."""
        return self.named_in(text) or list(self.figures.organisations)

    def count(self, what: str, whose: str = "", priority: str = "") -> int:
        """Add up "total", "external" or "internal", by the names given; reported ones alone."""
        return sum(
            getattr(each.tally, what)
            for of in self.asked(whose)
            for each in of.priorities
            if each.reported and priority in ("", each.name)
        )

    def parts(self, what: str) -> Iterator[int]:
        """Yield the count of everything together, and of every part that has a name."""
        whose = ["", *(each.name for each in self.figures.organisations)]
        for organisation, priority in product(whose, ["", *self.priorities]):
            yield self.count(what, organisation, priority)

    def in_words(self, count: str, priority: str, whose: str = "") -> str:
        """Say what a count is of: "P1 incidents for A"."""
        names = listed([each.name for each in self.named_in(whose)])
        kind = priority or listed(self.priorities)
        noun = "incident" if value_of(count) == 1 else "incidents"
        return f"{kind} {noun}" + (f" for {names}" if names else "")


def either(names: Iterable[str]) -> str:
    """A pattern for one of several names with their own capitals; of none it never matches."""
    longest_first = sorted(names, key=len, reverse=True)
    return rf"(?-i:(?<!\w)(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})(?!\w))"
