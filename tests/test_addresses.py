"""Who gets what at which address: one table of every address and everybody who may ask.

A new address needs a row in TABLE: a cell for each person of the cast, then the address as it is
asked for, with the values of `lay_sample` in it. The sample belongs to the Corporation, so that
the Police manager is told nothing of it. The words of a cell, for GET and for POST:

    open   answered, and never sent to (405)
    form   answered, and takes what is sent
    send   never asked for (405), takes what is sent
    see    answered; sending is refused (403)
    gone   told that it was deleted (410)
    role   refused, and so is what is sent: it needs another role (403)
    404    nothing there for this person, who cannot send there either
    login  led to the sign-in
    leads  leads elsewhere, and takes what is sent
    away   servicedesk.asgi answers here, and Django has nothing to say (204)

What lies below /admin/ needs no rows: all of it is for administrators.
"""

import logging
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from incidents.access import Role
from incidents.deleting import delete
from incidents.models import ScoreTarget
from reports.models import GlossaryTerm
from tests.builders import (
    accreditation,
    administrator,
    calendar,
    clerk,
    corporation_manager,
    director,
    incident,
    person,
    police_manager,
    priority,
    problem_record,
    screen,
    service_level_target,
    stranger,
)
from tests.publishing import manager, published, without_printing
from tests.reports.typed import Form

pytestmark = pytest.mark.django_db

# nobody: not signed in; alone: belongs to no organisation; all: manages every organisation.
CAST = ["nobody", "alone", "director", "clerk", "police", "corporation", "all", "administrator"]
TABLE = """
nobody alone dir.  clerk police corp. all  admin.

login  open  open  open  open  open  open  open   /
login  away  away  away  away  away  away  away   /live/
login  open  open  open  open  open  open  open   /live/state/
login  open  open  open  open  open  open  open   /wall/
login  open  open  open  open  open  open  open   /wall/state/
login  away  away  away  away  away  away  away   /wall/live/
404    404   404   404   404   404   404   404    /wall/enter/no-token/
login  open  open  open  open  open  open  open   /months/
login  open  open  open  open  open  open  open   /months/2019-03/
login  open  open  open  open  open  open  open   /months/2019-03/trend.json
login  open  open  open  open  open  open  open   /months/2019-03/service-levels/
login  404   open  open  404   open  open  open   /months/2019-03/gauges/{gauge}/
login  404   open  open  404   open  open  open   /months/2019-03/gauges/{gauge}/dial.json
login  404   open  open  404   open  open  open   /months/2019-03/gauges/{gauge}/history.json
login  open  open  open  open  open  open  open   /months/2019-03/figures.json
login  open  open  open  open  open  open  open   /months/2019-03/figures.csv
login  see   see   see   form  form  form  form   /months/2019-03/scores/
login  404   open  open  open  open  open  open   /months/2019-03/report/
login  role  role  role  form  form  form  form   /months/2019-03/report/edit/
login  role  role  role  send  send  send  send   /months/2019-03/report/edit/doubts/
login  role  role  role  form  form  form  form   /months/2019-03/report/edit/preview/
login  404   role  role  role  role  form  form   /months/2019-03/publish/
login  open  open  open  open  open  open  open   /months/2019-03/report.pdf
login  404   open  open  404   404   open  open   /months/2019-03/report.pdf?version=full
login  open  open  open  open  open  open  open   /months/2019-03/report.docx
login  open  open  open  open  open  open  open   /archive/
login  open  open  open  open  open  open  open   /archive/2019-03/1/public.pdf
login  404   open  open  404   404   open  open   /archive/2019-03/1/full.pdf
login  open  open  open  open  open  open  open   /archive/2019-03/1/public.zip
login  404   open  open  404   404   open  open   /archive/2019-03/1/complete.zip
login  form  form  form  form  form  form  form   /editions/check/
404    404   404   404   404   404   404   404    /public/
404    404   404   404   404   404   404   404    /public/2019-03/1/report.pdf

login  open  open  open  open  open  open  open   /incidents/
login  open  open  open  open  open  open  open   /incidents/export.csv
login  role  role  role  form  form  form  form   /incidents/new/
login  404   open  open  404   open  open  open   /incidents/INC-0001/
login  404   open  open  404   open  open  open   /incidents/INC-0001/clock/
login  role  role  role  404   open  open  open   /incidents/INC-0001/history/
login  role  role  role  404   form  form  form   /incidents/INC-0001/delete/
login  open  open  open  open  open  open  open   /incidents/deleted/
login  404   gone  gone  404   gone  gone  gone   /incidents/INC-0002/
login  404   gone  gone  404   gone  gone  gone   /incidents/INC-0002/clock/
login  role  role  role  404   leads leads leads  /incidents/INC-0002/restore/
login  role  role  role  404   form  form  form   /incidents/INC-0001/edit/
login  role  role  role  404   form  form  form   /incidents/INC-0001/holds/
login  open  open  open  open  open  open  open   /problems/
login  open  open  open  open  open  open  open   /problems/export.csv
login  role  role  role  form  form  form  form   /problems/new/
login  404   open  open  404   open  open  open   /problems/PRB-0001/
login  role  role  role  404   open  open  open   /problems/PRB-0001/history/
login  role  role  role  404   form  form  form   /problems/PRB-0001/edit/
login  role  role  role  open  open  open  open   /history/
login  role  role  role  open  open  open  open   /history/export.csv
login  open  open  open  open  open  open  open   /suggestions/services/
login  open  open  open  open  open  open  open   /suggestions/suppliers/
login  open  open  open  open  open  open  open   /suggestions/problems/

login  role  role  role  role  role  role  open   /people/
login  role  role  role  role  role  role  form   /people/invite/
login  role  role  role  role  role  role  form   /people/{person}/
login  role  role  role  role  role  role  send   /people/{person}/invite/
login  role  role  role  role  role  role  form   /people/{person}/deactivate/
login  role  role  role  role  role  role  form   /people/{person}/reactivate/
login  role  role  role  role  role  role  open   /screens/
login  role  role  role  role  role  role  form   /screens/new/
login  role  role  role  role  role  role  form   /screens/{screen}/link/
login  role  role  role  role  role  role  form   /screens/{screen}/revoke/
login  role  role  role  role  role  role  open   /targets/
login  role  role  role  role  role  role  form   /targets/new/
login  role  role  role  role  role  role  form   /targets/{target}/
login  role  role  role  role  role  role  form   /targets/{target}/remove/
login  role  role  role  role  role  role  leads  /targets/recompute/
login  role  role  role  role  role  role  form   /calendars/new/
login  role  role  role  role  role  role  form   /calendars/{calendar}/
login  role  role  role  role  role  role  form   /calendars/{calendar}/remove/
login  role  role  role  role  role  role  open   /organisations/
login  role  role  role  role  role  role  form   /organisations/new/
login  role  role  role  role  role  role  form   /organisations/city-of-london-police/edit/
login  role  role  role  role  role  role  form   /organisations/city-of-london-police/remove/
login  role  role  role  role  role  role  open   /services/
login  role  role  role  role  role  role  form   /services/new/
login  role  role  role  role  role  role  form   /services/telephony/edit/
login  role  role  role  role  role  role  form   /services/telephony/remove/
login  role  role  role  role  role  role  form   /services/telephony/merge/
login  role  role  role  role  role  role  open   /suppliers/
login  role  role  role  role  role  role  form   /suppliers/new/
login  role  role  role  role  role  role  form   /suppliers/vodafone/edit/
login  role  role  role  role  role  role  form   /suppliers/vodafone/remove/
login  role  role  role  role  role  role  form   /suppliers/vodafone/merge/
login  role  role  role  role  role  role  open   /priorities/
login  role  role  role  role  role  role  form   /priorities/new/
login  role  role  role  role  role  role  form   /priorities/{priority}/edit/
login  role  role  role  role  role  role  form   /priorities/{priority}/remove/
login  role  role  role  role  role  role  open   /score-targets/
login  role  role  role  role  role  role  form   /score-targets/new/
login  role  role  role  role  role  role  form   /score-targets/{score_target}/edit/
login  role  role  role  role  role  role  form   /score-targets/{score_target}/remove/
login  role  role  role  open  open  open  open   /accreditations/
login  role  role  role  form  form  form  form   /accreditations/new/
login  role  role  role  404   form  form  form   /accreditations/{accreditation}/edit/
login  role  role  role  404   form  form  form   /accreditations/{accreditation}/remove/
login  role  role  role  open  open  open  open   /glossary-terms/
login  role  role  role  form  form  form  form   /glossary-terms/new/
login  role  role  role  form  form  form  form   /glossary-terms/{term}/edit/
login  role  role  role  form  form  form  form   /glossary-terms/{term}/remove/
login  role  role  role  role  role  role  form   /admin/

form   form  form  form  form  form  form  form   /accounts/login/
leads  leads leads leads leads leads leads leads  /accounts/login/code/
login  send  send  send  send  send  send  send   /accounts/logout/
form   form  form  form  form  form  form  form   /accounts/invitation/MQ/none/
login  form  form  form  form  form  form  form   /accounts/again/
login  leads leads leads leads leads leads leads  /accounts/again/code/
login  form  form  form  form  form  form  form   /accounts/password/
login  open  open  open  open  open  open  open   /accounts/password/done/
form   form  form  form  form  form  form  form   /accounts/password/reset/
open   open  open  open  open  open  open  open   /accounts/password/reset/sent/
form   form  form  form  form  form  form  form   /accounts/password/reset/MQ/no-token/
open   open  open  open  open  open  open  open   /accounts/password/reset/done/
login  open  open  open  open  open  open  open   /accounts/two-factor/
login  leads leads leads leads leads leads leads  /accounts/two-factor/set-up/
login  404   404   404   404   404   404   404    /accounts/two-factor/turn-off/
login  404   404   404   404   404   404   404    /accounts/two-factor/recovery-codes/
login  leads leads leads leads leads leads leads  /accounts/two-factor/recovery-codes/new/
login  role  role  role  role  role  role  form   /accounts/two-factor/roles/
login  role  role  role  role  role  role  open   /accounts/people/{person}/
login  role  role  role  role  role  role  send   /accounts/people/{person}/unlock/
login  role  role  role  role  role  role  send   /accounts/people/{person}/two-factor-off/
404    404   404   404   404   404   404   404    /accounts/sso/
404    404   404   404   404   404   404   404    /accounts/sso/callback/
open   open  open  open  open  open  open  open   /healthz
open   open  open  open  open  open  open  open   /readyz
open   open  open  open  open  open  open  open   /accessibility/
open   open  open  open  open  open  open  open   /offline/
open   open  open  open  open  open  open  open   /worker.js
"""

# What a cell lets GET and POST answer: what is taken leads on, or shows what is wrong with it; who
# is refused may be told first that an address takes nothing.
TAKEN = {"200", "302", "409"}
Allowed = tuple[set[str], set[str]]
CELLS: dict[str, Allowed] = {
    "open": ({"200"}, {"405"}),
    "form": ({"200"}, TAKEN),
    "send": ({"405"}, TAKEN),
    "see": ({"200"}, {"403"}),
    "gone": ({"410"}, {"405"}),
    "role": ({"403"}, {"403", "405"}),
    "404": ({"404"}, {"404", "405"}),
    "login": ({"login"}, {"login"}),
    "leads": ({"302"}, TAKEN),
    "away": ({"204"}, {"405"}),
}
# What stands in the addresses of the administration.
APP, PLACEHOLDER = re.compile(r"\^\(\?P<app_label>.*\)"), re.compile(r"<[^>]*>|\(.*\)")
ASK_FOR_A_ROW = (
    "these addresses have no row in TABLE of tests/test_addresses.py: add one for each, which says "
    "what everybody gets there"
)


class Row(NamedTuple):
    """What everybody gets at an address, which is that of the sample."""

    address: str
    cells: dict[str, str]


class Visitor:
    """One of the cast, who asks each time as if for the first time."""

    def __init__(self, user: User | None) -> None:
        client = Client()
        if user:
            client.force_login(user)
        self.session = client.cookies[settings.SESSION_COOKIE_NAME].value if user else ""

    def ask(self, method: str, address: str, sent: dict[str, str] | None = None) -> tuple[str, str]:
        """Return the answer, as a cell has it, and the page; whatever is done is undone again."""
        client = Client(raise_request_exception=False)
        client.cookies[settings.SESSION_COOKIE_NAME] = self.session
        with transaction.atomic():
            response = getattr(client, method.lower())(address, sent)
            transaction.set_rollback(True)
        location = response.get("Location", "")
        is_login = location.startswith(("/accounts/login/?next=", "/admin/login/?next="))
        return "login" if is_login else str(response.status_code), page_of(response)


def page_of(response: Any) -> str:
    is_page = response.get("Content-Type", "").startswith("text/html")
    return response.text if is_page and not response.streaming else ""


@pytest.fixture(autouse=True)
def quick_and_quiet(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """Nothing is printed, and a refusal is no news."""
    without_printing(monkeypatch)
    caplog.set_level(logging.CRITICAL)


def lay_sample() -> dict[str, object]:
    """Lay a record of the Corporation and a published month; return what stands in addresses."""
    record = problem_record(reference="PRB-0001")
    incident(
        reference="INC-0001",
        problem_plan="problem_record",
        problem_record=record,
        supplier="Vodafone",
    )
    delete(incident(reference="INC-0002"), "Logged twice.")
    published()
    return {
        "gauge": "p1-resolved-city-of-london-corporation",
        "target": service_level_target().pk,
        "calendar": calendar().slug,
        "priority": priority().pk,
        "score_target": ScoreTarget.objects.earliest("pk").pk,
        "accreditation": accreditation().pk,
        "term": GlossaryTerm.objects.earliest("pk").pk,
        "screen": screen().pk,
        "person": person("somebody", Role.CLERK, email="somebody@desk.example").pk,
    }


def lay_cast() -> dict[str, Visitor]:
    people = {
        "nobody": None,
        "alone": stranger(),
        "director": director(),
        "clerk": clerk(),
        "police": police_manager(),
        "corporation": corporation_manager(),
        "all": manager(),
        "administrator": administrator(),
    }
    return {name: Visitor(people[name]) for name in CAST}


def rows(sample: dict[str, object]) -> list[Row]:
    lines = [line.split() for line in TABLE.splitlines() if "/" in line]
    return [
        Row(address.format_map(sample), dict(zip(CAST, cells, strict=True)))
        for *cells, address in lines
    ]


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Yield every address, with its placeholders."""
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield route
        else:
            yield from routes(each.url_patterns, route)


def every_route(*, administration: bool) -> set[str]:
    """Return the addresses of the site, or of its administration."""
    found = routes(get_resolver().url_patterns)
    return {route for route in found if route.startswith("admin/") is administration}


def told(visitor: Visitor, address: str, allowed: Allowed, sent: dict[str, str]) -> Iterator[str]:
    """Yield what is wrong with an address, asked for and sent to."""
    for method, right in zip(("GET", "POST"), allowed, strict=True):
        written: list[str] = []
        with connection.execute_wrapper(noting(written)):
            answer, _ = visitor.ask(method, address, sent if method == "POST" else None)
        if answer not in right:
            yield f"{method} answers {answer} instead of {' or '.join(sorted(right))}"
        if written and (method == "GET" or right is not TAKEN):
            yield f"{method} writes: {written[0][:60]}"


def noting(written: list[str]) -> Any:
    """Note whatever is written, sessions excepted."""

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and '"django_session"' not in sql:
            written.append(sql)
        return execute(sql, params, many, context)

    return note


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    tabled = {resolve(row.address.partition("?")[0]).route for row in rows(lay_sample())}
    existing = every_route(administration=False) | {"admin/"}
    assert existing <= tabled, f"{ASK_FOR_A_ROW}: {sorted(existing - tabled)}"
    assert tabled <= existing, f"these rows of TABLE have no address: {sorted(tabled - existing)}"


def test_everybody_gets_what_the_table_says_and_a_refusal_writes_nothing() -> None:
    table, cast = rows(lay_sample()), lay_cast()
    wrong = []
    for row in table:
        # What is sent is what somebody would send who may: the form as it stands.
        sent = Form(cast["administrator"].ask("GET", row.address)[1]).sent
        for name, cell in row.cells.items():
            faults = told(cast[name], row.address, CELLS[cell], sent)
            wrong += [f"{row.address} as {name}: {fault}" for fault in faults]
    assert not wrong, "\n".join(wrong)


def test_the_administration_is_for_administrators_alone() -> None:
    # The row of /admin/ says so for everybody; here is every address below it.
    lay_sample()
    administrator = Visitor(person("administrator", Role.ADMINISTRATOR))
    refused = {
        "nobody": (Visitor(None), CELLS["login"]),
        "staff": (Visitor(person("staff", Role.SERVICE_MANAGER, is_staff=True)), CELLS["role"]),
    }
    wrong = []
    for route in sorted(every_route(administration=True)):
        address = "/" + PLACEHOLDER.sub("1", APP.sub("incidents", route)).removesuffix("$")
        answer, _ = administrator.ask("GET", address)
        if answer in {"login", "500"}:
            wrong.append(f"{address} as administrator: GET answers {answer}")
        for name, (visitor, allowed) in refused.items():
            faults = told(visitor, address, allowed, {"post": "yes"})
            wrong += [f"{address} as {name}: {fault}" for fault in faults]
    assert not wrong, "\n".join(wrong)
