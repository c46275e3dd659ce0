"""Counts of incidents: "There were 2 P1 incidents for A and 3 for B".

A sentence is read from its beginning to its end, or not at all: "There were 2 P1 incidents at
Guildhall" is about a part that the figures do not know.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from reports.prose.claims import A_COUNT, Claim, claim
from reports.prose.known import Known
from reports.prose.sentences import Sentence

SO_MANY = r"(?:only |just )?(?P<total>a total of |in all |altogether )?"
GOES_ON = (
    r"(?:of which|of these|of them|although|though|but|while|however|higher|lower|more|fewer|this)"
)
THE_MONTH = r"(?:this|the) (?:month|period)"


@dataclass(slots=True)
class Item:
    """One count of a sentence: of which priority, of which organisations; "" where not said."""

    count: str
    priority: str
    whose: str


@dataclass
class Reading:
    """One sentence, read word by word; `at` is how far."""

    sentence: Sentence
    known: Known
    at: int = 0
    whose: str = ""
    is_anchored: bool = False
    """Whether it says that it is about the whole of the month or of an organisation."""
    items: list[Item] = field(default_factory=list)

    def take(self, pattern: str) -> re.Match[str] | None:
        match = re.compile(pattern, re.IGNORECASE).match(self.sentence.text, self.at)
        if match:
            self.at = match.end()
        return match

    @cached_property
    def period(self) -> str:
        inside = "(?:in|during|for|over|throughout)"
        return rf"(?:this month|{inside} (?:{THE_MONTH}|{self.known.month}))"

    def head(self) -> None:
        """Read "In March," and "For A,"."""
        whose = rf"(?:for|at|in) (?P<whose>{self.known.organisations})"
        while match := self.take(rf"(?:{self.period}|overall|altogether|in total|{whose})\b,? "):
            self.whose = match["whose"] or self.whose
            self.is_anchored = True

    def introduction(self) -> bool:
        """Read "There were" and "A had"; tell whether there is any."""
        subject = rf"(?P<who>{self.known.organisations}|we|{self.known.month}|the month)"
        had = r"(?:had|saw|recorded|reported|logged|experienced) "
        there_were = r"there (?:was|were|have been|had been) "
        match = self.take(rf"(?:{there_were}|{subject} {had}){SO_MANY}|(?P<sum>a total of )")
        if match is None:
            return False
        if match["who"] and match["who"].lower() != "we":
            self.whose, self.is_anchored = match["who"], True
        self.is_anchored |= bool(match["total"] or match["sum"])
        return True

    def item(self) -> bool:
        """Read "2 P1 incidents for A", or after another "3 for B"; tell whether there is one."""
        known = self.known
        adjective = r"(?:(?:serious|major|reported) )?"
        of_all = rf"{adjective}(?:{known.all_priorities} )?incidents?\b"
        of_one = rf"(?P<priority>{known.priority})\b(?: incidents?\b)?"
        whose = rf"(?:for|at|in|of) (?P<whose>{known.organisations})\b"
        more = r"(?:,? and |, |,? as well as )" if self.items else ""
        match = self.take(rf"{more}(?P<count>{A_COUNT}) (?:{of_all}|{of_one})(?: {whose})?")
        if match:
            self.items.append(Item(match["count"], match["priority"] or "", match["whose"] or ""))
        elif self.items and (match := self.take(rf"{more}(?P<count>{A_COUNT}) {whose}")):
            self.items.append(replace(self.items[-1], count=match["count"], whose=match["whose"]))
        return match is not None

    def is_over(self) -> bool:
        """Tell whether nothing follows that makes a part of what was counted."""
        if self.take(rf" {self.period}\b"):
            self.is_anchored = True
        return self.take(rf" ?(?:$|[.!?;:(]|, {GOES_ON}\b)") is not None


def counts(sentence: Sentence, known: Known) -> Iterator[Claim]:
    """Yield the counts of a sentence that is about the whole of a month."""
    reading = Reading(sentence, known)
    reading.head()
    introduced = reading.introduction()
    while reading.item():
        pass
    named = all(item.whose or reading.whose for item in reading.items)
    anchored = reading.is_over() and (introduced or named)
    if anchored and (reading.is_anchored or named or sentence.opens):
        yield from claims_of(reading)


def claims_of(reading: Reading) -> Iterator[Claim]:
    known, items = reading.known, reading.items
    for at, item in enumerate(items):
        # In "2 P1 and 6 P2 incidents for A" the name may belong to both.
        later = next((each.whose for each in items[at:] if each.whose), "")
        whose = item.whose or reading.whose or later
        others = [] if item.whose or reading.whose else [known.count("total", "", item.priority)]
        if not (item.priority or whose):
            others.append(known.figures.total.total + known.figures.other_incidents)
        if known.is_partial and not whose:
            continue
        value = known.count("total", whose, item.priority)
        words = known.in_words(item.count, item.priority, whose)
        yield claim(reading.sentence.text, item.count, words, [value], others)
