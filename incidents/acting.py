"""Who acts: the person behind a request, or a command. History asks, and nobody else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse


class Actor(NamedTuple):
    """Who makes a change.

    by_id: the key of the person, None where nobody is signed in. via: the command, and the file
    that it reads; "" for a page.
    """

    by_id: int | None = None
    via: str = ""


# Asked only when something is written: until then a request need not read its session.
_asked: ContextVar[Callable[[], Actor]] = ContextVar("_asked", default=Actor)


def actor() -> Actor:
    return _asked.get()()


@contextmanager
def acting(by_id: int | None = None, via: str = "") -> Iterator[None]:
    """Let what is written meanwhile be by a person, or by a command."""
    with asking(lambda: Actor(by_id, via)):
        yield


@contextmanager
def asking(who: Callable[[], Actor]) -> Iterator[None]:
    token = _asked.set(who)
    try:
        yield
    finally:
        _asked.reset(token)


def acting_person(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: what a request writes is by the person who is signed in."""

    def answer(request: HttpRequest) -> HttpResponse:
        with asking(lambda: Actor(request.user.pk)):
            return get_response(request)

    return answer
