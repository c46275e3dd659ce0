"""What belongs to another organisation is not there: not to be read, listed, counted or guessed.

A Corporation month is planted with words and numbers that stand nowhere else. The Police manager
then asks for everything that there is to ask for, and finds none of them; and whatever exists and
is foreign is answered as what does not exist at all.
"""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from pypdf import PdfReader
from pypdf.generic import StreamObject
from pytest_django import Settings

from incidents.deleting import delete
from incidents.filters.states import STATES
from incidents.importing import apply, preview
from incidents.models import (
    Accreditation,
    ContactVolume,
    NpsScore,
    ProblemRecord,
    SatisfactionScore,
)
from incidents.tables import IncidentTable, ProblemRecordTable
from reports.models import CommitteeReport, Improvement
from tests.builders import (
    CORPORATION,
    POLICE,
    committee_report,
    hold,
    incident,
    incidents_csv,
    moment,
    organisation,
    problem_record,
)
from tests.clients import signed_in
from tests.publishing import published, without_printing
from tests.reports.typed import EDIT, Form
from tests.test_addresses import Row, lay_sample, rows

pytestmark = pytest.mark.django_db

FOREIGN, ABSENT = "INC-7777", "INC-7778"
DELETED = "INC-7776"
RECORD, NO_RECORD = "PRB-7777", "PRB-7778"
WORDS = {
    "service": "Zephyrnet",
    "supplier": "Quillonic",
    "reason": "Xylophonic",
    "resolution": "Wombatry",
    "breach": "Bassoonery",
    "title": "Marmaladed",
    "owner": "Ozymandias",
    "root_cause": "Kumquatted",
    "text": "Pumpernickel",
    "improvement": "Flugelhorn",
    "accreditation": "Saxophonist",
}
# Scores that nothing else adds up to.
NUMBERS = ("37.37", "83.21", "987654321")
# What the list of incidents, and that of problem records, can be asked without naming anything.
INCIDENTS = [
    "month=2019-03",
    "month=2019-01..2019-03",
    "priority=P1",
    "cause=external",
    "breach=parts",
    "plan=problem_record",
    "page=2",
    *(f"state={state}" for state in STATES),
    *(f"sort={sign}{name}" for name in IncidentTable.base_columns for sign in ("", "-")),
]
PROBLEMS = [
    "status=open",
    "kind=problem",
    "overdue=yes",
    "page=2",
    *(f"sort={sign}{name}" for name in ProblemRecordTable.base_columns for sign in ("", "-")),
]
# Pairs that must be answered alike: what is the Corporation's, and what nobody has; as long as each
# other, since an answer says how long it is.
PAIRS = {
    "reference": (FOREIGN, ABSENT),
    "record": (RECORD, NO_RECORD),
    "organisation": ("city-of-london-corporation", "city-of-nodnol-corporation"),
    "service": (WORDS["service"], "Zephyrnot"),
    "supplier": (WORDS["supplier"], "Quillonot"),
    "text": (WORDS["reason"], "Xylophonot"),
    "title": (WORDS["title"], "Marmaladot"),
    "owner": (WORDS["owner"], "Ozymandiot"),
}
ASKED = [
    *(
        f"/incidents/{export}?{query}"
        for export in ("", "export.csv")
        for query in (
            "q={reference}",
            "q={service}",
            "q={supplier}",
            "q={text}",
            "service={service}",
            "supplier={supplier}",
            "problem={record}",
            "organisation={organisation}",
        )
    ),
    *(
        f"/problems/{export}?{query}"
        for export in ("", "export.csv")
        for query in ("q={record}", "q={title}", "owner={owner}")
    ),
    "/incidents/new/?copy={reference}",
    "/incidents/new/?organisation={organisation}",
    "/incidents/new/?affected_service={service}",
    "/suggestions/services/?q={service}",
    "/suggestions/suppliers/?q={supplier}",
    "/suggestions/problems/?q={title}",
    "/suggestions/problems/?q={record}",
    "/months/2019-03/gauges/p1-resolved-{organisation}/",
    "/months/2019-03/gauges/satisfaction-{organisation}/history.json",
]
SENT = [
    ("/incidents/new/", {"affected_service": "{service}"}),
    ("/incidents/new/", {"supplier": "{supplier}"}),
    ("/incidents/new/", {"organisation": "{organisation}"}),
    ("/incidents/new/", {"problem_record": "{record}"}),
    ("/incidents/new/", {"problem_record": "{title}"}),
    ("/incidents/INC-0900/edit/", {"problem_record": "{record}"}),
    ("/problems/new/", {"organisation": "{organisation}"}),
]
# What differs from one answer to the next, whatever is asked.
TOKENS = re.compile(r'value="[\w.:=-]{16,}"|nonce-[^\'"]+')
SECRETS = (FOREIGN, RECORD, *WORDS.values(), *NUMBERS)


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> list[Row]:
    """Every address, and a month that was published before anything was planted."""
    without_printing(monkeypatch)
    return rows(lay_sample())


@pytest.fixture
def _same_moment() -> Iterator[None]:
    """Else an answer says of what is still open that it is so for a minute more."""
    with time_machine.travel(moment("2019-04-10 12:00"), tick=False):
        yield


@pytest.fixture
def police(_same_moment: None, table: list[Row], settings: Settings) -> Client:
    """The Police manager of the demonstration, with a month of both organisations before them."""
    settings.DEBUG = True
    call_command("create_demo_users", stdout=StringIO())
    settings.DEBUG = False
    plant()
    delete(incident(reference=DELETED), "Logged twice.")
    ours = incident(reference="INC-0900", organisation=POLICE, affected_service="Custody")
    hold(ours)
    return demo("police-manager")


def demo(name: str) -> Client:
    return signed_in(User.objects.get(username=name))


def plant() -> None:
    record = problem_record(
        reference=RECORD,
        title=WORDS["title"],
        owner=WORDS["owner"],
        root_cause=WORDS["root_cause"],
        next_action=WORDS["root_cause"],
    )
    for month in ("2019-01", "2019-02", "2019-03"):
        incident(
            reference=FOREIGN if month == "2019-03" else f"INC-777{month[-1]}",
            opened_at=moment(f"{month}-12 10:00"),
            affected_service=WORDS["service"],
            cause="external",
            supplier=WORDS["supplier"],
            reason=WORDS["reason"],
            resolution=WORDS["resolution"],
            breach_category="parts",
            breach_reason=WORDS["breach"],
            problem_plan="problem_record",
            problem_record=record,
            takes=6000,
        )
        plant_scores(month)
    texts: dict[str, Any] = dict.fromkeys(CommitteeReport.NARRATIVE, WORDS["text"])
    written = committee_report(**texts)
    whose = {"organisation": organisation(CORPORATION)}
    Improvement.objects.create(report=written, text=WORDS["improvement"], **whose)
    Accreditation.objects.create(name=WORDS["accreditation"], **whose)


def plant_scores(month: str) -> None:
    of = {"month": f"{month}-01"}
    ours = of | {"organisation": organisation(CORPORATION)}
    NpsScore.objects.create(**of, score="37.37")
    NpsScore.objects.create(**ours, score="37.37")
    SatisfactionScore.objects.create(**ours, percentage="83.21")
    ContactVolume.objects.create(**ours, open_contacts=987654321, escalated_by_users=1)


def everything_in(response: Any) -> str:
    """What an answer tells: its headers, and its content unpacked."""
    headers = "\n".join(f"{name}: {value}" for name, value in response.items())
    return f"{headers}\n{unpacked_text(response.getvalue())}"


def unpacked_text(data: bytes) -> str:
    if data.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return "\n".join(
                f"{name}\n{unpacked_text(archive.read(name))}" for name in archive.namelist()
            )
    return text_of_pdf(data) if data.startswith(b"%PDF-1") else data.decode(errors="replace")


def text_of_pdf(data: bytes) -> str:
    """Everything in a PDF that can be read: text, streams unpacked, metadata, names.

    Without the decimals of what draws it, among which a score may stand by chance.
    """
    reader = PdfReader(BytesIO(data))
    drawn = []
    for number in range(1, len(reader.xref_objStm) + len(reader.xref.get(0, {})) + 1):
        found = reader.get_object(number)
        drawn.append(str(found))
        if isinstance(found, StreamObject):
            drawn.append(found.get_data().decode("latin-1"))
    pages = [page.extract_text() for page in reader.pages]
    return "\n".join([*pages, re.sub(r"\d+\.\d+", "", "\n".join(drawn))])


def told(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


def answer(response: Any, typed: str) -> tuple[int, str]:
    """An answer without what was typed to get it, and without tokens."""
    text = re.sub(re.escape(typed), "TYPED", everything_in(response), flags=re.IGNORECASE)
    return response.status_code, TOKENS.sub("TOKEN", text)


def filled(template: str, which: int) -> tuple[str, str]:
    """Fill in the foreign one of a pair (0), or the absent one (1); return it as well."""
    name = re.findall(r"{(\w+)}", template)[0]
    typed = PAIRS[name][which]
    return template.format_map({name: typed}), typed


def test_it_is_planted_where_the_corporation_finds_it(police: Client) -> None:
    """Else the other tests would prove nothing."""
    client = demo("director")
    addresses = [
        f"/incidents/{FOREIGN}/",
        f"/problems/{RECORD}/",
        "/months/2019-03/report/",
        "/months/2019-03/scores/",
        "/months/2019-03/report.docx?draft=1",
        "/months/2019-03/report.pdf?draft=1",
    ]
    found = "\n".join(everything_in(client.get(each)) for each in addresses)
    assert told(found) == list(SECRETS)
    assert POLICE in police.get("/months/2019-03/report/").text


def test_no_address_tells_of_it(police: Client, table: list[Row]) -> None:
    addresses = {row.address for row in table} | {
        "/months/2019-03/report.pdf?draft=1",
        "/months/2019-03/report.pdf?draft=1&version=public",
        "/months/2019-03/report.docx?draft=1",
        "/months/2019-03/gauges/nps/",
        "/months/2019-02/",
        "/months/2019-04/",
        *(f"/incidents/{export}?{each}" for export in ("", "export.csv") for each in INCIDENTS),
        *(f"/problems/{export}?{each}" for export in ("", "export.csv") for each in PROBLEMS),
    }
    leaks = {}
    for address in sorted(addresses):
        if address.startswith("/accounts/") or address == "/live/":
            continue  # of people, and a stream without an end: see test_foreign_streams
        if found := told(everything_in(police.get(address))):
            leaks[address] = found
    assert not leaks, leaks


def test_what_is_foreign_is_answered_as_what_is_not_there(police: Client, table: list[Row]) -> None:
    asked = list(ASKED)
    for row in table:
        address = row.address.replace("INC-0001", "{reference}").replace("PRB-0001", "{record}")
        address = address.replace("city-of-london-corporation", "{organisation}")
        if "{" in address:
            asked.append(address)
    different = []
    for template in asked:
        (foreign, one), (absent, other) = filled(template, 0), filled(template, 1)
        for method in (police.get, police.post):
            if answer(method(foreign), one) != answer(method(absent), other):
                different.append(f"{method.__name__} {template}")
    assert not different, different


def test_a_form_says_of_what_is_foreign_what_it_says_of_what_is_not_there(police: Client) -> None:
    different = []
    for address, fields in SENT:
        answers = []
        for which in (0, 1):
            (name, template), *_ = fields.items()
            value, typed = filled(template, which)
            answers.append(answer(police.post(address, {name: value}), typed))
        if answers[0] != answers[1] or answers[0][0] != 200:
            different.append(f"{address} {fields}")
    assert not different, different


LOGGED = {
    "affected_service": "Custody",
    "priority": "P1",
    "opened_at": "2019-03-12T10:00",
    "opened_on": "2019-03-12",
    "title": "Cells stay shut",
}


@pytest.mark.parametrize(
    ("address", "pair"),
    [
        ("/incidents/new/", (FOREIGN, ABSENT)),
        ("/incidents/new/", (DELETED, ABSENT)),
        ("/incidents/INC-0900/edit/", (FOREIGN, ABSENT)),
        ("/incidents/INC-0900/edit/", (DELETED, ABSENT)),
        ("/problems/new/", (RECORD, NO_RECORD)),
        ("/problems/PRB-0900/edit/", (RECORD, NO_RECORD)),
    ],
)
def test_a_reference_that_is_given_elsewhere_is_taken_as_any_other(
    police: Client, address: str, pair: tuple[str, str]
) -> None:
    ours = organisation(POLICE)
    problem_record(reference="PRB-0900", organisation=ours, title="Cells stay open")
    sent = Form(police.get(address).text).sent | LOGGED | {"organisation": ours.slug}
    kind = "incidents" if "incidents" in address else "problems"
    told = []
    for typed in pair:
        with transaction.atomic():
            saved = police.post(address, sent | {"reference": typed}, follow=True)
            assert saved.redirect_chain == [(f"/{kind}/{typed}/", 302)]
            lists = map(police.get, (f"/{kind}/", f"/{kind}/export.csv"))
            told.append([answer(each, typed) for each in (saved, *lists)])
            transaction.set_rollback(True)
    assert told[0] == told[1]


def test_a_published_reference_that_is_typed_anew_is_compared_with_nothing_foreign(
    police: Client,
) -> None:
    """What moved since an edition is told by reference, and by organisation too."""
    published()
    told = []
    for typed in (FOREIGN, ABSENT):
        with transaction.atomic():
            incident(reference=typed, organisation=POLICE, affected_service="Custody")
            told.append(answer(police.get("/months/2019-03/"), typed))
            transaction.set_rollback(True)
    assert "1 → 2 (TYPED)" in told[0][1]
    assert told[0] == told[1]


def test_a_file_takes_a_reference_that_is_given_elsewhere_as_any_other(police: Client) -> None:
    ours = organisation(POLICE)
    told = []
    for reference, record in ((FOREIGN, RECORD), (DELETED, RECORD), (ABSENT, NO_RECORD)):
        row = {"reference": reference, "problem_reference": record}
        content = incidents_csv(row | {"problem_management_plan": "Problem record created"})
        with transaction.atomic():
            found = preview("incidents", content, [ours])
            assert (found.created, found.faults, found.warnings) == (1, [], [])
            apply(found)
            again = preview("incidents", content, [ours])
            assert (again.unchanged, again.faults) == (1, [])
            pages = [f"/incidents/{reference}/", f"/problems/{record}/"]
            answers = [answer(police.get(each), reference) for each in pages]
            told.append([(code, text.replace(record, "RECORD")) for code, text in answers])
            transaction.set_rollback(True)
    assert told[0] == told[1] == told[2]


def test_a_record_shared_by_both_shows_each_only_their_own_incidents(police: Client) -> None:
    shared = ProblemRecord.objects.get(reference=RECORD)
    plan = {"problem_plan": "problem_record", "problem_record": shared}
    incident(reference="INC-0901", organisation=POLICE, affected_service="Custody", **plan)
    words = [each for each in SECRETS if each not in (RECORD, WORDS["title"], WORDS["owner"])]
    words.remove(WORDS["root_cause"])
    for address in (
        f"/problems/{RECORD}/",
        "/problems/",
        "/problems/export.csv",
        "/months/2019-03/report/",
        "/months/2019-03/report.docx?draft=1",
        "/incidents/INC-0901/",
        "/incidents/INC-0901/clock/",
        f"/incidents/?problem={RECORD}",
    ):
        text = everything_in(police.get(address))
        assert [word for word in words if word in text] == [], address
    assert "INC-0901" in police.get(f"/problems/{RECORD}/").text
    # One incident of four.
    (line,) = [
        line
        for line in police.get("/problems/export.csv").getvalue().decode().splitlines()
        if line.startswith(RECORD)
    ]
    assert ",4," not in line


def test_nothing_of_theirs_is_written_over(police: Client) -> None:
    before = CommitteeReport.objects.values(*CommitteeReport.NARRATIVE).get()
    page = police.get(EDIT).text
    sent = Form(page).sent | dict.fromkeys(CommitteeReport.NARRATIVE, "Ours now.")
    assert police.post(EDIT, sent).status_code == 302
    assert CommitteeReport.objects.values(*CommitteeReport.NARRATIVE).get() == before
