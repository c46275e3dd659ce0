"""What a field says: as it is typed, to be compared, and in words, to be read beside another."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format

from incidents.forms.at_once import one_kind_of_break
from incidents.models.numbers import in_digits

ON = "on"


def as_typed(field: forms.Field, value: Any) -> str:
    """Return a value as a person would type it, in one way alone; "" for nothing."""
    value = field.prepare_value(value)
    if isinstance(value, Decimal):
        return in_digits(value)
    if value is None or isinstance(value, bool):
        return ON if value else ""
    return one_kind_of_break(str(value))


def value_of(field: forms.Field, typed: Any) -> Any:
    """Return the value of what is typed; what is no value of the field as it is typed."""
    try:
        return field.clean(typed)
    except ValidationError:
        return typed


def in_words(field: forms.Field, typed: str) -> str:
    """Return what is typed for a person to read: a choice by its label, a time as a letter does."""
    if isinstance(field, forms.BooleanField):
        return "Yes" if typed else "No"
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(typed, typed))  # type: ignore[arg-type]
    value = value_of(field, typed)
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "j M Y, H:i")
    return date_format(value, "j M Y") if isinstance(value, date) else typed
