"""What persons wrote and keep for a month, read at once: it is asked on every month's page."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import CharField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast

from incidents.models import Accreditation, Organisation, ProblemRecord
from incidents.month import Month
from reports.models import CommitteeReport, GlossaryTerm, Improvement

WORST = 1  # the level of the priority whose root causes members ask for


@dataclass(frozen=True, slots=True)
class Lapsing:
    """An accreditation with the day on which it ends."""

    key: int
    name: str
    organisation: str
    expires_on: date


@dataclass(slots=True)
class Written:
    """What the rules of readiness look at beside the figures.

    `texts` is the narrative by field, `improvements` pairs the slug of an organisation with a
    text, `terms` are the abbreviations that the glossary explains, `meant` the keys of the
    numbers that their author means. `unexplained` are the references of problem records behind
    incidents of the worst priority that do not say whether the root cause is known.
    """

    texts: dict[str, str] = field(default_factory=dict)
    improvements: list[tuple[str, str]] = field(default_factory=list)
    accreditations: list[Lapsing] = field(default_factory=list)
    terms: set[str] = field(default_factory=set)
    meant: set[str] = field(default_factory=set)
    unexplained: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, month: Month, organisations: Sequence[Organisation]) -> "Written":
        """Read everything with one query."""
        found = cls()
        first, *rest = parts(month, organisations)
        for kind, key, name, text in first.union(*rest, all=True):
            found.take(kind, key, name, text)
        return found

    def take(self, kind: str, key: int, name: str, text: str) -> None:
        if kind == "text":
            self.texts[name] = text
        elif kind == "meant":
            self.meant |= set(json.loads(text))
        elif kind == "improvement":
            self.improvements.append((name, text))
        elif kind == "term":
            self.terms.add(name)
        elif kind == "unexplained":
            self.unexplained.append(name)
        else:
            self.accreditations.append(Lapsing(key, name, text, date.fromisoformat(kind)))


def parts(
    month: Month, organisations: Sequence[Organisation]
) -> Iterator[QuerySet[Any, tuple[str, int, str, str]]]:
    """Give the parts of the query: kind, key, name and text; an accreditation's kind is its day."""
    first_day, ours = month.first_day, [each.pk for each in organisations]
    reports = CommitteeReport.objects.filter(month=first_day)
    for name in CommitteeReport.NARRATIVE:
        yield columns(reports, words("text"), words(name), F(name))
    yield columns(reports, words("meant"), words(""), Cast("meant", TextField()))
    improvements = Improvement.objects.filter(report__month=first_day, organisation__in=ours)
    yield columns(improvements, words("improvement"), F("organisation__slug"), F("text"))
    ending = Accreditation.objects.filter(organisation__in=ours, expires_on__isnull=False)
    yield columns(ending, Cast("expires_on", CharField()), F("name"), F("organisation__name"))
    yield columns(GlossaryTerm.objects.all(), words("term"), F("abbreviation"), words(""))
    unexplained = ProblemRecord.objects.behind_incidents_of(first_day, WORST, organisations)
    rootless = unexplained.without_root_cause_state()
    yield columns(rootless, words("unexplained"), F("reference"), words(""))


def words(text: str) -> Value:
    return Value(text, output_field=TextField())


def columns(
    rows: QuerySet[Any], kind: Any, name: Any, text: Any
) -> QuerySet[Any, tuple[str, int, str, str]]:
    casts = (Cast(each, TextField()) for each in (name, text))
    return rows.order_by().values_list(Cast(kind, TextField()), F("pk"), *casts)
