"""What every table of the lists has in common."""

from collections.abc import Callable
from datetime import date
from operator import attrgetter
from typing import Any, TypeVar

import django_tables2 as tables
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.db.models.functions import Lower
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

R = TypeVar("R", bound=Model)


PER_PAGE = 50
NOWRAP = {"td": {"class": "nowrap"}}
WIDE = {"td": {"class": "wide-only"}, "th": {"class": "wide-only"}}
REASON = {"td": {"class": "wide-only reason"}, "th": {"class": "wide-only"}}
STATE = {"td": {"class": "state"}}
NUMBER = {"td": {"class": "number"}, "th": {"class": "number"}}
WIDE_NUMBER = {"td": {"class": "number wide-only"}, "th": {"class": "number wide-only"}}
PROMISE = {"td": {"class": "promise"}}
CARDS = "list-cards"  # on a telephone each row stands as a card


def day(value: date) -> str:
    return f"{value.day}\xa0{value:%b\xa0%Y}"


def badge(met: bool | None) -> SafeString | str:
    """Return whether a target was met: a word, a shape and a colour; "" where not judged."""
    if met is None:
        return ""
    word, shape = ("met", "★") if met else ("missed", "▲")
    return format_html('<span class="verdict verdict-{}">{} {}</span>', word, shape, word)


def by_letters(rows: QuerySet[R], field: str, is_descending: bool) -> QuerySet[R]:
    """Order by letters, whichever of them are capitals, on every database."""
    letters = Lower(field)
    return rows.order_by(letters.desc() if is_descending else letters.asc(), "pk")


class ListTable(tables.Table):
    """A page of a list. Its rows are drawn here: the library's own loop takes four times longer."""

    LOOK = ""

    def __init__(
        self, data: QuerySet[Any], query: QueryDict, without: tuple[str, ...] = ()
    ) -> None:
        super().__init__(
            data,
            exclude=without,
            order_by=query.get("sort") or None,
            attrs={"class": f"table list {self.LOOK}".strip()},
            template_name="incidents/_list.html",
        )
        self.paginator: Paginator[Any] = Paginator(self.rows, PER_PAGE)
        # The first page where the number makes no sense, the last where it is too high.
        self.page = self.paginator.get_page(query.get("page", 1))

    def body(self) -> SafeString:
        """Return the rows of this page as HTML, each cell by its column's render method."""
        columns = list(self.columns)
        opening = (column.attrs["td"].get("class") or "" for column in columns)
        row = "".join(f'<td class="{css}">{{}}</td>' for css in opening)
        draw = [self.drawing(column) for column in columns]
        rows: Any = self.page.object_list
        contents = ([each(record) for each in draw] for record in rows.data)
        return format_html_join("", f"<tr>{row}</tr>", contents)

    def drawing(self, column: tables.columns.BoundColumn) -> Callable[[Any], Any]:
        """Return what makes the content of a cell from a record."""
        value_of, default = attrgetter(column.accessor), column.default

        def plain(record: Any) -> Any:
            value = value_of(record)
            if callable(value):  # such as get_cause_display
                value = value()
            return default if value in (None, "") else value

        return getattr(self, f"render_{column.name}", plain)
