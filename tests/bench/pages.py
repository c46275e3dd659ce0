"""Which pages are measured, how, and what is demanded of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median

from django.utils import timezone

from incidents.month import Month
from tests.bench.demands import Page as Measured
from tests.bench.record import month_of_one, month_published
from tests.bench.site import Cost, Site
from tests.bench.urls import BARE

Form = Callable[[], dict[str, str]]


@dataclass
class Page:
    """A page, and what one answer cost in each round, by site.

    `of_one` is the same page with a single incident in it.
    """

    name: str
    path: str
    form: Form | None = None
    of_one: str = ""
    costs: dict[str, list[Cost]] = field(default_factory=dict)
    queries: int = 0
    queries_of_one: int | None = None

    def ask(self, label: str, site: Site) -> None:
        _, cost = site.ask(self.path, self.form and self.form())
        self.costs.setdefault(label, []).append(cost)

    def count(self, site: Site) -> None:
        self.queries = len(site.queries(self.path, self.form and self.form()))
        if self.of_one:
            self.queries_of_one = len(site.queries(self.of_one))

    def measured(self) -> Measured:
        """Return the medians, those of the small record beside those of the large one."""
        small, large = self.costs["small"], self.costs["large"]
        return Measured(
            name=self.name,
            queries=self.queries,
            queries_of_one=self.queries_of_one,
            wall=median(each.wall for each in large),
            processor=median(each.processor for each in large),
            small_wall=median(each.wall for each in small),
        )


def pages(size: int) -> list[Page]:
    """The bare page first, then those that people open most, on a record of a size."""
    month, alone = Month.current() - 1, month_of_one(size)
    gauge = "p1-resolved-city-of-london-police"
    narrow = "organisation=city-of-london-corporation&priority=P3&cause=external"
    return [
        Page("bare page", BARE),
        Page("month", f"/months/{month}/", of_one=f"/months/{alone}/"),
        Page(
            "list, filtered",
            f"/incidents/?month={month}&{narrow}",
            of_one=f"/incidents/?month={alone}",
        ),
        Page("list, one service", "/incidents/?service=service-7"),
        Page("list, everything", "/incidents/"),
        Page("log an incident", "/incidents/new/", form=new_incident),
        Page("form to log one", "/incidents/new/"),
        Page("gauges", "/"),
        Page("one gauge", f"/months/{month}/gauges/{gauge}/"),
        Page("figures.json", f"/months/{month}/figures.json"),
        Page("months", "/months/"),
        Page("problem records", "/problems/"),
        Page("published PDF", f"/months/{month_published(size)}/report.pdf"),
    ]


def new_incident() -> dict[str, str]:
    """What a person types who logs an incident that is open."""
    return {
        "organisation": "city-of-london-police",
        "affected_service": "Service 7",
        "priority": "P3",
        "opened_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
        "reason": "A line failed.",
        "cause": "external",
        "supplier": "Supplier 7",
    }
