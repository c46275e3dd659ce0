"""Writing the report of a month: the page, saving while one types, doubts and a preview."""

from http import HTTPStatus

from csp.constants import NONE, SELF
from csp.decorators import csp_replace, csp_update
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST

from incidents.access import viewer_of, writers_only
from incidents.exempt import GROUNDS
from incidents.forms.saving import posted, shown_or_sent
from incidents.month import Month
from reports import wording
from reports.committee import NoSuchVersion, Version
from reports.figures import MonthlyFigures
from reports.forms import ReportForms
from reports.forms.typed import narrative_typed
from reports.pdf import html_of
from reports.views.seen import figures_seen, report_seen

JSON = "application/json"
# What stands in the frame is looked at, and runs nothing.
IN_A_FRAME = {"frame-ancestors": [SELF], "script-src": [NONE], "connect-src": [NONE]}


@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]  # it counts no arguments of views
@writers_only
@shown_or_sent
def edit_report(request: HttpRequest, month: Month) -> HttpResponse:
    """What persons write for a month, beside what the report says by itself. For writers.

    A script that saves while one types asks for JSON, and gets what its page has to know.
    """
    in_background = request.get_preferred_type(["text/html", JSON]) == JSON
    forms = forms_of(request, month)
    if request.method == "POST":
        read(request, forms, figures_seen(request, month))
        saved = forms.saved()
        if in_background:
            return told_saved(forms) if saved else told_refused(forms)
        if saved:
            return after_saving(request, month, forms)
    content = report_seen(request, month)
    if request.method != "POST":
        read(request, forms, content.figures)
    context = {
        "forms": forms,
        "errors": list(forms.errors()),
        "report": content,
        "month": month,
        "grounds": GROUNDS,
        "versions": list(Version),
    }
    return render(request, "reports/report/edit.html", context)


@writers_only
@require_POST
def doubted_numbers(request: HttpRequest, month: Month) -> HttpResponse:
    """The numbers in what is typed that contradict the figures, by field. For writers."""
    forms = forms_of(request, month)
    read(request, forms, figures_seen(request, month))
    return JsonResponse({"doubts": doubts_drawn(forms)})


@csp_replace(IN_A_FRAME)  # type: ignore[arg-type]  # as above
@writers_only
@shown_or_sent
@xframe_options_sameorigin
def preview_report(request: HttpRequest, month: Month) -> HttpResponse:
    """The paper as it would be printed from what is typed; nothing is stored. For writers.

    The page on which it is typed shows it in a frame, and no other page may.
    """
    wanted = {each.value: each for each in Version}
    version = wanted.get(request.GET.get("version", ""), Version.FULL)
    narrative = narrative_typed(forms_of(request, month))
    try:
        content = report_seen(request, month, version, typed=narrative)
    except NoSuchVersion as reason:
        return render(request, "reports/report/no_preview.html", {"reason": reason})
    # The very HTML of the PDF, and what a screen needs besides.
    head = render_to_string("reports/report/_preview_head.html")
    return HttpResponse(html_of(content).replace("</head>", f"{head}</head>", 1))


def forms_of(request: HttpRequest, month: Month) -> ReportForms:
    viewer = viewer_of(request)
    return ReportForms(month, viewer.organisations, posted(request), sees_all=viewer.sees_all)


def read(request: HttpRequest, forms: ReportForms, figures: MonthlyFigures) -> None:
    """Look for doubts, with the eyes of the person who asks."""
    _, others = viewer_of(request).theirs_and_others
    forms.read(figures, [each.name for each in others])


def after_saving(request: HttpRequest, month: Month, forms: ReportForms) -> HttpResponse:
    """Go on to the report, or stay where a number is in doubt."""
    messages.success(request, f"The report of {month.label} is saved.")
    if forms.taken_over:
        messages.info(request, taken_over(forms))
    doubts = sum(not each.is_meant for each in forms.all_doubts())
    if doubts:
        contradict = "number contradicts" if doubts == 1 else "numbers contradict"
        messages.warning(request, f"{doubts} {contradict} the records; see below the texts.")
    return redirect("edit_report" if doubts else "report", month)


def told_saved(forms: ReportForms) -> JsonResponse:
    """What a page that saves in the background has to know: what it shows is now on record."""
    fields, taken = forms.narrative, forms.taken_over
    return JsonResponse(
        {
            "saved": f"{timezone.localtime():%H:%M}",
            "seen": fields.instance.revision,
            "base": forms.as_seen(),
            "doubts": doubts_drawn(forms),
            "texts": {
                fields[key].auto_id: fields[key].value() for key in taken if key in fields.fields
            },
            "lists": {
                str(lines.prefix): render_to_string(
                    "reports/report/_edit_lines.html", {"lines": lines}
                )
                for lines in forms.lists
                if lines.prefix in taken
            },
            "notice": taken_over(forms) if taken else "",
        }
    )


def told_refused(forms: ReportForms) -> JsonResponse:
    context = {"forms": forms, "errors": list(forms.errors()), "in_background": True}
    errors = render_to_string("reports/report/_edit_errors.html", context)
    between_two = bool(forms.overtaken_by)
    status = HTTPStatus.CONFLICT if between_two else HTTPStatus.UNPROCESSABLE_ENTITY
    return JsonResponse({"errors": errors}, status=status)


def taken_over(forms: ReportForms) -> str:
    labels = [part.label for part in forms.parts if part.key in forms.taken_over]
    return f"Somebody else changed this meanwhile, and it is kept: {wording.listed(labels)}."


def doubts_drawn(forms: ReportForms) -> dict[str, str]:
    """The list of doubts about each field that has any, by its id."""
    return {
        field: render_to_string("reports/report/_edit_doubts.html", {"doubts": doubts})
        for field, doubts in forms.doubts_by_field()
        if doubts
    }
