"""The holds of one incident on one page: what was waited for, from when, until when."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.forms.formsets import DELETION_FIELD_NAME

from incidents.clock import Standstill, first_fault
from incidents.forms.changing import ChangingForm, Together
from incidents.forms.fields import MomentField
from incidents.forms.incident import second_of_its_name
from incidents.forms.saving import AT_THE_SAME_MOMENT
from incidents.models import Hold, Incident
from incidents.veiling import unveiled, veiled

FIELDS = ("ground", "started_at", "ended_at")
HOLD = "hold"
A_MINUTE = timedelta(minutes=1)
REMOVED_MEANWHILE = (
    "Somebody else has removed this hold meanwhile. Tick “Remove”, or log it anew in the last row."
)
CHANGED_MEANWHILE = (
    "Somebody else has changed this hold meanwhile, and it is shown as it is now. Tick “Remove” "
    "again if it is to go."
)
INCOMPLETE = "A part of this form did not arrive. Open the page again and repeat the change."


class HoldForm(ChangingForm):
    """One hold. What it may not do to its neighbours, the formset sees."""

    NOT_ON_RECORD = ("id", DELETION_FIELD_NAME)

    ground = forms.ChoiceField(
        choices=[("", "Choose"), *Hold.Ground.choices],
        error_messages={"required": "Choose what is waited for."},
    )
    started_at = MomentField(
        label="Started",
        error_messages={"required": "Give the time from which the clock stood still."},
    )
    ended_at = MomentField(label="Ended", required=False)

    class Meta:
        model = Hold
        fields = FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = str(self.instance) if self.instance.pk else "A new hold"
        self.whose = f"{self.title}, "
        # Read before an end is proposed, which does not stand on record.
        self.on_record = dict(self.on_record)
        # Whether it was to go, and somebody else has changed it meanwhile.
        self.goes_no_more = False
        # A new row that stands on record already, because the form was sent twice.
        self.sent_before = False

    def bring_together(self, seen: dict[str, str]) -> None:
        """A hold that was to go, and that somebody else has changed, is asked about once more."""
        super().bring_together(seen)
        goes = self.add_prefix(DELETION_FIELD_NAME)
        if (self.kept or self.asked) and self.data.get(goes):
            self.put(DELETION_FIELD_NAME, "")
            self.goes_no_more, self.status = True, HTTPStatus.CONFLICT

    def clean(self) -> dict[str, Any]:
        """Keep what was not touched, and of two times in October take the one that fits."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if self.instance.pk:
            untouched = [name for name in FIELDS if name in values and self.keeps(name)]
            values |= {name: getattr(self.instance, name) for name in untouched}
        if self.goes_no_more:
            self.add_error(None, CHANGED_MEANWHILE)
        started_at, ended_at = values.get("started_at"), values.get("ended_at")
        if started_at and ended_at and ended_at <= started_at:
            values["ended_at"] = second_of_its_name(ended_at)
        return values

    def keeps(self, name: str) -> bool:
        return name not in self.changed_data

    @property
    def removes(self) -> bool:
        """Tell whether the hold is to go."""
        return self.is_bound and bool(self.cleaned_data.get(DELETION_FIELD_NAME))

    @property
    def writes(self) -> bool:
        """Tell whether the hold is to be written: typed, or changed, and not to go."""
        is_typed = not self.stands if self.instance.pk else self.has_changed()
        return is_typed and not (self.removes or self.sent_before)

    @property
    def lies(self) -> Standstill | None:
        """Where the hold lies in time; None where nothing is typed or it cannot be told."""
        stands = self.instance.pk or self.has_changed()
        left_out = self.removes or self.sent_before or self.errors
        return self.instance.standstill if stands and not left_out else None


Rows: Any = forms.modelformset_factory(
    Hold, form=HoldForm, extra=1, can_delete=True, can_delete_extra=False
)


class HoldFormSet(Together, Rows):
    """All holds of an incident and a blank row, to be saved while nobody else may change it."""

    default_error_messages = {"missing_management_form": INCOMPLETE}

    def __init__(self, incident: Incident, data: Mapping[str, Any] | None = None) -> None:
        self.incident = incident
        # How many holds were taken away, once the form is saved.
        self.removed = 0
        super().__init__(data, prefix="hold", queryset=incident.holds.all())

    def each(self) -> list[HoldForm]:
        return self.rows

    @property
    def rows(self) -> list[HoldForm]:
        return cast(list[HoldForm], self.forms)

    @property
    def known(self) -> list[HoldForm]:
        """The rows of the holds that stood on record when the page came."""
        return self.rows[: self.initial_form_count()]

    @property
    def new(self) -> list[HoldForm]:
        return self.rows[self.initial_form_count() :]

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        # A plain number: a row is found among the holds of this incident alone.
        key = form.instance.pk
        form.fields["id"] = forms.IntegerField(
            widget=forms.HiddenInput, required=False, initial=key and veiled(HOLD, key)
        )
        if form.instance.pk:
            form.fields[DELETION_FIELD_NAME].label = "Remove"

    def _existing_object(self, pk: int) -> Hold | None:
        found: Hold | None = super()._existing_object(unveiled(HOLD, pk))
        return found

    def propose(self, what: str, now: datetime) -> None:
        """Fill in, before the page is shown, that a hold starts or ends now: "start" or "end"."""
        lasting = next((row for row in self.known if row.instance.ended_at is None), None)
        if what == "start" and lasting is None and self.incident.resolved_at is None:
            self.propose_start(self.rows[-1], now)
        elif what == "end" and lasting is not None:
            self.propose_end(lasting, now)

    def propose_start(self, row: HoldForm, now: datetime) -> None:
        supplier = self.incident.supplier_id
        row.initial["ground"] = Hold.Ground.SUPPLIER if supplier else Hold.Ground.USER
        row.initial["started_at"] = max(to_the_minute(now), self.incident.opened_at)
        row.fields["ground"].widget.attrs["autofocus"] = True

    def propose_end(self, row: HoldForm, now: datetime) -> None:
        field = row.fields["ended_at"]
        field.widget.attrs["autofocus"] = True
        started_at = row.instance.started_at
        row.initial["ended_at"] = max(to_the_minute(now), started_at + A_MINUTE)

    @property
    def logged_meanwhile(self) -> list[Hold]:
        """The holds that somebody else logged since the page came."""
        if not self.is_bound:
            return []
        known = {form.instance.pk for form in self.known}
        return [hold for hold in self.get_queryset() if hold.pk not in known]

    def clean(self) -> None:
        """Refuse at its field what a hold may not do to its neighbours or its incident."""
        for form in self.known:
            if form.instance.pk is None and not form.removes:
                form.add_error(None, REMOVED_MEANWHILE)
        meanwhile = [hold.standstill for hold in self.logged_meanwhile]
        for form in self.new:
            form.sent_before = form.lies in meanwhile
        lying: list[tuple[Standstill, HoldForm | None]] = [(still, None) for still in meanwhile]
        lying += [(form.lies, form) for form in self.rows if form.lies]
        self.refuse_faults(lying)

    def refuse_faults(self, lying: list[tuple[Standstill, HoldForm | None]]) -> None:
        """Say beside each row what is wrong with it; a hold without a row stands on record."""
        incident = self.incident
        while fault := first_fault(
            [still for still, _ in lying], incident.opened_at, incident.resolved_at
        ):
            _, row = lying.pop(fault.index)
            if row is None:
                raise ValidationError("A hold that somebody else has logged lies over these.")
            row.add_error(fault.end, fault.words)

    @property
    def mistakes(self) -> Iterator[tuple[str, str, str]]:
        """Yield what is wrong: which hold and field, the id of that field or "", and why."""
        for form in self.rows:
            if not form.removes:
                for words in form.non_field_errors():
                    yield form.title, "", str(words)
                for field in form.visible_fields():
                    for words in field.errors:
                        yield f"{form.title} · {field.label}", field.auto_id, str(words)

    def saved(self) -> bool:
        """Save everything or nothing, and tell which; the incident's due times follow."""
        if not self.is_valid():
            return False
        try:
            with transaction.atomic():
                self.write()
        except IntegrityError:
            self.non_form_errors().append(AT_THE_SAME_MOMENT)
            return False
        return True

    def write(self) -> None:
        """Write what goes and what ends first: at no moment do two holds last."""
        going = [form for form in self.known if form.removes and form.instance.pk]
        writing = [form for form in self.rows if form.writes]
        self.stood_already = not (going or writing)
        if self.stood_already:
            return
        for form in going:
            form.instance.delete()
        self.removed = len(going)
        for form in sorted(writing, key=lambda form: form.instance.ended_at is None):
            form.instance.incident = self.incident
            form.instance.save()
        self.incident.save()


def to_the_minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
