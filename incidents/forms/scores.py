"""The scores of a month on one page: NPS, satisfaction, contacts, for all organisations."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import chain
from typing import Any, ClassVar

from django import forms
from django.db import transaction
from django.http import QueryDict

from incidents.forms.changing import ChangingForm, Together
from incidents.models import ContactVolume, NpsScore, Organisation, SatisfactionScore
from incidents.models.numbers import in_digits
from incidents.month import Month

ScoreRow = NpsScore | SatisfactionScore | ContactVolume
ALL_TOGETHER = "All organisations together"


class ScoreForm(ChangingForm):
    """One row of scores; with every input empty the row is not recorded."""

    title: ClassVar[str]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.whose = f"{self.title}, {self.owner}, "
        for name, value in self.initial.items():
            if isinstance(value, Decimal):
                self.initial[name] = in_digits(value)
        for field in self.fields.values():
            field.widget.attrs |= {"inputmode": "decimal", "class": "score"}
            field.required = False

    @property
    def owner(self) -> str:
        organisation = self.instance.organisation
        return organisation.name if organisation else ALL_TOGETHER

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing stands in it, be it typed or on record."""
        return all(field.value() in ("", None) for field in self)

    @property
    def watches(self) -> bool:
        """A row that nobody has recorded yet may be recorded by two."""
        return True

    def read(self) -> None:
        """Ask nothing of a row that is left, or made, empty."""
        if self.is_bound and self.is_empty:
            self._errors = forms.utils.ErrorDict()
            self.cleaned_data = {}
            return
        super().read()

    def write(self) -> None:
        if not self.is_empty:
            self.save()
        elif self.instance.pk:
            self.instance.delete()


class NpsForm(ScoreForm):
    title = "NPS"

    class Meta:
        model = NpsScore
        fields = ["promoters", "passives", "detractors", "score"]
        labels = {"score": "Score alone"}


class SatisfactionForm(ScoreForm):
    title = "Satisfaction"

    class Meta:
        model = SatisfactionScore
        fields = ["very_good", "good", "fair", "poor", "very_poor", "percentage"]
        labels = {"percentage": "Percentage alone"}
        help_texts = {"percentage": "Good or very good."}


class ContactsForm(ScoreForm):
    title = "Contacts"

    class Meta:
        model = ContactVolume
        fields = ["open_contacts", "escalated_by_users"]

    def clean(self) -> dict[str, Any]:
        """Both numbers are wanted, or neither."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        for name in self.fields:
            if name in values and values[name] is None:
                self.add_error(name, "Give both numbers, 0 where there were none.")
        return values


class MonthScores(Together):
    """The forms of one month: a list for each kind of score, in the order of the page.

    The NPS of all together is read and written by those who see every organisation.
    """

    def __init__(
        self,
        month: Month,
        organisations: list[Organisation],
        data: QueryDict | None = None,
        *,
        sees_all: bool,
    ) -> None:
        self.month, self.organisations, self.data = month, organisations, data
        together = [None] if sees_all else []
        self.nps = self.forms(NpsForm, "nps", [*together, *organisations])
        self.satisfaction = self.forms(SatisfactionForm, "satisfaction", organisations)
        self.contacts = self.forms(ContactsForm, "contacts", organisations)

    def forms(
        self,
        form: type[ScoreForm],
        name: str,
        owners: list[Organisation | None] | list[Organisation],
    ) -> list[ScoreForm]:
        """Return a form for each owner, filled with what is on record (one query)."""
        model: type[ScoreRow] = form._meta.model
        day = self.month.first_day
        rows = {row.organisation_id: row for row in model._default_manager.filter(month=day)}
        found = []
        for owner in owners:
            row = rows.get(owner.pk if owner else None) or model(month=day)
            row.organisation = owner
            prefix = f"{name}-{owner.slug if owner else 'all'}"
            found.append(form(self.data, prefix=prefix, instance=row))
        return found

    @property
    def parts(self) -> list[list[ScoreForm]]:
        """The kinds of score, none for whoever belongs to no organisation."""
        return [part for part in (self.nps, self.satisfaction, self.contacts) if part]

    @property
    def has_errors(self) -> bool:
        return self.data is not None and any(form.errors for form in self)

    def each(self) -> Iterator[ScoreForm]:
        return iter(self)

    def __iter__(self) -> Iterator[ScoreForm]:
        yield from chain.from_iterable(self.parts)

    def saved(self) -> bool:
        """Save what was changed, all or nothing, and tell which."""
        changed = [form for form in self if not (form.is_valid() and form.stands)]
        self.stood_already = not changed
        with transaction.atomic():
            # Each is asked, so that every mistake is shown at once.
            done = [form.saved() for form in changed]
            if not all(done):
                transaction.set_rollback(True)
        return all(done)
