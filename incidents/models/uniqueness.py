"""What there is once in each organisation, and once outside them all, kept by the database."""

from collections.abc import Sequence

from django.db import models
from django.db.models import Q


def once_in_each(
    fields: Sequence[str], name: str, name_outside: str
) -> list[models.BaseConstraint]:
    """Return the two constraints that it takes, since for a database no two nulls are alike.

    fields: those whose values are found together once, "organisation" among them.
    """
    outside = [field for field in fields if field != "organisation"]
    return [
        models.UniqueConstraint(fields=fields, name=name),
        models.UniqueConstraint(fields=outside, condition=Q(organisation=None), name=name_outside),
    ]
