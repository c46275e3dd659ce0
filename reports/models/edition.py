"""Editions: what was handed to the committee, kept as it was."""

from typing import Any, NoReturn, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from incidents.models import HistoryEntry, Recorded
from incidents.month import Month
from incidents.text import plain_text


class NeverDeleted(Exception):
    """An edition was published; a correction is a new one."""


class NeverChanged(Exception):
    """An edition stays as it was published; a correction is a new one."""


class KeptQuerySet(models.QuerySet[Any]):
    """Rows that are written once."""

    def delete(self) -> NoReturn:
        raise NeverDeleted("An edition is never deleted: publish a new one.")

    def update(self, **fields: Any) -> NoReturn:
        raise NeverChanged("An edition is never changed: publish a new one.")


class Kept(models.Model):
    """A row that nothing in the product deletes or changes."""

    objects = KeptQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise NeverChanged("An edition is never changed: publish a new one.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise NeverDeleted("An edition is never deleted: publish a new one.")


class Edition(Kept, Recorded):
    """One published state of a month's report: a frozen copy that later changes leave alone.

    `figures` is the document of figures.json, `narrative` and `targets` what was printed of them,
    `incidents` the reported rows as they were counted. `gaps` are the sentences of
    what the month still lacked, `changes` those of what moved since the edition before. `reason`
    says why it was published in spite of gaps, or why anew.
    """

    month = models.DateField(help_text="The first day of the month.")
    number = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.TextField(blank=True, validators=[plain_text])
    gaps = models.JSONField(default=list)
    changes = models.JSONField(default=list)
    figures = models.JSONField()
    narrative = models.JSONField()
    targets = models.JSONField()
    incidents = models.JSONField()

    class Meta:
        ordering = ["-month", "-number"]
        constraints = [
            # Two who publish at once make one edition.
            models.UniqueConstraint(fields=["month", "number"], name="one_edition_of_each_number"),
            models.CheckConstraint(
                condition=Q(month__day=1), name="edition_month_is_its_first_day"
            ),
        ]

    def __str__(self) -> str:
        return f"Edition {self.number} of {Month.of_day(self.month).label}"

    def entry_since(self, before: Self | None) -> HistoryEntry:
        return self.history_entry(HistoryEntry.Action.PUBLISHED, [])


class EditionFile(Kept):
    """One file of an edition, with the checksum by which it is known again."""

    class Kind(models.TextChoices):
        FULL_PDF = "full.pdf", "Full version, PDF"
        PUBLIC_PDF = "public.pdf", "Public version, PDF"
        FULL_HTML = "full.html", "Full version, web page"
        PUBLIC_HTML = "public.html", "Public version, web page"
        FULL_WORD = "full.docx", "Full version, Word"
        PUBLIC_WORD = "public.docx", "Public version, Word"
        FIGURES_JSON = "figures.json", "Figures, JSON"
        FIGURES_CSV = "figures.csv", "Figures, CSV"

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="files")
    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=200, help_text="The file's name, without a folder.")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64, db_index=True)

    class Meta:
        ordering = ["edition", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "kind"], name="one_file_of_each_kind"),
        ]

    def __str__(self) -> str:
        return self.name
