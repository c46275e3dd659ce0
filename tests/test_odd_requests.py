"""Odd queries, parts of addresses and headers: an answer every time, and never a fault."""

from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import person
from tests.publishing import without_printing
from tests.reports.typed import Form
from tests.test_addresses import lay_sample, rows

pytestmark = pytest.mark.django_db
NAMES = (
    *("month", "organisation", "priority", "service", "supplier", "cause", "state", "q", "page"),
    *("sort", "per_page", "edition", "version", "draft", "ticket", "next", "token", "from", "to"),
    *("person", "kind", "problem_record", "opened_from", "comparison"),
)
ODD = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        (
            *("\x00", "%", "'", '"', "-1", "0", "9" * 30, "2019-13", "0000-00", "9999-12", "NaN"),
            *("1e999", "../../etc/passwd", "javascript:1", "//elsewhere", "\ud7ff", "٣", "²"),
            "a" * 5000,
        )
    ),
)
QUERY = st.lists(st.tuples(st.sampled_from(NAMES), ODD), min_size=1, max_size=4)
PLACES = (
    *("/incidents/{}/", "/problems/{}/", "/months/{}/", "/months/{}/report.pdf", "/calendars/{}/"),
    *("/months/2019-03/gauges/{}/", "/archive/2019-03/{}/public.pdf", "/archive/2019-03/1/{}"),
    *(
        "/targets/{}/",
        "/people/{}/",
        "/public/2019-03/1/{}",
        "/admin/incidents/incident/{}/change/",
    ),
)


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Client:
    """Somebody who may see everything; a fault in a view fails the test by itself."""
    without_printing(monkeypatch)
    signed_in = Client()
    signed_in.force_login(person("root", is_superuser=True, is_staff=True))
    return signed_in


def test_a_query_never_makes_a_page_fail(client: Client) -> None:
    addresses = [row.address for row in rows(lay_sample()) if "?" not in row.address]
    asked = [each for each in addresses if each not in ("/live/", "/readyz")]

    @settings(max_examples=300)
    @given(st.sampled_from(asked), QUERY)
    def ask(address: str, query: list[tuple[str, str]]) -> None:
        answer = client.get(address, QUERY_STRING=urlencode(query, errors="surrogatepass"))
        assert answer.status_code < 500

    ask()


def test_a_part_of_an_address_never_makes_it_fail(client: Client) -> None:
    lay_sample()

    @settings(max_examples=200)
    @given(st.sampled_from(PLACES), ODD)
    def ask(place: str, part: str) -> None:
        assert client.get(place.format(quote(part, safe=""))).status_code < 500

    ask()


def test_what_no_database_takes_never_makes_a_form_fail(client: Client) -> None:
    for row in rows(lay_sample()):
        if row.cells["administrator"] == "form":
            sent = Form(client.get(row.address).text).sent
            for odd in (dict.fromkeys(sent, "\0"), {key: f"{sent[key]}\0" for key in sent}):
                assert client.post(row.address, odd).status_code < 500


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Host", "elsewhere.example"),
        ("Host", "testserver@elsewhere.example"),
        ("Host", "a" * 300),
        ("X-Forwarded-Host", "elsewhere.example"),
        ("X-Forwarded-Proto", "javascript"),
        ("X-Forwarded-For", "' OR 1=1"),
        ("Accept-Language", "../../etc/passwd,*;q=x"),
        ("Accept", "*/*;q=NaN"),
        ("Range", "bytes=9-1"),
        ("If-None-Match", '"'),
        ("If-Modified-Since", "yesterday"),
        ("Cookie", "sessionid=\x00; csrftoken="),
        ("Cookie", "sessionid=abcdefgh\x00; csrftoken=\x00; messages=\x00; screen=\x00"),
        ("Referer", "javascript:1"),
    ],
)
def test_a_header_never_makes_a_page_fail_nor_comes_back(name: str, value: str) -> None:
    client = Client(raise_request_exception=False)
    for address in ("/accounts/login/", "/", "/static/wordmark.svg", "/public/"):
        answer = client.get(address, headers={name: value})
        assert answer.status_code < 500
        assert "elsewhere" not in answer.get("Location", "")
        assert b"elsewhere" not in answer.getvalue()
