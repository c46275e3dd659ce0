"""References: what people call a record by, and the numbers that are given out for it."""

from collections.abc import Iterable
from typing import ClassVar
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse

from incidents.models.catalogue import Organisation
from incidents.models.uniqueness import once_in_each
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
    """The last number given out for a kind of reference, such as INC, to one organisation.

    Each organisation counts in a block of its own, so that its numbers tell nothing of what others
    log, and two organisations seldom come to the same. What belongs to none has a block as well.
    """

    BLOCK = 100_000
    BLOCK_OF_NONE = 9
    # So many numbers are looked up at once where a long row of them is taken.
    AT_ONCE = 512

    prefix = models.CharField(max_length=10)
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, related_name="+", db_index=False
    )
    last = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = once_in_each(
            ["prefix", "organisation"],
            "one_sequence_of_each_organisation",
            "one_sequence_of_no_organisation",
        )

    def __str__(self) -> str:
        return self.reference(self.last)

    def reference(self, number: int) -> str:
        return f"{self.prefix}-{number:06}"

    @classmethod
    def take(cls, prefix: str, organisation: Organisation | None, *kinds: type[Referenced]) -> str:
        """Return the next reference that the organisation has in none of the kinds.

        The row stays locked until the surrounding transaction ends, so that two people who log
        at once never get the same number.
        """
        which = {"prefix": prefix, "organisation": organisation}
        block = organisation.block if organisation else cls.BLOCK_OF_NONE
        with transaction.atomic():
            cls.objects.get_or_create(**which, defaults={"last": block * cls.BLOCK})
            sequence = cls.objects.select_for_update().get(**which)
            sequence.last = sequence.next_free(kinds)
            sequence.save(update_fields=["last"])
            return str(sequence)

    def next_free(self, kinds: Iterable[type[Referenced]]) -> int:
        """Return the next number that no row of the kinds has (one query of each, as a rule)."""
        first, many = self.last + 1, 1
        while True:
            numbers = {self.reference(each): each for each in range(first, first + many)}
            for kind in kinds:
                asked = {"organisation": self.organisation_id, "reference__in": list(numbers)}
                for row in kind._default_manager.filter(**asked).only("reference"):
                    numbers.pop(row.reference, None)
            if numbers:
                return min(numbers.values())
            first, many = first + many, min(many * 2, self.AT_ONCE)
