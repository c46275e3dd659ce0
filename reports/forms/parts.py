"""The parts of a report that two persons may write at once, each known by its words.

Whoever saves sends along what each part said when they saw it. So it can be told who changed
what, and words that one of the two did not touch never stand in the way of the other.
"""

import json
from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any, Protocol

from django.http import QueryDict

from reports.forms.narrative import NarrativeForm, one_kind_of_break
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


def mark_of(words: str) -> str:
    return sha256(words.encode()).hexdigest()[:16]


def as_seen(parts: Iterable[Part]) -> str:
    """Write down what every part says now, for the form to send along."""
    return json.dumps({part.key: mark_of(part.typed) for part in parts})


def as_on_record(parts: Iterable[Part], report: CommitteeReport) -> str:
    """Write down what every part of a report says that a person is shown."""
    return json.dumps({part.key: mark_of(part.on_record(report)) for part in parts})


def seen_before(text: str) -> dict[str, str]:
    """Read what `as_seen` wrote; of anything else nothing was seen."""
    try:
        marks = json.loads(text)
    except ValueError:
        return {}
    return marks if isinstance(marks, dict) else {}


def told_apart(
    parts: Iterable[Part], now: CommitteeReport, seen: dict[str, str]
) -> tuple[list[Part], list[Part]]:
    """Return the parts that the other person alone changed, and those that both did."""
    theirs: list[Part] = []
    both: list[Part] = []
    for part in parts:
        on_record = part.on_record(now)
        if on_record == part.typed or mark_of(on_record) == seen.get(part.key):
            continue
        mine_is_as_it_was = mark_of(part.typed) == seen.get(part.key)
        (theirs if mine_is_as_it_was else both).append(part)
    return theirs, both
