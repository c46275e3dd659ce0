"""Work that a change of targets leaves: due times that are still to be worked out anew."""

from datetime import date
from typing import Self

from django.db import models, transaction


class Recomputation(models.Model):
    """The one piece of work that waits, if any: incidents opened from a month on.

    `position` is the key of the last incident that is done, so that whoever goes on after an
    interruption goes on from there.
    """

    since = models.DateField()
    position = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"since {self.since}"

    @classmethod
    def ask(cls, since: date) -> Self:
        """Have every incident opened in the month of a day or later worked out from the start."""
        first_day = since.replace(day=1)
        with transaction.atomic():
            waiting = cls.objects.select_for_update().first() or cls(since=first_day)
            waiting.since = min(waiting.since, first_day)
            waiting.position = 0
            waiting.save()
        return waiting
