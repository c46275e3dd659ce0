"""What anybody may read: the public editions, and nothing that was not published to everybody."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter

from django.db.models import Exists, OuterRef
from django.utils import timezone

from incidents.month import Month
from reports.archive import LIGHT, Kind, open_to, sized
from reports.models import Edition, EditionFile

# How each file is named in its address, in the order in which they are offered.
KINDS = {
    "report.pdf": Kind.PUBLIC_PDF,
    "report.html": Kind.PUBLIC_HTML,
    "report.docx": Kind.PUBLIC_WORD,
    "figures.json": Kind.FIGURES_JSON,
    "figures.csv": Kind.FIGURES_CSV,
}
NAMES = {kind.value: name for name, kind in KINDS.items()}
LABELS = {
    "report.pdf": "PDF",
    "report.html": "Web page",
    "report.docx": "Word",
    "figures.json": "Figures, JSON",
    "figures.csv": "Figures, CSV",
}


@dataclass(frozen=True, slots=True)
class PublicFile:
    """A file by its name in the address; `size` is in bytes."""

    name: str
    size: int

    @property
    def label(self) -> str:
        return LABELS[self.name]


@dataclass(frozen=True, slots=True)
class PublicEdition:
    """An edition as everybody sees it: who published it, and why, is not said.

    `stands` unless there is a later edition, be that one public or not.
    """

    month: Month
    number: int
    published_on: date
    stands: bool
    files: tuple[PublicFile, ...]


@dataclass(frozen=True, slots=True)
class PublicMonth:
    """The edition of a month that stands, and those that it superseded, the newest first.

    None stands where the last one is not public.
    """

    month: Month
    edition: PublicEdition | None
    superseded: tuple[PublicEdition, ...]


def public_months() -> dict[int, list[PublicMonth]]:
    """Every month with a public edition, by year, the newest first (one query)."""
    years: dict[int, list[PublicMonth]] = {}
    for month, editions in groupby(public_editions(), attrgetter("month")):
        of_month = tuple(editions)
        standing = next((each for each in of_month if each.stands), None)
        superseded = tuple(each for each in of_month if not each.stands)
        years.setdefault(month.year, []).append(PublicMonth(month, standing, superseded))
    return years


def public_editions() -> list[PublicEdition]:
    later = Edition.objects.filter(
        month=OuterRef("edition__month"), number__gt=OuterRef("edition__number")
    )
    files = sized(open_to(sees_all=False)).annotate(stands=~Exists(later))
    of_edition = ("edition__month", "edition__number", "edition__published_at", "stands")
    rows = files.order_by("-edition__month", "-edition__number").values_list(
        *of_edition, "kind", "size"
    )
    found = []
    for (day, number, at, stands), group in groupby(rows, lambda row: row[: len(of_edition)]):
        sizes = {NAMES[kind]: size for *_, kind, size in group}
        offered = tuple(PublicFile(name, sizes[name]) for name in KINDS if name in sizes)
        published_on = timezone.localtime(at).date()
        found.append(PublicEdition(Month.of_day(day), number, published_on, stands, offered))
    return found


def public_file(month: Month, number: int, name: str) -> EditionFile | None:
    """Return a file by its address, its content not read yet; None where there is none."""
    files = open_to(sees_all=False).select_related("edition").only(*LIGHT)
    found: EditionFile | None = files.filter(
        edition__month=month.first_day, edition__number=number, kind=KINDS.get(name, "")
    ).first()
    return found
