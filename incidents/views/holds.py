"""The holds of one incident: putting it on hold, ending that, and setting right what was logged."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from incidents.access import writers_only
from incidents.clock import NEVER
from incidents.explaining import local_time
from incidents.forms import HoldFormSet
from incidents.forms.saving import posted, shown_or_sent
from incidents.judging import Step
from incidents.models import Incident
from incidents.views.asking import LINK, say_what_is_kept
from incidents.views.deleted import gone
from incidents.views.incidents import incident_to_change

DONE = {Step.RESPONSE: "responded to", Step.RESOLUTION: "resolved"}
DueTimes = dict[Step, datetime | None]


@shown_or_sent
@writers_only
def holds(request: HttpRequest, reference: str) -> HttpResponse:
    """All holds in one form; ?propose=start or end fills in that one starts, or ends, now."""
    now = timezone.now()
    try:
        with incident_to_change(request, reference) as found:
            before = due_times(found)
            form = HoldFormSet(found, posted(request))
            saved = form.saved()
    except Http404:
        return gone(request, reference)
    if saved:
        if form.stood_already:
            messages.success(request, f"The holds of {reference} are saved already.")
        else:
            messages.success(request, saved_words(found, before, form.removed))
        say_what_is_kept(request, form)
        return redirect(found.address("holds") if request.POST.get("then") == "another" else found)
    if not form.is_bound:
        form.propose(request.GET.get("propose", ""), now)
    context = {"incident": found, "holds": form}
    return render(request, "incidents/holds.html", context, status=form.status)


def due_times(incident: Incident) -> DueTimes:
    return {step: getattr(incident, step.due_at) for step in Step}


def saved_words(incident: Incident, before: DueTimes, removed: int) -> SafeString:
    """Say what was saved and how due times moved."""
    link = format_html(LINK, incident.get_absolute_url(), incident.reference)
    said = [format_html("The holds of {} are saved.", link), removed_words(removed)]
    if incident.on_hold_since:
        since = local_time(incident.on_hold_since)
        said.append(f"It is on hold since {since}: the clock stands still.")
    said += [moved_words(incident, step, before[step]) for step in Step]
    return format_html_join(" ", "{}", ((each,) for each in said if each))


def removed_words(removed: int) -> str:
    if not removed:
        return ""
    return "1 hold is removed." if removed == 1 else f"{removed} holds are removed."


def moved_words(incident: Incident, step: Step, before: datetime | None) -> str:
    """Say when a step is due now, and was before; "" where that is the same or cannot be told.

    Nor is anything said of a response that was in time before, and still is.
    """
    after: datetime | None = getattr(incident, step.due_at)
    if before is None or after is None or after in (before, NEVER):
        return ""
    if step is Step.RESPONSE and in_time(incident.responded_at, before, after):
        return ""
    words = f"Due to be {DONE[step]} {local_time(after)}"
    return f"{words}." if before == NEVER else f"{words}; it was {beside(before, after)}."


def in_time(done_at: datetime | None, *due_times: datetime) -> bool:
    return done_at is not None and done_at <= min(due_times)


def beside(moment: datetime, other: datetime) -> str:
    """Return a moment, by its time alone where it lies on the other's day."""
    local = timezone.localtime(moment)
    same_day = local.date() == timezone.localtime(other).date()
    return f"{local:%H:%M}" if same_day else local_time(moment)
