"""The glossary: the abbreviations that a report explains where it uses them."""

from django.db import models
from django.urls import reverse

from incidents.models import Recorded
from incidents.text import plain_text


class GlossaryTerm(Recorded):
    """An abbreviation and what it means, in plain words.

    Priorities are not kept here: their definitions come from their own rows.
    """

    abbreviation = models.CharField(
        max_length=40,
        unique=True,
        validators=[plain_text],
        help_text="As it stands in the text, capitals included.",
    )
    meaning = models.TextField(validators=[plain_text])

    class Meta:
        ordering = ["abbreviation"]

    def __str__(self) -> str:
        return self.abbreviation

    def get_absolute_url(self) -> str:
        return reverse("glossary_term", args=[self.pk])
