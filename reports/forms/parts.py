"""The parts of a report that two persons may write at once, each known by its words.

Whoever saves sends along what each part said when they saw it. So it can be told who changed
what, and words that one of the two did not touch never stand in the way of the other.
"""

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from django.http import QueryDict

from incidents.forms.at_once import ChangedBy, changed_by, one_kind_of_break
from reports.forms.narrative import NarrativeForm
from reports.forms.rows import Lines, in_words
from reports.models import CommitteeReport

Rows = list[dict[str, Any]]


class Part(Protocol):
    """One text, or one list; `typed` is what the form says."""

    key: str
    label: str

    @property
    def typed(self) -> str: ...

    def on_record(self, report: CommitteeReport) -> str:
        """What the report says, to be compared with what is typed."""

    def shown(self, report: CommitteeReport) -> str:
        """What the report says, for a person to read."""

    def put(self, report: CommitteeReport, data: QueryDict) -> None:
        """Let a form say what the report says."""


class TextPart:
    """One field of the narrative or of the front block."""

    def __init__(self, form: NarrativeForm, name: str) -> None:
        self.form, self.key = form, name
        self.label = str(form[name].label)

    @property
    def typed(self) -> str:
        return one_kind_of_break(self.form[self.key].value())

    def on_record(self, report: CommitteeReport) -> str:
        return one_kind_of_break(getattr(report, self.key))

    def shown(self, report: CommitteeReport) -> str:
        return in_words(CommitteeReport, self.key, getattr(report, self.key))

    def put(self, report: CommitteeReport, data: QueryDict) -> None:
        data[self.key] = getattr(report, self.key)


class ListPart:
    """One list of lines; `rows` reads those of a report."""

    def __init__(self, label: str, lines: Lines, rows: Callable[[CommitteeReport], Rows]) -> None:
        self.label, self.lines, self.rows = label, lines, rows
        self.key = str(lines.prefix)

    @property
    def typed(self) -> str:
        return one_kind_of_break(self.lines.in_words(self.lines.typed()))

    def on_record(self, report: CommitteeReport) -> str:
        return one_kind_of_break(self.shown(report))

    def shown(self, report: CommitteeReport) -> str:
        return self.lines.in_words(self.rows(report))

    def put(self, report: CommitteeReport, data: QueryDict) -> None:
        for name in [name for name in data if name.startswith(f"{self.key}-")]:
            del data[name]
        for name, value in self.lines.as_data(self.rows(report)).items():
            data[name] = value


def told_apart(
    parts: Iterable[Part], now: CommitteeReport, seen: dict[str, str]
) -> tuple[list[Part], list[Part]]:
    """Return the parts that the other person alone changed, and those that both did."""
    theirs: list[Part] = []
    both: list[Part] = []
    for part in parts:
        match changed_by(part.typed, part.on_record(now), seen.get(part.key)):
            case ChangedBy.THEM:
                theirs.append(part)
            case ChangedBy.BOTH:
                both.append(part)
    return theirs, both
