"""The addresses of the reading: the month and its faces."""

from django.urls import path

from incidents.views.lists import pages_of
from reports.lists import GLOSSARY
from reports.views import (
    archive,
    figures,
    gauge,
    live,
    month,
    paper,
    public,
    publishing,
    report,
    service_levels,
    wall,
    writing,
)

urlpatterns = [
    path("", month.dashboard, name="dashboard"),
    path("live/", live.stream, name="live"),
    path("live/state/", live.state, name="live_state"),
    path("wall/", wall.wall, name="wall"),
    path("wall/live/", wall.wall_stream, name="wall_live"),
    path("wall/state/", wall.wall_state, name="wall_state"),
    path("wall/enter/<str:token>/", wall.enter, name="enter_wall"),
    path("months/", month.months, name="months"),
    path("months/<month:month>/", month.month, name="month"),
    path("months/<month:month>/trend.json", month.trend_chart, name="trend_chart"),
    path(
        "months/<month:month>/service-levels/", service_levels.service_levels, name="service_levels"
    ),
    path("months/<month:month>/gauges/<slug:key>/", gauge.gauge, name="gauge"),
    path("months/<month:month>/gauges/<slug:key>/dial.json", gauge.dial_chart, name="dial_chart"),
    path(
        "months/<month:month>/gauges/<slug:key>/history.json",
        gauge.history_chart,
        name="history_chart",
    ),
    path("months/<month:month>/figures.json", figures.figures_json, name="figures_json"),
    path("months/<month:month>/figures.csv", figures.figures_csv, name="figures_csv"),
    path("months/<month:month>/report/", report.report, name="report"),
    path("months/<month:month>/report/edit/", writing.edit_report, name="edit_report"),
    path(
        "months/<month:month>/report/edit/doubts/", writing.doubted_numbers, name="doubted_numbers"
    ),
    path(
        "months/<month:month>/report/edit/preview/", writing.preview_report, name="preview_report"
    ),
    path("months/<month:month>/report.pdf", paper.report_file, {"form": "pdf"}, name="report_pdf"),
    path(
        "months/<month:month>/report.docx", paper.report_file, {"form": "docx"}, name="report_word"
    ),
    path("months/<month:month>/publish/", publishing.publish_month, name="publish"),
    path("archive/", archive.archive, name="archive"),
    path(
        "archive/<month:month>/<int:number>/<slug:version>.zip",
        archive.edition_zip,
        name="edition_zip",
    ),
    path(
        "archive/<month:month>/<int:number>/<str:kind>", archive.edition_file, name="edition_file"
    ),
    path("public/", public.public_reports, name="public_reports"),
    path(
        "public/<month:month>/<int:number>/<str:name>",
        public.public_report_file,
        name="public_report_file",
    ),
    path("editions/check/", publishing.check_edition, name="check_edition"),
    *pages_of(GLOSSARY),
]
