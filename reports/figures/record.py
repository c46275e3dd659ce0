"""All months on record, newest first, each with its reported incidents."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from incidents.models import Incident, Organisation, Priority
from incidents.month import Month, MonthSpan
from reports.tally import NOTHING, Tally


@dataclass(frozen=True, slots=True)
class MonthOnRecord:
    """A month of the record and the tally of its reported incidents."""

    month: Month
    tally: Tally


def months_on_record(
    organisations: Sequence[Organisation], reported: Iterable[Priority]
) -> list[MonthOnRecord]:
    """Return every month from the first on record to the running one, newest first.

    Months without an incident of the reported priorities are among them. Two queries, however
    many months.
    """
    began = first_months(organisations)
    if not began:
        return []
    now = timezone.now()
    keys = [each.pk for each in reported]
    incidents = Incident.objects.of(organisations).of_priorities(keys)
    tallies: dict[Month, Tally] = {}
    # By priority too, in the order of the index incident_counting, which is then all that is read.
    for group in incidents.counted(now, "priority", "month"):
        month = Month.of_day(group["month"])
        tallies[month] = tallies.get(month, NOTHING) + Tally.of_group(group)
    first, last = min(began.values()), max(Month.of(now), min(began.values()))
    found = [MonthOnRecord(each, tallies.get(each, NOTHING)) for each in MonthSpan(first, last)]
    return found[::-1]


def first_months(organisations: Iterable[Organisation]) -> dict[str, Month]:
    """The first month on record of each organisation that has one, by slug."""
    earliest = Incident.objects.filter(organisation=OuterRef("pk")).order_by("month")
    rows = (
        Organisation.objects.filter(pk__in=[each.pk for each in organisations])
        .annotate(began=Subquery(earliest.values("month")[:1]))
        .values_list("slug", "began")
    )
    return {slug: Month.of_day(began) for slug, began in rows if began}
