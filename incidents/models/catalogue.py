"""The lists that the customer edits: organisations, services, suppliers, priorities."""

from collections.abc import Container
from typing import Any, ClassVar
from zlib import crc32

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import IntegrityError, models, transaction
from django.db.models import Max, QuerySet
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.text import slugify

from incidents.models.numbers import FITS_SMALL
from incidents.models.recorded import Recorded
from incidents.querysets import PriorityQuerySet
from incidents.text import one_line_text, plain_text


class Named(Recorded):
    """A row with a name that a person types and a slug that an address carries."""

    UNRECORDED: ClassVar[tuple[str, ...]] = ("slug",)

    name = models.CharField(max_length=120, unique=True, validators=[one_line_text])
    slug = models.SlugField(
        max_length=140,
        unique=True,
        editable=False,
        help_text="Made from the name once, so that an address in a bookmark stays good.",
    )

    class Meta:
        abstract = True
        ordering = [Lower("name")]  # whichever letters are capitals, on every database

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            self.slug = free_slug(type(self), self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse(str(self._meta.model_name), args=[self.slug])

    def clean(self) -> None:
        """Refuse a new name that differs from another row's only by capitals."""
        rows = type(self)._default_manager
        # A NUL is refused by the rules of the field, and PostgreSQL cannot be asked for one.
        if "\0" in self.name or not rows.exclude(pk=self.pk).filter(name__iexact=self.name):
            return
        if not rows.filter(pk=self.pk, name=self.name):
            raise ValidationError({"name": f"“{self.name}” is on the list already."})


def free_slug(model: type[Named], name: str) -> str:
    """Return a slug for a name that no other row of the model has.

    A name without a letter or digit of ASCII, such as 数据, gets the model's own name.
    """
    stem = slugify(name)[:120] or model._meta.model_name or "row"
    rows = model._default_manager.filter(slug__startswith=stem)
    return numbered(stem, set(rows.values_list("slug", flat=True)))


def numbered(stem: str, taken: Container[str]) -> str:
    """Return a slug, with a number where it is taken already."""
    slug, number = stem, 2
    while slug in taken:
        slug, number = f"{stem}-{number}", number + 1
    return slug


class Organisation(Named):
    """A body that the desk serves."""

    UNRECORDED = (*Named.UNRECORDED, "block")

    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="organisations",
        help_text="The people who may see what belongs to this organisation.",
    )
    block = models.PositiveIntegerField(
        unique=True,
        editable=False,
        help_text="In which row of numbers its references are given out: see ReferenceSequence.",
    )

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.block is None:
            last = Organisation.objects.aggregate(last=Max("block"))["last"]
            self.block = 0 if last is None else last + 1
        super().save(*args, **kwargs)


class Offered(Named):
    """A row that incidents name, and that whoever logs one is offered.

    To whom must not follow from what others log: a name that went from a list with its first
    incident would tell of that. So would a name that comes back in the capitals of somebody else:
    of such there may be two until they are merged. And so would a number after a handle: it tells
    apart what one person knows, and no more.
    """

    UNRECORDED = (*Named.UNRECORDED, "handle")

    handle = models.SlugField(
        max_length=140,
        editable=False,
        help_text="What a list of incidents calls it in an address, made from the name once. Rows "
        "that share one are found together. The slug is for administrators alone.",
    )
    offered_to_all = models.BooleanField(
        default=False,
        verbose_name="offered to every organisation",
        help_text="Otherwise only to organisations whose incidents name it, which is where a "
        "name stands that somebody typed into an incident.",
    )

    class Meta(Named.Meta):
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.handle:
            self.handle = free_handle(type(self)._default_manager.all(), self.name)
        super().save(*args, **kwargs)

    def save_once(self) -> None:
        """Save a new row, or become the one that has got its name meanwhile."""
        try:
            with transaction.atomic():
                self.save()
        except IntegrityError:
            self.pk = type(self)._default_manager.get(name=self.name).pk
            self.refresh_from_db()


def stem_of(name: str) -> str:
    """Return the handle of a name; one without a letter or digit of ASCII gets a checksum."""
    return slugify(name)[:120] or f"{crc32(name.encode()):08x}"


def free_handle(rows: QuerySet[Any], name: str) -> str:
    """Return a handle for a name that none of the rows has, of which somebody knows (one query)."""
    stem = stem_of(name)
    taken = rows.filter(handle__startswith=stem)
    return numbered(stem, set(taken.values_list("handle", flat=True)))


class Service(Offered):
    """Something that the desk keeps running and that an incident can interrupt."""


class Supplier(Offered):
    """A third party whose work or failure an incident depends on."""


class Priority(Recorded):
    """How serious an incident is; level 1 is the worst."""

    level = models.PositiveSmallIntegerField(
        unique=True, validators=[MinValueValidator(1), FITS_SMALL]
    )
    name = models.CharField(max_length=20, unique=True, validators=[one_line_text])
    definition = models.TextField(
        validators=[plain_text], help_text="What it means, for the glossary of the report."
    )
    reported = models.BooleanField(
        default=False,
        verbose_name="listed in the committee report",
        help_text="Incidents of this priority are printed one by one and counted in its total.",
    )

    objects = PriorityQuerySet.as_manager()

    class Meta:
        ordering = ["level"]
        verbose_name_plural = "priorities"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("priority", args=[self.pk])
