"""The lists that administrators keep: a page for each, and one for each of its rows.

Which lists there are, who keeps them and in which words, is said by a KeptList; `pages_of` gives
it its addresses.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Model, ProtectedError, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from incidents.access import Viewer, administrators_only, viewer_of
from incidents.filters import KeptFilter
from incidents.forms import MergeForm
from incidents.forms.lists import ListForm
from incidents.forms.saving import posted, shown_or_sent
from incidents.merging import going_along, in_use, merge, remove
from incidents.querysets import written_differently
from incidents.tables import KeptTable
from incidents.views.asking import SAVED_BEFORE, say_what_is_kept

# Names that are written in two ways, as many as an administrator merges at a sitting.
DOUBLES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class KeptList:
    """A list, by its model, its form and its table.

    says: what it is for; instead: what to do with a row that is in use and cannot be removed;
    key: the field that stands in the address of a row; searched: the fields that a search looks
    into, none where the list is short; guard: lets only those in who keep it; seen: the rows that
    such a person keeps, all of them where nothing is said.
    """

    model: type[Model]
    form: type[ListForm]
    table: type[KeptTable]
    says: str
    instead: str = ""
    key: str = "pk"
    searched: tuple[str, ...] = ()
    merges: bool = False
    guard: Callable[[Any], Any] = administrators_only
    seen: Callable[[Viewer], QuerySet[Any]] | None = None

    @property
    def one(self) -> str:
        return str(self.model._meta.verbose_name)

    @property
    def many(self) -> str:
        return str(self.model._meta.verbose_name_plural)

    @property
    def page(self) -> str:
        """The name of the address of the list, such as score_targets."""
        return self.many.replace(" ", "_")

    @property
    def row_page(self) -> str:
        """The name of the address of a row, such as score_target."""
        return self.one.replace(" ", "_")

    @property
    def kind(self) -> str:
        """What the history calls such a row."""
        return str(self.model._meta.model_name)

    def rows(self, viewer: Viewer) -> QuerySet[Any]:
        return self.seen(viewer) if self.seen else self.model._default_manager.all()

    def row(self, request: HttpRequest, key: str | int) -> Any:
        return get_object_or_404(self.rows(viewer_of(request)), **{self.key: key})


def pages_of(kept: KeptList) -> list[URLPattern]:
    """Return the addresses of a list, for those who keep it."""
    folder, name = f"{kept.many.replace(' ', '-')}/", kept.row_page
    row = "<int:key>/" if kept.key == "pk" else "<slug:key>/"
    views: list[tuple[str, Callable[..., HttpResponse], str]] = [
        ("", rows, kept.page),
        ("new/", new_row, f"new_{name}"),
        (f"{row}edit/", edit_row, name),
        (f"{row}remove/", remove_row, f"remove_{name}"),
    ]
    if kept.merges:
        views.append((f"{row}merge/", merge_row, f"merge_{name}"))
    return [
        path(folder + rest, kept.guard(view), {"kept": kept}, name=name)
        for rest, view, name in views
    ]


@require_safe
def rows(request: HttpRequest, kept: KeptList) -> HttpResponse:
    everything = kept.rows(viewer_of(request))
    narrowed = KeptFilter(request.GET, everything, kept.searched)
    table = kept.table(narrowed.found if kept.searched else everything, request.GET)
    context = {"kept": kept, "filter": narrowed, "table": table}
    if kept.merges:
        context["doubles"] = written_differently(everything)[:DOUBLES_SHOWN]
    return render(request, "incidents/lists/list.html", context)


@shown_or_sent
def new_row(request: HttpRequest, kept: KeptList) -> HttpResponse:
    """Add a row; the address may hold what is known of it, as ?abbreviation=VPN."""
    known = {name: request.GET[name] for name in kept.form.base_fields if name in request.GET}
    return save_row(request, kept, kept.form(viewer_of(request), posted(request), initial=known))


@shown_or_sent
def edit_row(request: HttpRequest, kept: KeptList, key: str | int) -> HttpResponse:
    row = kept.row(request, key)
    form = kept.form(viewer_of(request), posted(request), instance=row)
    return save_row(request, kept, form, str(row), key)


def save_row(
    request: HttpRequest, kept: KeptList, form: ListForm, name: str = "", key: str | int = ""
) -> HttpResponse:
    if form.saved():
        what = SAVED_BEFORE if form.stood_already else "is saved"
        messages.success(request, f"{form.instance} {what}.")
        say_what_is_kept(request, form)
        return redirect(kept.page)
    context = {"kept": kept, "form": form, "name": name, "key": key}
    return render(request, "incidents/lists/edit_row.html", context, status=form.status)


@shown_or_sent
def remove_row(request: HttpRequest, kept: KeptList, key: str | int) -> HttpResponse:
    """Remove a row that nothing names; of another one say what does, and what to do instead."""
    row = kept.row(request, key)
    name, users = str(row), in_use(row)
    if request.method == "POST" and not users:
        try:
            remove(row)
        except ProtectedError:
            # Something has begun to name it at this very moment: the page says what.
            return redirect(request.path)
        messages.success(request, f"{name} is removed.")
        return redirect(kept.page)
    context = {"kept": kept, "row": row, "name": name, "key": key, "users": users}
    context["ending"] = going_along(row)
    return render(request, "incidents/lists/remove_row.html", context)


@shown_or_sent
def merge_row(request: HttpRequest, kept: KeptList, key: str | int) -> HttpResponse:
    """Show what it means that one row takes the place of another; the next submit does it."""
    row = kept.row(request, key)
    name, form = str(row), MergeForm(row, posted(request))
    into = form.cleaned_data["into"] if form.is_valid() else None
    if into and "seen" in request.POST:
        if merge(row, into):
            messages.success(request, f"{name} is merged into {into}.")
        else:
            messages.warning(request, f"{name} or {into} is gone: somebody was quicker.")
        return redirect(kept.page)
    users = in_use(row) if into else []
    context = {"kept": kept, "form": form, "row": row, "name": name, "into": into, "users": users}
    return render(request, "incidents/lists/merge.html", context)
