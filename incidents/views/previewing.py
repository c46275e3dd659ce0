"""What all pages that change targets or calendars do: preview, save, work out due times."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from incidents.consequences import Touched, TouchedMonth, VerdictChange, touched_by
from incidents.forms.previewed import PreviewedForm
from incidents.settling import settle_all, still_waiting
from incidents.tables import badge
from incidents.views.asking import say_what_is_kept

# So many incidents are worked out while somebody waits for the answer.
AT_ONCE = 2_000
MONTHS_SHOWN = 24
GOES_ON = "going"


def answer(
    request: HttpRequest, form: PreviewedForm, template: str, context: dict[str, Any], saved: str
) -> HttpResponse:
    """Show a form, then what it means, then save it; `saved` says so afterwards."""
    if form.is_bound and form.is_valid():
        if form.was_previewed and form.saved():
            say_what_is_kept(request, form)
            return worked_out(request, saved)
        if not form.errors:
            context |= preview_of(form)
    return render(request, template, context | {"form": form}, status=form.status)


def preview_of(form: PreviewedForm) -> dict[str, Any]:
    """What a template shows of a form that is right, and the seal by which it is saved next."""
    touched = touched_by(form.change, timezone.now())
    return {
        "seal": form.seal,
        "differs": bool(form.data.get("previewed")),
        "examples": form.examples(),
        "touched": touched,
        "months": [month_row(each) for each in touched.months[:MONTHS_SHOWN]],
        "earlier": earlier(touched),
        "sum": in_all(touched),
        "turned": turned_in_all(touched),
        "kept": counted(touched.kept, "incident"),
    }


def month_row(touched: TouchedMonth) -> dict[str, Any]:
    return {
        "month": touched.month,
        "incidents": f"{touched.incidents:,}",
        "verdicts": [verdict_words(each) for each in touched.verdicts],
    }


def counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def in_all(touched: Touched) -> str:
    """Say "67 incidents of 12 months"."""
    incidents = sum(each.incidents for each in touched.months)
    return f"{counted(incidents, 'incident')} of {counted(len(touched.months), 'month')}"


def turned_in_all(touched: Touched) -> str:
    turned = sum(turn.incidents for each in touched.months for turn in each.verdicts)
    return f"{counted(turned, 'verdict')} would change" if turned else "no verdict would change"


def earlier(touched: Touched) -> dict[str, str] | None:
    """Add up the months for which there is no room."""
    rest = touched.months[MONTHS_SHOWN:]
    if not rest:
        return None
    turned = sum(verdict.incidents for each in rest for verdict in each.verdicts)
    incidents = sum(each.incidents for each in rest)
    months = counted(len(rest), "earlier month")
    return {"months": months, "incidents": f"{incidents:,}", "verdicts": f"{turned:,} in all"}


def verdict_words(turn: VerdictChange) -> SafeString:
    """Say "2 responses ★ met → ▲ missed"."""
    nouns = counted(turn.incidents, turn.step.noun)
    was, will = (badge(met) or not_judged() for met in (turn.before, turn.after))
    words = '<span class="turn">{}</span> <span class="nowrap">{} → {}</span>'
    return format_html(words, nouns, was, will)


def not_judged() -> SafeString:
    return format_html('<span class="verdict">– {}</span>', "not judged")


def worked_out(request: HttpRequest, saved: str) -> HttpResponse:
    """Work out the due times that wait, or lead to the page that does it piece by piece."""
    waiting = still_waiting()
    if waiting > AT_ONCE:
        messages.success(request, saved)
        return redirect(f"{reverse('recompute_due_times')}?{GOES_ON}=on")
    for _ in settle_all():
        pass
    verb = "is" if waiting == 1 else "are"
    told = f" {counted(waiting, 'incident')} {verb} judged anew." if waiting else ""
    messages.success(request, saved + told)
    return redirect("targets")
