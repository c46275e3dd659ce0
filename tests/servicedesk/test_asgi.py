"""What the asynchronous entry sees to beside Django: the headers of streams, and bare answers."""

import http.client
from collections.abc import Iterator
from contextlib import closing
from email.message import Message
from pathlib import Path

import pytest

from tests.builders import director
from tests.servicedesk.test_live import address, cookie_of
from tests.serving import HOST, Server, served

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
STATES = {"/live/": "/live/state/", "/wall/live/": "/wall/state/"}
CARRIED = {
    "Cache-Control",
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
}
FRAMES = {"WALL_FRAME_ANCESTORS": "https://intranet.example"}


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("server") / "log"


@pytest.fixture(scope="module")
def server(django_db_setup: None, log: Path) -> Iterator[Server]:
    with served(address(), variables=FRAMES, log=log) as running:
        yield running


def answer(server: Server, path: str, cookie: str = "", method: str = "GET") -> tuple[int, Message]:
    """Return the status and the headers of an answer, which may never end."""
    with closing(http.client.HTTPConnection(HOST, server.port, timeout=30)) as line:
        line.request(method, path, headers={"Cookie": cookie})
        found = line.getresponse()
        return found.status, found.headers


@pytest.mark.parametrize("stream", STATES)
def test_a_stream_carries_what_every_answer_carries(server: Server, stream: str) -> None:
    cookie = cookie_of(director())
    of_django = answer(server, STATES[stream], cookie)[1]
    lacking = {name for name in CARRIED if name not in of_django}
    assert lacking == ({"X-Frame-Options"} if "wall" in stream else set())
    for brought, status in ((cookie, 200), ("", 401)):
        found, headers = answer(server, stream, brought)
        assert found == status
        assert {name: headers[name] for name in CARRIED} == {
            name: of_django[name] for name in CARRIED
        }


def test_an_answer_to_head_is_that_to_get_without_its_body(server: Server, log: Path) -> None:
    status, headers = answer(server, "/healthz", method="HEAD")
    assert (status, headers["Content-Length"]) == (200, "3")
    assert log.read_text() == ""
