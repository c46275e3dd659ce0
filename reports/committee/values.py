"""The frozen values that a committee report is made of."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from incidents.month import Month
from reports.committee.versions import Version
from reports.figures import MissedTarget, MonthlyFigures, OrganisationLevels
from reports.gauges import Gauge
from reports.reported import ReportedIncident
from reports.trend import Series


@dataclass(frozen=True, slots=True)
class Committee:
    """A committee that receives the report; `purpose` is for information or for decision."""

    name: str
    meets_on: date | None
    purpose: str


@dataclass(frozen=True, slots=True)
class Author:
    name: str
    role: str
    contact: str


@dataclass(frozen=True, slots=True)
class Narrative:
    """What persons wrote: the front block and the texts, each empty where nothing is written."""

    subject: str
    classification: str
    report_of: str
    committees: tuple[Committee, ...]
    authors: tuple[Author, ...]
    opening_statement: str
    closing_statement: str
    recommendations: str
    satisfaction_text: str
    accreditation_text: str
    improvements: dict[str, tuple[str, ...]]
    """The improvements of each organisation, by its slug."""


@dataclass(frozen=True, slots=True)
class PrioritySection:
    """The incidents of one priority under the heading of their organisation."""

    name: str
    sentence: str
    incidents: tuple[ReportedIncident, ...]
    left_out: str
    rows: str
    """The query string of the list of these incidents."""


@dataclass(frozen=True, slots=True)
class OrganisationSection:
    """One organisation: its service levels, its incidents by priority, its gauges, and more."""

    name: str
    slug: str
    levels: OrganisationLevels
    priorities: tuple[PrioritySection, ...]
    gauges: tuple[Gauge, ...]
    satisfaction_sentence: str
    escalation_sentence: str
    improvements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Promise:
    """A problem record or project, and what happened to it since last month."""

    reference: str
    title: str
    kind: str
    owner: str
    next_action: str
    due: date | None
    state: str
    is_open: bool
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class AccreditationLine:
    """An accreditation of one organisation; `actions` pairs each action with its state."""

    name: str
    organisation: str
    status: str
    awarded_on: date | None
    expires_on: date | None
    sentence: str
    actions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target in force at the end of the month, in words ready to print.

    `terms` are its numbers: by them an edition is compared, however it is worded since.
    """

    subject: str
    organisations: str
    wanted: str
    tolerance: str
    since: date
    terms: tuple[int | Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """The generated sentences of the summary; what went wrong stands in the first."""

    wrong: tuple[str, ...]
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CommitteeReportContent:
    """Everything that a committee report prints, in the order in which it prints it."""

    month: Month
    figures: MonthlyFigures
    version: Version
    narrative: Narrative
    classification: str
    part: str
    """Whose part of the report this is; empty where it is the whole."""
    left_out: str
    summary: Summary
    organisations: tuple[OrganisationSection, ...]
    exceptions: tuple[MissedTarget, ...]
    exceptions_sentence: str
    reasons_sentence: str
    recurring_sentence: str
    common_gauges: tuple[Gauge, ...]
    trend: tuple[Series, ...]
    nps_sentence: str
    accreditations: tuple[AccreditationLine, ...]
    promises_sentence: str
    promises: tuple[Promise, ...]
    promises_left_out: str
    targets_on: date
    service_level_targets: tuple[TargetLine, ...]
    score_targets: tuple[TargetLine, ...]
    counting_rules: tuple[tuple[str, str], ...]
    glossary: tuple[tuple[str, str], ...] = ()
    edition: int | None = None
    is_written: bool = True
    """Whether somebody has written its texts."""
    reason: str = ""
    """Why this edition was published in place of the one before it."""
    changes: tuple[str, ...] = ()
    """What moved since the edition before, in sentences."""

    @property
    def in_place_of(self) -> int | None:
        """The number of the edition that this one corrects."""
        return self.edition - 1 if self.edition and self.edition > 1 else None

    @property
    def title(self) -> str:
        return f"{self.narrative.subject}, {self.month.label}"

    def context(self) -> dict[str, Any]:
        """What the template of the body needs; `next_number` numbers the paragraphs in turn."""
        return {"report": self, "next_number": count(1).__next__}

    @property
    def is_draft(self) -> bool:
        return self.edition is None
