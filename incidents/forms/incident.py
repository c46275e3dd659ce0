"""Logging and changing an incident: one page, in the order in which one hears it told."""

from copy import copy
from datetime import UTC, datetime
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property

from incidents.access import Viewer
from incidents.forms.fields import (
    GroundField,
    MomentField,
    NamedField,
    OrganisationField,
    PriorityField,
    ProblemRecordField,
    ProseField,
    TypedInput,
)
from incidents.forms.once import LoggingForm
from incidents.judging import Step
from incidents.models import (
    Incident,
    Organisation,
    Priority,
    ProblemRecord,
    Service,
    Supplier,
    TargetBook,
)

Plan, Kind = Incident.Plan, ProblemRecord.Kind
ENDS = ("responded_at", "workaround_at", "resolved_at")
# Set on saving, because a service, a supplier or a problem record may be new.
ROWS = ("organisation", "priority", "affected_service", "supplier", "problem_record")
CARRIED_OVER = (*ROWS, "cause", "reason", "problem_plan")
ABOUT_A_BREACH = ("breach_category", "breach_reason")
RARELY_NEEDED = ("not_for_publication", "publication_ground")
# As the page has them, so that mistakes are listed from its top to its end.
ON_THE_PAGE = [
    *("organisation", "affected_service", "priority", "priority_reason", "reason"),
    *("opened_at", *ENDS, "hold_ended_at", "resolution"),
    *("cause", "supplier", "problem_plan", "problem_record"),
    *(*ABOUT_A_BREACH, *RARELY_NEEDED, "reference"),
]
KINDS = {Plan.PROBLEM_RECORD: Kind.PROBLEM, Plan.PROJECT: Kind.PROJECT}
PLANS = {kind: plan for plan, kind in KINDS.items()}


class IncidentForm(LoggingForm):
    """An incident, with the service, supplier and problem record that it names."""

    logs = "incident"
    field_order = ON_THE_PAGE

    organisation = OrganisationField(
        key="slug", error_messages={"required": "Choose whose incident it is."}
    )
    affected_service = NamedField(
        Service,
        "suggest_services",
        help_text="Type a part of its name. A name that is not on the list is added.",
        error_messages={"required": "Type the name of the service that is affected."},
    )
    priority = PriorityField(
        key="name",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how serious it is."},
    )
    opened_at = MomentField(
        label="Opened",
        help_text="When the service was lost, by local time.",
        error_messages={"required": "Give the time at which the service was lost."},
    )
    reason = ProseField(help_text="What caused it, in plain words, as far as it is known.")
    responded_at = MomentField(
        label="Responded", required=False, help_text="When somebody was at work on it."
    )
    workaround_at = MomentField(
        label="Workaround", required=False, help_text="When the service was usable again."
    )
    resolved_at = MomentField(
        label="Resolved", required=False, help_text="When it was put right. Empty while it is open."
    )
    resolution = ProseField(help_text="What ended it, in plain words.")
    cause = forms.ChoiceField(
        choices=Incident.Cause, required=False, widget=forms.RadioSelect, initial="not_known"
    )
    supplier = NamedField(
        Supplier,
        "suggest_suppliers",
        required=False,
        help_text="The third party concerned. A name that is not on the list is added.",
    )
    problem_plan = forms.ChoiceField(
        choices=[("", "Not decided yet"), *Plan.choices],
        required=False,
        widget=forms.RadioSelect,
        initial="",
        help_text="What is being done so that it does not come back.",
    )
    problem_record = ProblemRecordField(
        label="Problem record or project",
        required=False,
        help_text="Its reference or title. A title that is not on the list makes a new one.",
    )
    breach_category = forms.ChoiceField(
        choices=[("", "Not given"), *Incident.Breach.choices],
        required=False,
        help_text="What kept the incident from its target.",
    )
    breach_reason = ProseField(help_text="How that came about, in a sentence for the report.")
    not_for_publication = forms.BooleanField(
        required=False, help_text="Leaves it out of the public version of the report."
    )
    publication_ground = GroundField()

    class Meta:
        model = Incident
        fields = [
            "opened_at",
            "reason",
            *ENDS,
            "resolution",
            "cause",
            "problem_plan",
            *ABOUT_A_BREACH,
            "not_for_publication",
            "publication_ground",
            "reference",
        ]

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        incident: Incident | None = kwargs.get("instance")
        kwargs["initial"] = starting_values(incident) | (kwargs.get("initial") or {})
        super().__init__(viewer, *args, **kwargs)
        self.offer_rows(viewer.organisations)

    def offer_rows(self, organisations: list[Organisation]) -> None:
        only_one = len(organisations) == 1
        prompt = "" if only_one else "Choose an organisation"
        cast(OrganisationField, self.fields["organisation"]).offer(organisations, prompt)
        cast(PriorityField, self.fields["priority"]).offer(Priority.objects.all())
        for name in ("affected_service", "supplier"):
            field = cast(NamedField[Any], self.fields[name])
            field.known = self.viewer.known(field.known, name)
        seen = ProblemRecord.objects.seen_by(organisations)
        records = cast(ProblemRecordField, self.fields["problem_record"])
        records.records, records.present = seen, self.instance.problem_record
        first = "affected_service" if only_one else "organisation"
        # A change starts anywhere, often at the field that the address names.
        is_new = self.instance.pk is None
        self.fields[first].widget.attrs["autofocus"] = is_new and not self.is_bound

    def sees(self, row: Incident) -> bool:
        return row.organisation in self.viewer.organisations

    @property
    def shows_the_rest(self) -> bool:
        """Tell whether one of the fields that are rarely needed has something to show."""
        return self.has_something_in(RARELY_NEEDED) or bool(self["reference"].errors)

    @property
    def shows_the_breach(self) -> bool:
        """Tell whether a breach reason is wanted, or given."""
        return self.has_something_in(ABOUT_A_BREACH) or self.missed

    def has_something_in(self, names: tuple[str, ...]) -> bool:
        return any(self[name].value() or self[name].errors for name in names)

    @property
    def added(self) -> list[str]:
        """The names that this form was the first to name, as far as its writer knows."""
        typed = (field.widget for field in self.fields.values())
        return [each.new for each in typed if isinstance(each, TypedInput) and each.new]

    @cached_property
    def missed(self) -> bool:
        """Tell whether a target was missed: on record, or by what is typed (one query then)."""
        incident = self.as_typed() if self.is_bound else self.instance
        now = timezone.now()
        return any(step.outcome(incident, now) is False for step in Step)

    def as_typed(self) -> Incident:
        """The incident as what is typed would make it, as far as that can be understood."""
        # The form's own row is saved once; this one never is.
        draft: Incident = copy(self.instance)
        values = self.cleaned_data
        draft.priority_id = key_of(values.get("priority")) or draft.priority_id
        draft.organisation_id = key_of(values.get("organisation")) or draft.organisation_id
        if draft.opened_at and draft.priority_id and draft.organisation_id:
            draft.settle(TargetBook.of_service_levels())
        return draft

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if organisation := values.get("organisation"):
            # Among whose incidents the reference must be its own.
            self.instance.organisation = organisation
        self.read_times(values)
        self.read_plan(values)
        return values

    def read_times(self, values: dict[str, Any]) -> None:
        """Keep times that were not touched to the second; of two in October take what fits."""
        for name in ("opened_at", *ENDS):
            if name in values and name not in self.changed_data and self.instance.pk:
                values[name] = getattr(self.instance, name)
        opened_at = values.get("opened_at")
        for name in ENDS:
            value = values.get(name)
            if opened_at and value and value < opened_at:
                values[name] = second_of_its_name(value)

    def read_plan(self, values: dict[str, Any]) -> None:
        """Bring the plan and the problem record together; either may follow from the other."""
        if "problem_record" not in values or "problem_plan" not in values:
            return
        plan, record = values["problem_plan"], values["problem_record"]
        if record and not plan:
            values["problem_plan"] = PLANS[record.kind]
        elif record and plan == Plan.NONE_REQUIRED:
            self.add_error("problem_plan", "Choose another plan, or name no problem record.")
        elif plan in KINDS and not record:
            self.add_error("problem_record", "Type its title or its reference: the plan names one.")
        elif record and not record.pk:
            record.kind = KINDS[plan]
        elif record and record.kind != KINDS[plan]:
            kind = record.get_kind_display().lower()
            self.add_error("problem_plan", f"Choose another plan: {record.reference} is a {kind}.")

    def write(self) -> None:
        """Write the incident, and before it the rows that are new."""
        incident, values = self.instance, self.cleaned_data
        for name in ROWS:
            row = values[name]
            if row and not row.pk:
                if isinstance(row, ProblemRecord):
                    row.organisation = values["organisation"]
                    row.opened_on = timezone.localdate(incident.opened_at)
                    row.save()
                else:
                    row.save_once()
            setattr(incident, name, row)
        super().write()


def key_of(row: Organisation | Priority | None) -> int | None:
    return row.pk if row else None


def starting_values(incident: Incident | None) -> dict[str, Any]:
    """Return the rows of an incident that is changed; for a new one, that it opens now."""
    if incident is None:
        return {"opened_at": timezone.now().replace(second=0, microsecond=0)}
    return {name: getattr(incident, name) for name in ROWS}


def carried_over(incident: Incident) -> dict[str, Any]:
    """Return what a duplicate of an incident begins with: all but its times and its end."""
    return {name: getattr(incident, name) for name in CARRIED_OVER}


def second_of_its_name(moment: datetime) -> datetime:
    """Return the later moment of those that the clock shows twice in October, else the same."""
    zone = timezone.get_default_timezone()
    return timezone.localtime(moment, zone).replace(fold=1).astimezone(UTC)
