"""Encrypts the secrets of two-factor anew, after SECRET_KEY changed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from servicedesk.accounts.two_factor import seal_anew


class Command(BaseCommand):
    help = (
        "Encrypt the secrets of two-factor with SECRET_KEY. Afterwards none of "
        "SECRET_KEY_FALLBACKS is needed to read them."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        unreadable = seal_anew()
        if unreadable:
            raise CommandError(
                f"Left as they are, for no key opens them: those of {', '.join(unreadable)}. Add "
                "the key of then to SECRET_KEY_FALLBACKS, or turn two-factor off for these people."
            )
        self.stdout.write("Every secret of two-factor is encrypted with SECRET_KEY.")
