"""The whole site in this process, asked through WSGI by somebody who is signed in."""

import time
from typing import Any, NamedTuple, cast
from wsgiref.types import WSGIApplication

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from tests.builders import manager_of_all

CSRF = "a" * 32
ANSWERED = ("200", "302")


class Cost(NamedTuple):
    """What one answer took, in milliseconds on the wall and of this process's processor time."""

    wall: float
    processor: float


class Site:
    """The site on one database; several in a process take turns, see `take_over`."""

    def __init__(self, application: WSGIApplication, address: dict[str, Any]) -> None:
        self.application = application
        connection = connections.create_connection("default")
        connection.settings_dict = address
        self.connection = connection
        self.take_over()

    def take_over(self) -> None:
        """Make this site's database the one that the process works on."""
        connections["default"] = self.connection

    def sign_in(self) -> None:
        """Sign in as somebody who sees and writes everything."""
        client = Client()
        client.force_login(User.objects.filter(username="manager").first() or manager_of_all())
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.cookies = f"{settings.SESSION_COOKIE_NAME}={session}; csrftoken={CSRF}"

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[bytes, Cost]:
        """Return the body of an answer and its cost; with a form, post it.

        Raises RuntimeError for every answer other than 200 and 302.
        """
        factory = RequestFactory(headers={"cookie": self.cookies})
        request = (
            factory.get(path)
            if form is None
            else factory.post(path, form | {"csrfmiddlewaretoken": CSRF})
        )
        said: list[str] = []
        processor, wall = time.process_time(), time.perf_counter()
        answer: Any = self.application(request.environ, cast(Any, lambda *of: said.append(of[0])))
        body = b"".join(answer)
        answer.close()
        cost = Cost(1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - processor))
        if not said[0].startswith(ANSWERED) or (form is not None and said[0][:3] != "302"):
            raise RuntimeError(f"{path}: {said[0]} {body.decode()[:2000]}")
        return body, cost

    def queries(self, path: str, form: dict[str, str] | None = None) -> list[str]:
        """Return the queries that an answer takes."""
        with CaptureQueriesContext(self.connection) as captured:
            self.ask(path, form)
        return [each["sql"] for each in captured.captured_queries]


def application() -> WSGIApplication:
    """Return the site as production serves it."""
    call_command("collectstatic", interactive=False, verbosity=0)
    return get_wsgi_application()
