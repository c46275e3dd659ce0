"""References: what people call a record by, and the numbers that are given out for it."""

from typing import ClassVar
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse

from incidents.models.catalogue import Organisation
from incidents.text import REFERENCE, reference_text


class Referenced(models.Model):
    """A row that people call by its reference, of which its organisation has no other.

    Another organisation may have the same: then an address says which of them is meant.
    """

    # The name of the address of its own page.
    PAGE: ClassVar[str]
    # Whether its addresses name the organisation too, as the one did by which it was found.
    is_told_apart = False

    reference = models.CharField(
        max_length=30,
        blank=True,
        validators=[reference_text],
        help_text="Leave empty for the next free number.",
    )
    organisation: "models.ForeignKey[Organisation | None, Organisation | None]"
    organisation_id: int | None

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return self.address(self.PAGE)

    def address(self, page: str, **query: str) -> str:
        """Return the address of one of its pages (no query of the database where found so)."""
        if self.is_told_apart:
            query["organisation"] = self.organisation.slug if self.organisation else ""
        url = reverse(page, args=[self.reference])
        return f"{url}?{urlencode(query)}" if query else url

    def refuse_reference_of(self, kind: "type[Referenced]", what: str) -> None:
        """Refuse a reference that another row of a kind has in the same organisation (one query).

        what: what such a row is called, such as "another incident". Raises ValidationError.
        """
        if not REFERENCE.fullmatch(self.reference):
            return
        same = {"reference": self.reference, "organisation": self.organisation_id}
        if kind._default_manager.filter(**same).exclude(pk=self.pk).exists():
            whose = self.organisation or "no organisation"
            words = (
                f"{self.reference} is the reference of {what} of {whose}: choose another, or "
                "leave it empty for the next number."
            )
            raise ValidationError({"reference": ValidationError(words, code="unique")})


class ReferenceSequence(models.Model):
    """The last number given out for a kind of reference, such as INC, to whichever organisation."""

    prefix = models.CharField(max_length=10, primary_key=True)
    last = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.prefix}-{self.last:06}"

    @classmethod
    def take(cls, prefix: str, *kinds: type[Referenced]) -> str:
        """Return the next reference that no row of the kinds has, such as INC-000001.

        The row stays locked until the surrounding transaction ends, so that two people who log
        at once never get the same number.
        """
        with transaction.atomic():
            cls.objects.get_or_create(prefix=prefix)
            sequence = cls.objects.select_for_update().get(prefix=prefix)
            sequence.last += 1
            while any(has_reference(kind, str(sequence)) for kind in kinds):
                sequence.last += 1
            sequence.save(update_fields=["last"])
            return str(sequence)


def has_reference(kind: type[Referenced], reference: str) -> bool:
    return kind._default_manager.filter(reference=reference).exists()
