"""What `make run` starts: prepares the database, says how to sign in, serves on this machine."""

import os
import socket
import sys

import django
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from servicedesk.environment import Environment

HOST = "127.0.0.1"


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


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


def prepare_database() -> None:
    """Bring the tables up to date; where there is nothing yet, load sample months and people."""
    call_command("migrate", verbosity=0)
    if not apps.get_model("incidents", "Incident").objects.exists():
        call_command("load_sample_months")
    if not apps.get_model("auth", "User").objects.exists():
        call_command("create_demo_users")


def serve() -> None:
    port = free_port()
    if not settings.DEBUG:
        raise CommandError(
            "DEBUG: make run is for trying out and development. "
            "README.md, In production, says how to serve with DEBUG=0."
        )
    prepare_database()
    given = os.environ.get("DEMO_PASSWORD")
    password = "the one in DEMO_PASSWORD" if given else settings.DEMO_PASSWORD
    say(f"\nservicedesk is at http://{HOST}:{port}/ (Ctrl-C ends it)")
    say("Sign in as corporation-manager, police-manager, clerk, director or administrator;")
    say(f"the password is {password} unless it was changed.\n")
    call_command("runserver", f"{HOST}:{port}", use_reloader=False, skip_checks=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicedesk.settings")
    try:
        django.setup()
        serve()
    except (ImproperlyConfigured, CommandError) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(0)
