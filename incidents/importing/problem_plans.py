"""What a problem plan in a file means: no plan, a problem record, or a project."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from incidents.importing.cells import Unexpected, text_of
from incidents.importing.sheet import Row
from incidents.models import Incident, Organisation, ProblemRecord
from incidents.text import one_line, same_name

Plan = Incident.Plan
Kind = ProblemRecord.Kind
PLAN, REFERENCE = "problem_management_plan", "problem_reference"
TITLE_LENGTH = 200
FIRST_SENTENCE = re.compile(r".+?[.!?](?=\s|$)")


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan with its record, which may be yet to be saved; a warning where names differ."""

    plan: str
    record: ProblemRecord | None = None
    warning: str = ""


class WrongPlan(Exception):
    """The plan makes no sense: in which column, and what was expected there."""

    def __init__(self, column: str, expected: str) -> None:
        super().__init__(expected)
        self.column = column


@dataclass(frozen=True, slots=True)
class Background:
    """What a new record takes from the incident that names it."""

    organisation: Organisation
    service: str
    reason: str
    opened_on: date

    @property
    def title(self) -> str:
        """The service and the first sentence of the reason, cut where a title ends."""
        reason = one_line(self.reason)
        first = match[0] if (match := FIRST_SENTENCE.match(reason)) else reason
        title = f"{self.service}: {first.rstrip('.')}" if first else self.service
        return title if len(title) <= TITLE_LENGTH else title[: TITLE_LENGTH - 1] + "…"


@dataclass
class ProblemPlans:
    """Every problem record that a file may name, those yet to be saved among them."""

    known: Iterable[ProblemRecord]
    new: list[ProblemRecord] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.by_reference: dict[str, list[ProblemRecord]] = {}
        self.by_key: dict[int, ProblemRecord] = {}
        self.projects: dict[str, ProblemRecord] = {}
        for record in self.known:
            self.take(record)
        self.read_reference = text_of(ProblemRecord, "reference")
        self.read_title = text_of(ProblemRecord, "title")

    @classmethod
    def seen_by(cls, organisations: Iterable[Organisation] | None) -> "ProblemPlans":
        """Read the records that these organisations may see; all of them where none are given."""
        rows = ProblemRecord.objects.only("reference", "organisation", "title", "kind")
        rows = rows.order_by("-pk")
        return cls(rows if organisations is None else rows.seen_by(organisations))

    def take(self, record: ProblemRecord) -> None:
        """Let rows name a record by its reference, and a project by its title."""
        if record.pk:
            self.by_key[record.pk] = record
        if record.reference:
            self.by_reference.setdefault(record.reference, []).append(record)
        if record.kind == Kind.PROJECT:
            self.projects[same_name(record.title)] = record

    def find(self, reference: str, background: Background) -> ProblemRecord | None:
        """Return the record of a reference: that of the row's organisation, else the only one.

        Raises WrongPlan where others have several.
        """
        found = self.by_reference.get(reference, [])
        for record in found:
            if record.organisation_id == background.organisation.pk:
                return record
        if len(found) > 1:
            raise WrongPlan(REFERENCE, "the reference of one record; several organisations have it")
        return found[0] if found else None

    def read(self, row: Row, background: Background) -> Planned | None:
        """Return what the row's plan says; None, with a fault in the row, where it is wrong."""
        plan, reference = one_line(row.text(PLAN)), one_line(row.text(REFERENCE))
        try:
            return self.planned(plan, reference, background)
        except WrongPlan as error:
            row.refuse(error.column, str(error))
            return None

    def planned(self, plan: str, reference: str, background: Background) -> Planned:
        word = same_name(plan)
        if word == same_name(Plan.NONE_REQUIRED.label):
            if reference:
                raise WrongPlan(REFERENCE, "nothing, where the plan is “None required”")
            return Planned(Plan.NONE_REQUIRED)
        if word == same_name(Plan.PROBLEM_RECORD.label):
            return self.problem_record(reference, background)
        if word:
            return self.project(plan, reference, background)
        return self.record_alone(reference, background) if reference else Planned("")

    def problem_record(self, reference: str, background: Background) -> Planned:
        if not reference:
            raise WrongPlan(REFERENCE, "the reference of the problem record, such as PRB-0041")
        record = self.find(reference, background) or self.make(
            Kind.PROBLEM, reference, background.title, background
        )
        if record.kind != Kind.PROBLEM:
            raise WrongPlan(REFERENCE, f"a problem record; {reference} is a project")
        return Planned(Plan.PROBLEM_RECORD, begun(record, background))

    def project(self, title: str, reference: str, background: Background) -> Planned:
        """Find the project by its reference, else by its title, else make it."""
        record = (
            self.find(reference, background)
            or self.projects.get(same_name(title))
            or self.make(Kind.PROJECT, reference, title, background)
        )
        if record.kind != Kind.PROJECT:
            raise WrongPlan(REFERENCE, f"a project; {reference} is a problem record")
        warning = ""
        if same_name(record.title) != same_name(title) or reference not in ("", record.reference):
            name = f"{record.reference} “{record.title}”".strip()
            warning = f"the project is on record as {name}, which was taken"
        return Planned(Plan.PROJECT, begun(record, background), warning)

    def record_alone(self, reference: str, background: Background) -> Planned:
        """A reference without a plan: whatever it is on record as, else a new problem record."""
        record = self.find(reference, background)
        if record and record.kind == Kind.PROJECT:
            return Planned(Plan.PROJECT, begun(record, background))
        return self.problem_record(reference, background)

    def make(self, kind: Kind, reference: str, title: str, background: Background) -> ProblemRecord:
        """Plan a new record. Raises WrongPlan for a reference or a title that does not fit."""
        for column, reader, text in (
            (REFERENCE, self.read_reference, reference),
            (PLAN, self.read_title, title),
        ):
            try:
                reader(text)
            except Unexpected as error:
                raise WrongPlan(column, str(error)) from None
        record = ProblemRecord(
            reference=reference,
            title=title,
            kind=kind,
            organisation=background.organisation,
            opened_on=background.opened_on,
        )
        self.new.append(record)
        self.take(record)
        return record

    def save_new(self) -> None:
        """Save those with a reference first, so that no number given out is one of theirs.

        The others in the order of the organisations that number them, so that two who import at
        once never wait for each other in a ring.
        """
        for record in sorted(self.new, key=lambda each: (not each.reference, each.organisation_id)):
            record.save()


def begun(record: ProblemRecord, background: Background) -> ProblemRecord:
    """Date a record that is new from the earliest incident that names it."""
    if record.pk is None:
        record.opened_on = min(record.opened_on, background.opened_on)
    return record
