"""Files of scores and contact numbers: one row per month and organisation."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model

from incidents.importing.cells import month, number, whole_number
from incidents.importing.names import KnownNames
from incidents.importing.outcome import Preview
from incidents.importing.sheet import Row, Sheet
from incidents.models import ContactVolume, NpsScore, Organisation, SatisfactionScore

Values = dict[str, Any]
Key = tuple[date, int | None]


@dataclass(frozen=True)
class ScoreFile:
    """What one kind of file holds and how its values are read.

    read returns the values of a row, None where nothing is recorded, and a warning or "".
    """

    model: type[Model]
    values: tuple[str, ...]
    read: Callable[[Row], tuple[Values | None, str]]
    of_all_together: bool = False

    @property
    def required(self) -> tuple[str, ...]:
        return ("month", "organisation", *self.values)

    def preview(self, sheet: Sheet, organisations: Iterable[Organisation] | None) -> Preview:
        result = ScorePreview(notes=list(sheet.notes), file=self)
        known = KnownNames(organisations)
        on_record = result.on_record()
        lines: dict[Key, int] = {}
        for row in sheet.rows():
            if not row.faults:
                result.take(row, known, on_record, lines)
            if row.faults:
                result.refuse(row)
        return result


def read_answers(row: Row, spread: Sequence[str]) -> dict[str, int | None]:
    """Read a spread of answers: all of them, or none."""
    answers = {name: row.read_given(name, whole_number) for name in spread}
    given = [name for name in spread if row.text(name)]
    if given and len(given) < len(spread):
        for name in spread:
            if name not in given:
                row.refuse(name, "a number of answers, 0 where there were none")
    elif given and all(answer == 0 for answer in answers.values()):
        row.refuse(spread[0], "at least one answer; leave all empty where nobody answered")
    return answers


def read_score(
    spread: Sequence[str], bare: str, reader: Callable[[str], Decimal]
) -> Callable[[Row], tuple[Values | None, str]]:
    """Return a reader of a score that is a spread of answers or a bare number."""

    def read(row: Row) -> tuple[Values | None, str]:
        values: Values = {**read_answers(row, spread), bare: row.read_given(bare, reader)}
        if all(not row.text(name) for name in values):
            return None, ""
        if row.text(bare) and row.text(spread[0]):
            return values | {bare: None}, f"the answers were taken, and {bare} follows from them"
        return values, ""

    return read


def read_contacts(row: Row) -> tuple[Values | None, str]:
    contacts, escalated = (row.text(name) for name in ("open_contacts", "escalated_by_users"))
    if not contacts and not escalated:
        return None, ""
    values = {
        name: row.read(name, whole_number) for name in ("open_contacts", "escalated_by_users")
    }
    if not row.faults and int(escalated) > int(contacts):
        row.refuse("escalated_by_users", f"no more than were open, {contacts}")
    return values, ""


NPS = ScoreFile(
    NpsScore,
    (NpsScore.BARE, *NpsScore.SPREAD),
    read_score(NpsScore.SPREAD, NpsScore.BARE, number(-100, 100)),
    of_all_together=True,
)
SATISFACTION = ScoreFile(
    SatisfactionScore,
    (SatisfactionScore.BARE, *SatisfactionScore.SPREAD),
    read_score(SatisfactionScore.SPREAD, SatisfactionScore.BARE, number(0, 100)),
)
CONTACTS = ScoreFile(ContactVolume, ("open_contacts", "escalated_by_users"), read_contacts)


@dataclass(kw_only=True)
class ScorePreview(Preview):
    """The rows to create and to update."""

    file: ScoreFile
    creating: list[Any] = field(default_factory=list)
    updating: list[Any] = field(default_factory=list)

    def on_record(self) -> dict[Key, tuple[int, Values]]:
        """Return what is on record: its key and its values, by month and organisation."""
        columns = ("pk", "month", "organisation_id", *self.file.values)
        rows = self.file.model._default_manager.order_by().values(*columns)
        return {
            (row["month"], row["organisation_id"]): (
                row["pk"],
                {name: row[name] for name in self.file.values},
            )
            for row in rows
        }

    def take(
        self,
        row: Row,
        known: KnownNames,
        on_record: dict[Key, tuple[int, Values]],
        lines: dict[Key, int],
    ) -> None:
        """Read a row and compare it with the record."""
        of_month = row.read("month", month)
        together = self.file.of_all_together and not row.text("organisation")
        organisation = None if together else row.read("organisation", known.organisation)
        values, warning = self.file.read(row)
        if row.faults or of_month is None:
            return
        key = (of_month.first_day, organisation.pk if organisation else None)
        if lines.setdefault(key, row.line) != row.line:
            row.refuse("month", f"one row per month and organisation; line {lines[key]} has it too")
            return
        if warning:
            self.warn(row, warning)
        self.sort(key, values, on_record.get(key))

    def sort(self, key: Key, wanted: Values | None, present: tuple[int, Values] | None) -> None:
        if wanted is None:
            self.not_recorded += 1
        elif present is None:
            self.created += 1
            self.creating.append(self.row(key, wanted))
        elif present[1] == wanted:
            self.unchanged += 1
        else:
            self.updated += 1
            self.updating.append(self.row(key, wanted, pk=present[0]))

    def row(self, key: Key, values: Values, **fields: Any) -> Any:
        return self.file.model(month=key[0], organisation_id=key[1], **values, **fields)

    def write(self) -> None:
        # One by one, so that each keeps its history: they are few, some for each month.
        for row in (*self.creating, *self.updating):
            row.save()
