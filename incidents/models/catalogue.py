"""The lists that the customer edits: organisations, services, suppliers, priorities."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Max
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
        """Refuse a name that differs from another row's only by capitals."""
        others = type(self)._default_manager.exclude(pk=self.pk)
        # A NUL is refused by the rules of the field, and PostgreSQL cannot be asked for one.
        if "\0" not in self.name and others.filter(name__iexact=self.name).exists():
            raise ValidationError({"name": f"“{self.name}” is on the list already."})


def free_slug(model: type[Named], name: str) -> str:
    """Return a slug for a name that no other row of the model has.

    A name without a letter or digit of ASCII, such as 数据, gets the model's own name.
    """
    stem = slugify(name)[:120] or model._meta.model_name or "row"
    taken = set(model._default_manager.filter(slug__startswith=stem).values_list("slug", flat=True))
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
    incident would tell of that.
    """

    offered_to_all = models.BooleanField(
        default=False,
        verbose_name="offered to every organisation",
        help_text="Otherwise to those alone whose incidents name it. So begins a name that was "
        "typed with an incident.",
    )

    class Meta(Named.Meta):
        abstract = True


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
