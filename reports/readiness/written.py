"""What persons wrote and keep for some months, read at once: a month's page asks for it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from django.db.models import Case, CharField, F, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Concat

from incidents.models import (
    Accreditation,
    AccreditationAction,
    Incident,
    Organisation,
    ProblemRecord,
)
from incidents.month import Month, MonthSpan
from reports.models import CommitteeReport, Edition, GlossaryTerm, Improvement

WORST = 1  # the level of the priority whose root causes members ask for
Columns = tuple[str, str, str, str]
"""Of a row of the one query: the month or another day, what it is, a name, a text."""


@dataclass(frozen=True, slots=True)
class Lapsing:
    """An accreditation with the day on which it ends."""

    key: str
    name: str
    expires_on: date


@dataclass(frozen=True, slots=True)
class Told:
    """A problem record that reports tell of from the day it was opened until it was closed."""

    reference: str
    words: str
    lacks_ground: bool
    opened_on: date
    closed_on: date | None

    @classmethod
    def of(cls, opened_on: str, reference: str, text: str) -> "Told":
        closed_on, lacks_ground, words = text.split("|", 2)
        closed = date.fromisoformat(closed_on) if closed_on else None
        return cls(reference, words, bool(lacks_ground), date.fromisoformat(opened_on), closed)

    def is_told_in(self, month: Month) -> bool:
        is_closed = self.closed_on is not None and self.closed_on < month.first_day
        return self.opened_on <= month.last_day and not is_closed


@dataclass(slots=True)
class Written:
    """What the rules of readiness look at beside the figures of one month.

    `texts` is the narrative by field, `improvements` pairs the slug of an organisation with a
    text, `terms` are the abbreviations that the glossary explains, `meant` the keys of the
    numbers that their author means. `unexplained` are the problem records behind incidents of the
    worst priority that do not say whether the root cause is known, each by key its reference,
    `records` and `promised` what the report tells of problem records and accreditations,
    `elsewhere` the names of the organisations that the figures leave out.
    """

    texts: dict[str, str] = field(default_factory=dict)
    improvements: list[tuple[str, str]] = field(default_factory=list)
    meant: set[str] = field(default_factory=set)
    unexplained: dict[str, str] = field(default_factory=dict)
    is_published: bool = False
    accreditations: list[Lapsing] = field(default_factory=list)
    records: list[Told] = field(default_factory=list)
    promised: list[str] = field(default_factory=list)
    terms: set[str] = field(default_factory=set)
    elsewhere: list[str] = field(default_factory=list)

    @property
    def common_texts(self) -> dict[str, str]:
        """The narrative, which is of all organisations: none for figures that leave one out."""
        return {} if self.elsewhere else self.texts

    def take(self, kind: str, name: str, text: str) -> None:
        if kind == "text":
            self.texts[name] = text
        elif kind == "meant":
            self.meant |= set(json.loads(text))
        elif kind == "improvement":
            self.improvements.append((name, text))
        elif kind == "unexplained":
            self.unexplained[text] = name
        else:
            self.is_published = True


@dataclass(frozen=True, slots=True)
class OfAllMonths:
    """What the rules look at in every month alike; the fields are those of `Written`."""

    accreditations: list[Lapsing] = field(default_factory=list)
    records: list[Told] = field(default_factory=list)
    promised: list[str] = field(default_factory=list)
    terms: set[str] = field(default_factory=set)
    elsewhere: list[str] = field(default_factory=list)

    def take(self, day: str, kind: str, name: str, text: str) -> bool:
        """Take a row, or tell that it is of one month alone."""
        if kind == "accreditation":
            self.accreditations.append(Lapsing(text, name, date.fromisoformat(day)))
        elif kind == "record":
            self.records.append(Told.of(day, name, text))
        elif kind == "promised":
            self.promised.append(text)
        elif kind == "term":
            self.terms.add(name)
        elif kind == "elsewhere":
            self.elsewhere.append(name)
        else:
            return False
        return True


def written_over(months: MonthSpan, organisations: Sequence[Organisation]) -> dict[Month, Written]:
    """Read everything for every month of a span with one query."""
    shared = OfAllMonths()
    of_all = {each.name: getattr(shared, each.name) for each in fields(shared)}
    found = {month: Written(**of_all) for month in months}
    first, *rest = parts(months, organisations)
    for day, kind, name, text in first.union(*rest, all=True):
        if not shared.take(day, kind, name, text):
            found[Month.of_day(date.fromisoformat(day))].take(kind, name, text)
    return found


def parts(
    months: MonthSpan, organisations: Sequence[Organisation]
) -> Iterator[QuerySet[Any, Columns]]:
    """Give the parts of the query, each with the same columns."""
    span = (months.first.first_day, months.last.first_day)
    ours = [each.pk for each in organisations]
    reports = CommitteeReport.objects.filter(month__range=span)
    for name in CommitteeReport.NARRATIVE:
        yield columns(reports, "month", "text", Value(name), F(name))
    yield columns(reports, "month", "meant", Value(""), F("meant"))
    improvements = Improvement.objects.filter(report__month__range=span, organisation__in=ours)
    slug = F("organisation__slug")
    yield columns(improvements, "report__month", "improvement", slug, F("text"))
    unexplained = Incident.objects.of(organisations).opened_in(months).unexplained(WORST)
    reference = F("problem_record__reference")
    yield columns(unexplained, "month", "unexplained", reference, F("problem_record"))
    editions = Edition.objects.filter(month__range=span)
    yield columns(editions, "month", "edition", Value(""), Value(""))
    ending = Accreditation.objects.filter(organisation__in=ours, expires_on__isnull=False)
    whose = Concat(F("name"), Value(", "), F("organisation__name"))
    yield columns(ending, "expires_on", "accreditation", whose, F("pk"))
    told = ProblemRecord.objects.seen_by(organisations)
    told = told.open_within(months.first.first_day, months.last.last_day)
    yield columns(told, "opened_on", "record", F("reference"), told_columns())
    promises = Accreditation.objects.filter(organisation__in=ours)
    said = Concat(F("name"), Value(" "), F("report_sentence"), output_field=TextField())
    yield columns(promises, None, "promised", Value(""), said)
    actions = AccreditationAction.objects.filter(accreditation__organisation__in=ours)
    yield columns(actions, None, "promised", Value(""), F("action"))
    yield columns(GlossaryTerm.objects.all(), None, "term", F("abbreviation"), Value(""))
    others = Organisation.objects.exclude(pk__in=ours)
    yield columns(others, None, "elsewhere", F("name"), Value(""))


def told_columns() -> Combinable:
    """The day of closing, whether the ground is missing, and the words, with bars between."""
    closed = Coalesce(Cast("closed_on", CharField()), Value(""))
    groundless = Q(not_for_publication=True, publication_ground="")
    lacks = Case(When(groundless, then=Value("yes")), default=Value(""))
    parts = (closed, Value("|"), lacks, Value("|"), F("title"), Value(" "), F("next_action"))
    return Concat(*parts, output_field=TextField())


def columns(
    rows: QuerySet[Any], day: str | None, kind: str, name: Any, text: Any
) -> QuerySet[Any, Columns]:
    dated = Cast(day, CharField()) if day else Value("")
    wanted = (dated, Value(kind), name, text)
    return rows.order_by().values_list(*(Cast(each, TextField()) for each in wanted))
