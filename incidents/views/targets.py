"""Targets and calendars on one page, the forms for a target, and the work that a change leaves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from incidents.access import administrators_only, viewer_of
from incidents.clock import in_hours, week_in_words
from incidents.consequences import read_targets
from incidents.forms import RemoveTargetForm, TargetForm
from incidents.forms.saving import posted, shown_or_sent
from incidents.forms.targets import copied, frozen
from incidents.models import (
    Priority,
    Recomputation,
    ServiceCalendar,
    ServiceLevelTarget,
    TargetBook,
)
from incidents.month import Month
from incidents.settling import settle_some, still_waiting, waiting
from incidents.views.previewing import GOES_ON, answer

PIECE = 5_000
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Line:
    """A target in the list; `ended` is its last day, once another has taken its place."""

    target: ServiceLevelTarget
    respond: str
    resolve: str
    in_force: bool
    ended: date | None

    @property
    def close_from(self) -> Decimal:
        """The attainment from which a miss is called close."""
        return self.target.attainment_percent - self.target.tolerance_points


@require_safe
@administrators_only
def targets(request: HttpRequest) -> HttpResponse:
    """Every target and calendar: 8 queries however many there are, one more while work waits."""
    rows, left = read_targets(), still_waiting()
    context = {
        "priorities": by_priority(rows, timezone.localdate()),
        "calendars": [calendar_line(each, rows) for each in ServiceCalendar.objects.all()],
        "left": f"{left:,}" if left else "",
    }
    return render(request, "incidents/targets/targets.html", context)


def by_priority(rows: list[ServiceLevelTarget], today: date) -> list[tuple[Priority, list[Line]]]:
    """Return each priority, the worst first, with its targets."""
    book = TargetBook(rows)
    return [
        (priority, lines_of(book.service_levels.get(priority.pk, ()), today))
        for priority in Priority.objects.all()
    ]


def lines_of(rows: Iterable[ServiceLevelTarget], today: date) -> list[Line]:
    """Return targets of one priority: those for all first, then by organisation and day."""
    in_order = sorted(rows, key=lambda row: (str(row.organisation or ""), row.starts_on))
    return [line(row, in_order, today) for row in in_order]


def line(row: ServiceLevelTarget, rows: list[ServiceLevelTarget], today: date) -> Line:
    later = [
        each.starts_on
        for each in rows
        if each.organisation_id == row.organisation_id and each.starts_on > row.starts_on
    ]
    ended = min(later) - DAY if later and min(later) <= today else None
    return Line(
        row,
        in_hours(timedelta(minutes=row.respond_minutes)),
        in_hours(timedelta(minutes=row.resolve_minutes)),
        in_force=row.starts_on <= today and ended is None,
        ended=ended,
    )


def calendar_line(calendar: ServiceCalendar, rows: list[ServiceLevelTarget]) -> dict[str, Any]:
    used = dict.fromkeys(row.priority.name for row in rows if row.calendar_id == calendar.pk)
    return {
        "calendar": calendar,
        "hours": week_in_words(calendar.week),
        "closing": len(calendar.closing_days),
        "used_by": list(used),
    }


@shown_or_sent
@administrators_only
def new_target(request: HttpRequest) -> HttpResponse:
    """Make a target, or with ?copy=3 another like that one."""
    initial: dict[str, Any] = {"starts_on": (Month.current() + 1).first_day}
    if priority := request.GET.get("priority"):
        initial["priority"] = priority
    context: dict[str, Any] = {}
    if key := request.GET.get("copy"):
        target = target_or_404(int(key) if key.isdecimal() and len(key) < 19 else 0)
        initial |= copied(target)
        context["copied"] = target.known_as
    organisations = viewer_of(request).organisations
    form = TargetForm(organisations, posted(request), initial=initial)
    return answer(
        request, form, "incidents/targets/edit_target.html", context, "The new target is saved."
    )


@shown_or_sent
@administrators_only
def edit_target(request: HttpRequest, pk: int) -> HttpResponse:
    target = target_or_404(pk)
    organisations = viewer_of(request).organisations
    form = TargetForm(organisations, posted(request), instance=target)
    name = target.known_as
    context: dict[str, Any] = {"name": name, "key": pk}
    if (published := form.published_with_it()) and not (form.is_bound and form.is_valid()):
        # No form is offered that would be refused.
        context |= {"frozen": frozen(published), "line": line(target_or_404(pk), [], form.today)}
    saved = f"The target for {name} is saved."
    return answer(request, form, "incidents/targets/edit_target.html", context, saved)


@shown_or_sent
@administrators_only
def remove_target(request: HttpRequest, pk: int) -> HttpResponse:
    """Show at once what removing means; the one submit does it, if that is still so."""
    target = target_or_404(pk)
    name = target.known_as
    organisations = viewer_of(request).organisations
    form = RemoveTargetForm(organisations, posted(request) or {}, instance=target)
    context = {"name": name, "key": pk}
    saved = f"The target for {name} is removed."
    return answer(request, form, "incidents/targets/remove_target.html", context, saved)


def target_or_404(pk: int) -> ServiceLevelTarget:
    rows = ServiceLevelTarget.objects.select_related("priority", "organisation", "calendar")
    return get_object_or_404(rows, pk=pk)


@shown_or_sent
@administrators_only
def recompute(request: HttpRequest) -> HttpResponse:
    """Work out one piece of the due times that wait; each submit does the next."""
    if request.method == "POST":
        settle_some(PIECE)
        return redirect(f"{reverse('recompute_due_times')}?{GOES_ON}=on")
    work = Recomputation.objects.first()
    if work is None:
        if GOES_ON in request.GET:
            messages.success(request, "Every due time is as the targets say.")
        return redirect("targets")
    total = waiting(Recomputation(since=work.since)).count()
    left = waiting(work).count()
    context = {
        "since": Month.of_day(work.since),
        "total": total,
        "done": total - left,
        "words": f"{total - left:,} of {total:,} incidents, {left:,} to go",
        "goes_on": GOES_ON in request.GET,
    }
    return render(request, "incidents/targets/recompute.html", context)
