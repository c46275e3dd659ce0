"""What the commands are told: a month, a person. What makes no sense ends the command."""

from django.contrib.auth.models import User
from django.core.management.base import CommandError

from incidents.month import Month


def month_from(text: str, option: str = "") -> Month:
    """Return the month that is meant. Raises CommandError, which names the option if given."""
    try:
        return Month.parse(text)
    except ValueError as error:
        raise CommandError(f"{option}: {error}" if option else str(error)) from None


def person_called(username: str) -> User:
    """Return the person, not deactivated, of a username. Raises CommandError for a stranger."""
    person = User.objects.filter(username=username, is_active=True).first()
    if person is None:
        raise CommandError(f"There is nobody called {username!r}.")
    return person
