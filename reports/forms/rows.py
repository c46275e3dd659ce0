"""Lists of lines in a report: committees, authors, improvements, each in its order.

A line is removed by emptying it. There are always blank lines, so that a list grows without a
script too.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, ClassVar, cast

from django import forms
from django.db.models import Model
from django.forms import BaseFormSet, formset_factory

from incidents.forms.saving import WORDS
from incidents.models import HistoryEntry, Organisation
from reports import wording
from reports.exempt import well_marked
from reports.models import CommitteeReport, Improvement, ReportAuthor, ReportCommittee

# What Django says by itself is meant for whoever wrote the form.
OWN_WORDS = WORDS | {"required": "Fill this in."}
ORDER = dict.fromkeys(("invalid", "min_value", "max_value"), "Give a whole number from 0 to 999.")
INCOMPLETE = (
    "This list did not arrive whole. Copy what you typed, open this page again and save it there."
)


def in_own_words(form: forms.BaseForm) -> None:
    """Let the fields that a person sees refuse in plain words."""
    for field in form.visible_fields():
        field.field.error_messages.update(OWN_WORDS)


class LineForm(forms.ModelForm):
    """One line; with nothing typed it is none."""

    # What a blank line has of itself.
    ALWAYS_FILLED: ClassVar[set[str]] = {"position"}

    # The numbers in the line that the figures contradict.
    doubts: Sequence[object] = ()

    position = forms.IntegerField(
        required=False, min_value=0, max_value=999, label="Order", error_messages=ORDER
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Django would pass over a line that says the same as another person has just saved.
        self.empty_permitted = False
        in_own_words(self)

    @property
    def is_empty(self) -> bool:
        return all(
            str(field.value() or "").strip() == ""
            for field in self
            if field.name not in self.ALWAYS_FILLED
        )

    def values(self) -> dict[str, Any]:
        """What is typed, and where that is no value of its field as it was typed."""
        return {field.name: field.value() for field in self} | self.cleaned_data

    def full_clean(self) -> None:
        """Ask nothing of a line that is left, or made, empty."""
        if self.is_bound and self.is_empty:
            self._errors = forms.utils.ErrorDict()
            self.cleaned_data = {}
            return
        super().full_clean()


class CommitteeForm(LineForm):
    ALWAYS_FILLED = {"position", "purpose"}

    class Meta:
        model = ReportCommittee
        fields = ["name", "meets_on", "purpose", "position"]
        error_messages = {"meets_on": {"invalid": "Give a day, such as 30/05/2019."}}
        widgets = {"meets_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d")}


class AuthorForm(LineForm):
    class Meta:
        model = ReportAuthor
        fields = ["name", "role", "contact", "position"]


class ImprovementForm(LineForm):
    class Meta:
        model = Improvement
        fields = ["text", "position"]
        widgets = {"text": forms.Textarea({"rows": 2})}
        labels = {"text": "Improvement"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].validators.append(well_marked)


class Lines(BaseFormSet):
    """The lines of one list."""

    default_error_messages = {
        "missing_management_form": INCOMPLETE,
        "too_many_forms": "A list holds at most %(num)d lines.",
    }

    def in_order(self) -> Iterator[LineForm]:
        """The lines that are filled, by their numbers; those without one come last."""
        filled = [form for form in self if not form.is_empty]

        def place(form: LineForm) -> tuple[bool, int]:
            position: int | None = form.cleaned_data.get("position")
            return position is None, position or 0

        yield from sorted(filled, key=place)

    def typed(self) -> list[dict[str, Any]]:
        """What the lines say, in their order; of a list that nobody sent, how it begins."""
        if not self.is_bound:
            return [dict(row) for row in self.initial or []]
        self.is_valid()
        return [form.values() for form in self.in_order()]

    def as_data(self, rows: Iterable[dict[str, Any]]) -> dict[str, str]:
        """What a browser sends for these rows."""
        numbered = list(enumerate(rows))
        data = {
            f"{self.prefix}-INITIAL_FORMS": "0",
            f"{self.prefix}-TOTAL_FORMS": str(len(numbered)),
        }
        for number, row in numbered:
            for name, value in row.items():
                data[f"{self.prefix}-{number}-{name}"] = "" if value is None else str(value)
        return data

    def as_begun(self) -> "Lines":
        """The same list as somebody sends it who changes nothing."""
        return type(self)(self.as_data(map(dict, self.initial or [])), prefix=self.prefix)

    def in_words(self, lines: Iterable[dict[str, Any]]) -> str:
        """Print lines as one text, each on its own line and without its number."""
        model = self.form._meta.model
        names = [name for name in self.form._meta.fields if name != "position"]
        return "\n".join(
            ", ".join(in_words(model, name, line[name]) for name in names if line.get(name))
            for line in lines
        )

    def write(self, report: CommitteeReport, label: str, of: Organisation | None = None) -> None:
        """Put the lines in the place of those on record, numbered anew; history has both."""
        model: Any = self.form._meta.model
        self.is_valid()
        typed = [form.cleaned_data for form in self.in_order()]
        owner = {"organisation": of} if of else {}
        on_record = model.objects.filter(report=report, **owner)
        said, says = self.in_words(on_record.values()), self.in_words(typed)
        if said == says:
            return
        on_record.delete()
        for number, line in enumerate(typed, start=1):
            model.objects.create(report=report, **owner, **line | {"position": number})
        entry = report.history_entry(HistoryEntry.Action.CHANGED, [(label, said, says)])
        entry.organisation = entry.organisation_before = of
        entry.save()


def in_words(model: type[Model], name: str, value: Any) -> str:
    """Print the value of a field of a model: a choice by its label, a day as a letter does."""
    if isinstance(value, date):
        return wording.long_day(value)
    field: Any = model._meta.get_field(name)
    return str(dict(field.flatchoices).get(value, value))


def lines_of(form: type[LineForm], blank: int) -> type[Lines]:
    """A list of lines with some blank ones at its end."""
    return cast(type[Lines], formset_factory(form, formset=Lines, extra=blank))


CommitteeLines = lines_of(CommitteeForm, blank=2)
AuthorLines = lines_of(AuthorForm, blank=2)
ImprovementLines = lines_of(ImprovementForm, blank=3)
