"""What `make run` starts: prepares the database, says how to sign in, serves on this machine."""

import os
import socket
import sys
from io import StringIO
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import BaseCommand, CommandError, call_command

from incidents.management.commands.create_demo_users import DEMO_USERS
from incidents.models import (
    ContactVolume,
    Incident,
    NpsScore,
    ProblemRecord,
    SatisfactionScore,
)
from incidents.settling import still_waiting
from servicedesk.environment import Environment

HOST = "127.0.0.1"
# What the sample months fill; they go into a database that holds none of it.
SAMPLED = (Incident, ProblemRecord, NpsScore, SatisfactionScore, ContactVolume)


class Command(BaseCommand):
    help = (
        "Bring the database up to date, fill an empty one with sample months and people, and "
        "serve on this machine at PORT. Refused in production (DEBUG=0)."
    )
    # They are made once the database is up to date.
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError(
                "DEBUG: this server is for trying out and development. README.md says, under "
                "In production, how to serve with DEBUG=0."
            )
        port = free_port()
        self.prepare_database()
        self.check()
        self.stdout.write(f"\nservicedesk is at http://{HOST}:{port}/ and Ctrl-C ends it.")
        self.stdout.write(f"{how_to_sign_in()}\n\n")
        self.stdout.flush()
        serve(port)

    def prepare_database(self) -> None:
        call_command("migrate", verbosity=0)
        if still_waiting():
            # What an older version wrote, or a change of targets that was interrupted.
            self.stdout.write("Due times wait to be worked out anew; this is done first.")
            call_command("recompute_due_times", stdout=self.stdout)
        if not any(model._default_manager.exists() for model in SAMPLED):
            call_command("load_sample_months", stdout=self.stdout)
            call_command("load_sample_narrative", stdout=self.stdout)
        if not User.objects.exists():
            call_command("create_demo_users", stdout=StringIO())


def free_port() -> int:
    """Return PORT; raise CommandError, before any work is done, if nothing can listen there."""
    port = Environment().whole_number("PORT", 8000, lowest=1, highest=65535)
    with socket.socket() as probe:
        # As the server will do, so that a port just given up counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise CommandError(
                f"PORT: {HOST}:{port} cannot be used ({error.strerror}). "
                "Choose another, for example: make run PORT=8123"
            ) from None
    return port


def serve(port: int) -> None:
    """Become the server, the same as in production: nothing else could stream."""
    os.chdir(settings.BASE_DIR)
    command = [sys.executable, "-m", "gunicorn", "servicedesk.asgi"]
    command += ["--worker-class", "servicedesk.worker.Worker", "--bind", f"{HOST}:{port}"]
    command += ["--log-level", "warning", "--no-control-socket"]
    os.execv(sys.executable, command)  # noqa: S606, a shell has no part in it


def how_to_sign_in() -> str:
    """Return the sentence for the terminal; a password of one's own is not repeated."""
    names = [demo.name for demo in DEMO_USERS]
    if not User.objects.filter(username__in=names).exists():
        return "Sign in with an account of yours; manage.py createsuperuser makes one."
    given = os.environ.get("DEMO_PASSWORD", "").strip()
    password = "the one in DEMO_PASSWORD" if given else settings.DEMO_PASSWORD
    return f"Sign in as {' or '.join(names)}; the password is {password}, unless changed."
