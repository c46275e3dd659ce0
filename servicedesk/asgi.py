"""The entry for an ASGI server: what is live streams, all else goes to Django in a pool of threads.

As a view of Django's a stream would hold a thread and a database connection for every viewer.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, cast

from a2wsgi import WSGIMiddleware

from servicedesk.wsgi import application as django_application

# isort: split
# Django is set up by now, which the apps need to be imported.
from reports.live import STREAMS, live
from servicedesk.accounts.two_factor import is_held_back
from servicedesk.headers import of_a_stream

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

THREADS = 8  # each keeps a database connection


class Application:
    """Sends each request where it belongs."""

    def __init__(self) -> None:
        pages: Any = django_application  # Django types its answers more narrowly
        self.ended = False
        live.is_held_back = cast(Any, is_held_back)  # it asks for values by name, and no more
        self.pages: Any = WSGIMiddleware(pages, workers=THREADS)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.pages(scope, receive, send)
        elif scope["path"] in STREAMS:
            carried = of_a_stream(scope["path"], scope["scheme"])
            await live(scope, receive, carrying(carried, send))
        else:
            await self.page(scope, receive, send)

    async def page(self, scope: Message, receive: Receive, send: Send) -> None:
        """Let a thread answer to its end, even if nobody waits for the answer any more.

        Given up halfway, the thread would wait for ever for its answer to be taken.
        """
        outlet = Outlet(send, last=self.ended, is_head=scope["method"] == "HEAD")
        answering = asyncio.ensure_future(self.pages(scope, whole(receive), outlet.send))
        try:
            await asyncio.shield(answering)
        except asyncio.CancelledError:
            outlet.close()
            answering.add_done_callback(take_notice)
            raise

    def end(self) -> None:
        """End what never ends by itself, so that the server can."""
        self.ended = True
        live.end()


def carrying(headers: list[tuple[bytes, bytes]], send: Send) -> Send:
    """Add headers to an answer."""

    async def add(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*headers, *message["headers"]]
        await send(message)

    return add


class Outlet:
    """Where an answer goes; once closed, into nothing. The last one ends its connection.

    Django leaves it to the server to keep back the body of an answer to HEAD; this is the server.
    """

    def __init__(self, to: Send, *, last: bool, is_head: bool) -> None:
        self.to, self.last, self.is_head = to, last, is_head
        self.sending: asyncio.Future[None] | None = None
        self.closed = False

    async def send(self, message: Message) -> None:
        if self.closed:
            return
        if self.last and message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], (b"connection", b"close")]
        if self.is_head and message["type"] == "http.response.body":
            message["body"] = b""
        self.sending = asyncio.ensure_future(self.to(message))
        await asyncio.wait({self.sending})
        if not self.sending.cancelled():
            self.sending.result()

    def close(self) -> None:
        self.closed = True
        if self.sending:
            self.sending.cancel()


def take_notice(of: "asyncio.Future[None]") -> None:
    """What goes wrong with an answer that nobody waits for is nobody's trouble."""
    if not of.cancelled():
        of.exception()


def whole(receive: Receive) -> Receive:
    """Let what was sent by half, before its sender went away, not be taken for all of it."""

    async def received() -> Message:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionResetError("The sender went away.")
        return message

    return received


application = Application()
