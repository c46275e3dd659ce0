"""A thousand viewers of `/live/`, each with a session of their own, and saves by real requests."""

import asyncio
import http.client
import resource
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from secrets import token_hex
from statistics import quantiles
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import Group, User
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from incidents.access import Role
from incidents.models import Organisation
from tests.bench.demands import Live
from tests.bench.pages import new_incident
from tests.bench.site import CSRF
from tests.serving import HOST, Server

VIEWERS, SAVES = 1_000, 5
IDLE = 30.0  # seconds, in which each viewer is sent two comments
TICKS = 100  # of processor time in a second, on every Linux
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Watching(asyncio.Protocol):
    """One viewer, who notes when they had the last event in full."""

    def __init__(self, cookie: str) -> None:
        self.cookie = cookie
        self.text = b""
        self.given = 0
        self.heard_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        request = f"GET /live/ HTTP/1.1\r\nHost: {HOST}\r\nCookie: {self.cookie}\r\n\r\n"
        if isinstance(transport, asyncio.Transport):
            transport.write(request.encode())

    def data_received(self, data: bytes) -> None:
        self.text += data
        if self.text.endswith(b"\n\n\r\n"):
            self.given += 1
            if b"event: figures" in self.text:
                self.heard_at = time.monotonic()
            self.text = b""


def people(count: int) -> list[str]:
    """Let so many directors sign in, each of one organisation or of all; return their cookies."""
    group, organisations = Group.objects.get(name=Role.DIRECTOR.value), Organisation.objects.all()
    persons = User.objects.bulk_create(
        User(username=f"viewer-{number}", password=f"!{number}") for number in range(count)
    )
    User.groups.through.objects.bulk_create(
        User.groups.through(user=person, group=group) for person in persons
    )
    of = [[each] for each in organisations] + [list(organisations)]
    members = Organisation.members.through
    members.objects.bulk_create(
        members(user=person, organisation=each)
        for number, person in enumerate(persons)
        for each in of[number % len(of)]
    )
    sessions = Session.objects.bulk_create(session_of(person) for person in persons)
    return [f"{settings.SESSION_COOKIE_NAME}={each.session_key}" for each in sessions]


def session_of(person: User) -> Session:
    said = {
        SESSION_KEY: str(person.pk),
        BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
        HASH_SESSION_KEY: person.get_session_auth_hash(),
    }
    return Session(
        session_key=token_hex(16),
        session_data=SessionStore().encode(said),
        expire_date=timezone.now() + timedelta(hours=1),
    )


async def measured(server: Server, cookies: list[str], manager: str) -> Live:
    """Let everybody watch, leave them alone for a while, then save."""
    loop = asyncio.get_running_loop()
    viewers = [Watching(cookie) for cookie in cookies]
    for start in range(0, len(viewers), 100):
        some = viewers[start : start + 100]
        await asyncio.gather(
            *(loop.create_connection(partial(itself, viewer), HOST, server.port) for viewer in some)
        )
    await until(lambda: all(viewer.given for viewer in viewers))
    used = processor_time(server)
    await asyncio.sleep(IDLE)
    idle = (processor_time(server) - used) / IDLE
    saves = [await saved(server, viewers, manager) for _ in range(SAVES)]
    return Live(
        viewers=len(viewers),
        half=[1000 * quantiles(each, n=100)[49] for each in saves],
        most=[1000 * quantiles(each, n=100)[98] for each in saves],
        idle=100 * idle,
        megabytes=megabytes(server),
    )


def itself(viewer: Watching) -> Watching:
    return viewer


async def until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not done():
        if time.monotonic() > end:
            raise RuntimeError("not every viewer was reached within a minute")
        await asyncio.sleep(0.05)


async def saved(server: Server, viewers: list[Watching], manager: str) -> list[float]:
    """Log a P2 incident; return how long after its saving each viewer heard of it, in seconds."""
    for viewer in viewers:
        viewer.heard_at = 0.0
    answered_at = await asyncio.to_thread(save, server, manager)
    # Those of the other organisation see nothing of it, and hear nothing.
    concerned = [each for number, each in enumerate(viewers) if number % 3]
    await until(lambda: all(viewer.heard_at for viewer in concerned))
    await asyncio.sleep(1)
    return [viewer.heard_at - answered_at for viewer in concerned]


def save(server: Server, manager: str) -> float:
    """Log an incident as a person does; return the moment at which it was answered as saved."""
    line = http.client.HTTPConnection(HOST, server.port, timeout=30)
    form = new_incident() | {"priority": "P2", "csrfmiddlewaretoken": CSRF}
    headers = FORM | {"Cookie": f"{manager}; csrftoken={CSRF}"}
    line.request("POST", "/incidents/new/", urlencode(form), headers)
    answer = line.getresponse()
    answered_at = time.monotonic()
    if answer.status != 302:
        raise RuntimeError(f"the incident was not saved: {answer.status} {answer.read()[:2000]!r}")
    line.close()
    return answered_at


def processes(server: Server) -> list[Path]:
    """The kernel's pages of the server and its workers."""
    if server.process is None:
        return []
    first = Path(f"/proc/{server.process.pid}")
    children = (first / f"task/{server.process.pid}/children").read_text().split()
    return [first, *(Path(f"/proc/{child}") for child in children)]


def processor_time(server: Server) -> float:
    """Return the seconds of processor time that the server has taken so far."""
    fields = [(page / "stat").read_text().rpartition(")")[2].split() for page in processes(server)]
    return sum(int(each[11]) + int(each[12]) for each in fields) / TICKS


def megabytes(server: Server) -> float:
    """Return the memory of all its processes; what they share counts once."""
    kilobytes = 0
    for page in processes(server):
        lines = (page / "smaps_rollup").read_text().splitlines()
        kilobytes += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return kilobytes / 1024


def let_many_files_be_open() -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
