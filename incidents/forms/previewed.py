"""Forms that first show what they mean: one submit previews, another of the same values saves."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from incidents.consequences import Change, Examples, read_targets
from incidents.forms.changing import ChangingForm
from incidents.models import Organisation, ServiceLevelTarget
from incidents.month import Month

SALT = "incidents.previewed"


class PreviewedForm(ChangingForm):
    """A form that changes by which targets incidents are judged."""

    change: Change

    def __init__(self, organisations: Sequence[Organisation], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = organisations
        self.today = timezone.localdate()

    @cached_property
    def targets(self) -> list[ServiceLevelTarget]:
        """Every target as it stands (one query)."""
        return read_targets()

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if not self.errors:
            self.change = self.change_to(self.targets_after())
            if published := self.change.touches_published():
                self.refuse(published)

    def change_to(self, targets: Iterable[ServiceLevelTarget]) -> Change:
        return Change.between(self.targets, targets, self.organisations, self.today)

    def targets_after(self) -> list[ServiceLevelTarget]:
        """Return every target as it would be."""
        raise NotImplementedError

    def refuse(self, published: dict[Month, int]) -> None:
        """Add the error that says which published months forbid the change, and what to do."""
        raise NotImplementedError

    def examples(self) -> list[Examples]:
        """Say what the change means for incidents that might be logged."""
        raise NotImplementedError

    @property
    def seal(self) -> str:
        """What a preview hands out: it stands for these values over what is on record now."""
        of = [type(self).__name__, self.instance.pk, self.cleaned_data, self.initial]
        of.append(self.change.standing)
        return salted_hmac(SALT, json.dumps(of, default=str, sort_keys=True)).hexdigest()

    @property
    def was_previewed(self) -> bool:
        """Tell whether somebody has seen a preview of these values, or of what stands by now."""
        seal = self.data.get("previewed", "")
        return bool(seal) and (self.stands or constant_time_compare(seal, self.seal))

    def write(self) -> None:
        self.change.carry_out(self.save)


def said_of(published: dict[Month, int]) -> str:
    """Return "March 2019 is published", or of several the newest by name."""
    newest, *others = sorted(published, reverse=True)
    if not others:
        return f"{newest.label} is published"
    months = "one earlier month" if len(others) == 1 else f"{len(others)} earlier months"
    return f"{newest.label} and {months} are published"


def first_day_after(published: Iterable[Month]) -> date:
    """The first day on which a change touches none of some published months."""
    return (max(published) + 1).first_day
