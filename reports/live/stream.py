"""The streams as a native asynchronous application: a queue for each viewer, and nothing else.

It knows no database: whether somebody may watch, and what they are sent, comes from the hub.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.http import parse_cookie
from django.http.request import split_domain_port, validate_host

from incidents.access import SCREEN_COOKIE
from incidents.screens import hash_of
from reports.live.hub import Given, Hub
from reports.live.sessions import Gate, Pass, nobody

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

WALL = "/wall/live/"
STREAMS = {"/live/", WALL}
# So many events and comments wait for a viewer; who is slower is parted with, and comes again.
MOST_WAITING = 8
PATIENCE = 10.0  # seconds until somebody is answered that they may watch
# After how many milliseconds a browser comes again.
AGAIN = b"retry: 2000\n\n"
# The connection ends with the answer, so that a server told to end need not wait for it.
LAST = (b"connection", b"close")
HEADERS = [
    LAST,
    (b"content-type", b"text/event-stream; charset=utf-8"),
    # Nginx holds answers back unless it is told not to.
    (b"x-accel-buffering", b"no"),
]
REFUSING = [LAST, (b"content-type", b"text/plain; charset=utf-8")]
REFUSALS = {
    400: "This site does not answer to that name.",
    401: "Sign in to watch the gauges.",
    405: "This address can only be read.",
    503: "The server cannot tell at the moment. Come again.",
}


class Watching:
    """One viewer: what lets them in, what they have seen, and what waits to be sent to them."""

    def __init__(self, let_in: Pass, seen: str) -> None:
        self.let_in, self.seen = let_in, seen
        self.waiting: asyncio.Queue[bytes | None] = asyncio.Queue(MOST_WAITING)
        self.sending: asyncio.Task[None] | None = None

    def give(self, what: bytes | None) -> None:
        try:
            self.waiting.put_nowait(what)
        except asyncio.QueueFull:
            if self.sending:
                self.sending.cancel()


class LiveStream:
    """The application that serves both streams; its hub begins with the first viewer.

    `is_held_back` tells of somebody signed in whether they are let in nowhere yet.
    """

    def __init__(self) -> None:
        self.hub: Hub | None = None
        self.ended = False
        self.is_held_back: Gate = nobody
        self.watching: set[Watching] = set()

    def end(self) -> None:
        """Let every stream end, since the server is to end; viewers come to the next one."""
        self.ended = True
        for viewer in self.watching:
            viewer.give(None)
        if self.hub:
            self.hub.end()

    def listening(self) -> Hub:
        if self.hub is None:
            loop = asyncio.get_running_loop()
            self.hub = Hub(
                lambda several: loop.call_soon_threadsafe(hand_over, several), self.is_held_back
            )
        return self.hub

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        let_in = pass_in(scope, headers)
        if problem := 503 if self.ended else refusal(scope["method"], headers, let_in):
            return await refuse(send, problem)
        viewer = Watching(let_in, headers.get(b"last-event-id", ""))
        hub = self.listening()
        self.watching.add(viewer)
        hub.join(viewer)
        try:
            await self.stream(viewer, receive, send)
        finally:
            self.watching.discard(viewer)
            hub.leave(viewer)

    async def stream(self, viewer: Watching, receive: Receive, send: Send) -> None:
        try:
            first = await asyncio.wait_for(viewer.waiting.get(), PATIENCE)
        except TimeoutError:
            return await refuse(send, 503)
        if first is None:
            return await refuse(send, 401)
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await send(body(AGAIN + first))
        viewer.sending = asyncio.ensure_future(send_all(viewer, send))
        gone = asyncio.ensure_future(until_gone(receive))
        try:
            await asyncio.wait({viewer.sending, gone}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            viewer.sending.cancel()
            gone.cancel()
        await send({"type": "http.response.body", "body": b""})


def hand_over(several: list[Given]) -> None:
    for viewer, what in several:
        if isinstance(viewer, Watching):
            viewer.give(what)


async def send_all(viewer: Watching, send: Send) -> None:
    while (what := await viewer.waiting.get()) is not None:
        await send(body(what))


async def until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def refuse(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": REFUSING})
    await send({"type": "http.response.body", "body": f"{REFUSALS[status]}\n".encode()})


def body(chunk: bytes) -> Message:
    return {"type": "http.response.body", "body": chunk, "more_body": True}


def refusal(method: str, headers: dict[bytes, str], let_in: Pass) -> int | None:
    """Return the status with which a request is refused before anybody is asked."""
    if method != "GET":
        return 405
    host, _ = split_domain_port(headers.get(b"host", ""))
    if not (host and validate_host(host, settings.ALLOWED_HOSTS)):
        return 400
    return None if let_in.session or let_in.screen else 401


def pass_in(scope: Message, headers: dict[bytes, str]) -> Pass:
    """Return what a browser brings along, and to what it asks to be let in."""
    cookies = parse_cookie(headers.get(b"cookie", ""))
    session = cookies.get(settings.SESSION_COOKIE_NAME, "")
    if not session.isalnum():  # no key of ours, and maybe one that a database refuses
        session = ""
    if scope["path"] != WALL:
        return Pass(session)
    token = cookies.get(SCREEN_COOKIE)
    asked = dict(parse_qsl(scope["query_string"].decode("latin-1")))
    return Pass(session, True, hash_of(token) if token else "", asked.get("organisation", ""))
