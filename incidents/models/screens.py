"""Screens on walls, which show the gauges and at which nobody signs in."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from incidents.models.catalogue import Organisation
from incidents.models.recorded import Recorded
from incidents.text import one_line_text


class Screen(Recorded):
    """A screen, which a secret link lets in; of the secret no more than a hash is kept."""

    UNRECORDED: ClassVar[tuple[str, ...]] = ("token_hash", "last_seen_at")

    name = models.CharField(
        max_length=120,
        unique=True,
        validators=[one_line_text],
        help_text="Where it hangs, such as Entrance hall.",
    )
    # Said for itself: whoever removes the one organisation of a screen must not show it all.
    shows_all = models.BooleanField(default=False, verbose_name="shows all organisations")
    organisations = models.ManyToManyField(
        Organisation, through="ScreenOrganisation", related_name="screens"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    link_made_at = models.DateTimeField()
    link_made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ScreenOrganisation(Recorded):
    """An organisation that a screen shows."""

    screen = models.ForeignKey(Screen, models.CASCADE, related_name="shown")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "organisation of a screen"
        verbose_name_plural = "organisations of screens"
        constraints = [
            models.UniqueConstraint(
                fields=["screen", "organisation"], name="screen_shows_organisation_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def part_of(self) -> Recorded:
        return self.screen
