"""Fields that take what a person types: times, days, names from a list, problem records, prose."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from incidents.exempt import GROUNDS, ground_in_words
from incidents.importing.cells import Unexpected, moment
from incidents.models import Organisation, Priority, ProblemRecord
from incidents.models.catalogue import Named, Offered, free_handle
from incidents.month import FIRST_YEAR, LAST_YEAR
from incidents.querysets import ProblemRecordQuerySet, called
from incidents.text import ground_text, one_line, one_line_text, plain_text, same_name

M = TypeVar("M", bound=Model)
N = TypeVar("N", bound=Offered)
LONGEST_TITLE = 200
LONGEST_RECORD = 240  # a reference, a blank and a title
SHOWN = 10  # records of one title, as many as a message can name
LOOKS_LIKE_A_REFERENCE = re.compile(r"[A-Z]{2,}-\d+", re.ASCII | re.IGNORECASE)


class MomentInput(forms.DateTimeInput):
    """A browser's own input of day and time, with a button for the present beside it."""

    input_type = "datetime-local"
    template_name = "incidents/_moment.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        zone = timezone.get_default_timezone_name()
        return super().get_context(name, value, attrs) | {"zone": zone}


class MomentField(forms.Field):
    """A time, local unless it carries an offset, to the minute or the second."""

    widget = MomentInput

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, datetime):
            return value
        local = timezone.localtime(value, timezone.get_default_timezone())
        return f"{local:%Y-%m-%dT%H:%M:%S}" if local.second else f"{local:%Y-%m-%dT%H:%M}"

    def to_python(self, value: Any) -> datetime | None:
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return moment(text)
        except Unexpected as expected:
            raise ValidationError(f"Give {expected}.", code="invalid") from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.prepare_value(initial) or "") != (data or "").strip()


class DayInput(forms.DateInput):
    input_type = "date"


class DayField(forms.DateField):
    """A day, by the browser's own input or typed as 31/03/2019."""

    def __init__(self, **kwargs: Any) -> None:
        formats = ["%Y-%m-%d", "%d/%m/%Y"]
        expected = dict.fromkeys(("invalid", "required"), "Give a day such as 31/03/2019.")
        super().__init__(
            widget=DayInput(format="%Y-%m-%d"),
            input_formats=formats,
            error_messages=expected,
            **kwargs,
        )


def day_of_a_month(day: date) -> None:
    """Refuse a day whose month nobody can ask for. Raises ValidationError."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(f"Give a day in the years {FIRST_YEAR} to {LAST_YEAR}.")


class ProseField(forms.CharField):
    """Text of several lines, whose line breaks are kept as one character each."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, help_text: str) -> None:
        super().__init__(required=False, validators=[plain_text], help_text=help_text)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class GroundInput(forms.TextInput):
    """A text input that offers the grounds of the law; another ground may be typed."""

    template_name = "incidents/_ground.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        attributes = context["widget"]["attrs"]
        attributes["list"] = f"{attributes.get('id', name)}_grounds"
        return context | {"grounds": [ground_in_words(paragraph) for paragraph in GROUNDS]}


class GroundField(forms.CharField):
    """Why something is not published: one of the grounds of the law, or another in a line."""

    def __init__(self) -> None:
        super().__init__(
            required=False,
            max_length=LONGEST_TITLE,
            label="Ground for not publishing",
            help_text="The paragraph of the law that it rests on.",
            validators=[one_line_text, ground_text],
            widget=GroundInput,
        )

    def clean(self, value: Any) -> str:
        return one_line(super().clean(value))


class RowField(forms.ChoiceField, Generic[M]):
    """One of a few rows read beforehand, chosen by its slug or its name."""

    def __init__(self, *, key: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.key = key
        self.rows: dict[str, M] = {}

    def offer(self, rows: Iterable[M], prompt: str = "") -> None:
        """Let a person choose among the rows; a prompt is the choice of none."""
        self.rows = {getattr(row, self.key): row for row in rows}
        self.choices = [("", prompt)] if prompt else []
        self.choices += [(key, label_of(row)) for key, row in self.rows.items()]

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Model):
            return getattr(value, self.key)
        return next((key for key, row in self.rows.items() if row.pk == value), value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)

    def clean(self, value: Any) -> M | None:
        return self.rows.get(super().clean(value))


def label_of(row: Model) -> str | SafeString:
    """Return what a person reads beside a choice; a priority says what it means."""
    if isinstance(row, Priority):
        return format_html(
            '<strong>{}</strong> <span class="quiet">{}</span>', row.name, row.definition
        )
    return str(row)


class TypedInput(forms.TextInput):
    """A text input that suggests rows as one types; static/suggestions.js brings it to life.

    suggestions: the name of the address that gives them. adds: a new name becomes a row.
    """

    template_name = "incidents/_typed.html"

    def __init__(self, suggestions: str, adds: bool = True) -> None:
        super().__init__(attrs={"autocomplete": "off"})
        self.suggestions, self.adds = suggestions, adds
        # The name that was typed, where it is on no list that the writer knows of.
        self.new = ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        more = {"suggestions": self.suggestions, "adds": self.adds, "new": self.new}
        return context | more


class NamedField(forms.CharField, Generic[N]):
    """The name of a row; one that the writer does not know becomes a row yet to be saved."""

    widget: TypedInput

    def __init__(self, model: type[N], suggestions: str, **kwargs: Any) -> None:
        super().__init__(
            max_length=120, validators=[one_line_text], widget=TypedInput(suggestions), **kwargs
        )
        self.model = model
        # The rows that the writer knows of: these alone are found whatever the capitals.
        self.known: QuerySet[N] = model._default_manager.all()

    def prepare_value(self, value: Any) -> Any:
        return value.name if isinstance(value, Named) else value

    def clean(self, value: Any) -> N | None:
        name = one_line(super().clean(value))
        if not name:
            return None
        rows = {row.pk: row for row in called(self.model._default_manager.all(), name)}
        if rows and (known := called(self.known.filter(pk__in=rows), name).first()):
            return known
        self.widget.new = name
        # Of what the writer does not know, a name in the same capitals alone tells nothing.
        exact = next((row for row in rows.values() if row.name == name), None)
        return exact or self.model(name=name, handle=free_handle(self.known, name))


class ProblemRecordField(forms.CharField):
    """A problem record by its reference or its title; another title becomes a new record."""

    widget: TypedInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=LONGEST_RECORD,
            validators=[one_line_text],
            widget=TypedInput("suggest_problems"),
            **kwargs,
        )
        self.records: ProblemRecordQuerySet = ProblemRecord.objects.none()
        # What is on record stays where its words do, also where another has the same words.
        self.present: ProblemRecord | None = None

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, ProblemRecord) else value

    def clean(self, value: Any) -> ProblemRecord | None:
        text = one_line(super().clean(value))
        if not text:
            return None
        if self.present and text == one_line(str(self.present)):
            return self.present
        found = list(self.records.called(text)[:SHOWN])
        return chosen(found, text) or self.new(text)

    def new(self, title: str) -> ProblemRecord:
        if LOOKS_LIKE_A_REFERENCE.fullmatch(title):
            raise ValidationError(
                f"There is no problem record {title}. Type a title to make a new one."
            )
        if len(title) > LONGEST_TITLE:
            numbers = {"limit_value": LONGEST_TITLE, "show_value": len(title)}
            raise ValidationError(self.error_messages["max_length"], "max_length", numbers)
        record = ProblemRecord(title=title)
        record._meta.get_field("title").clean(title, record)
        self.widget.new = title
        return record


def chosen(found: list[ProblemRecord], text: str) -> ProblemRecord | None:
    """Return the record that has the reference, else the one that has the title.

    Raises ValidationError where several have that reference, or that title.
    """
    reference = text.split()[0].lower()
    named = [record for record in found if record.reference.lower() == reference]
    # Of two organisations' records the title tells which.
    named = [record for record in named if same_name(str(record)) == same_name(text)] or named
    if len(named) > 1:
        names = ", ".join(map(str, named))
        raise ValidationError(f"Several have this reference. Type it with its title: {names}.")
    if named:
        return named[0]
    candidates = [record for record in found if record.is_open] or found
    if len(candidates) > 1:
        references = ", ".join(record.reference for record in candidates)
        raise ValidationError(f"Several have this title. Type the reference: {references}.")
    return candidates[0] if candidates else None


OrganisationField = RowField[Organisation]
PriorityField = RowField[Priority]
