"""Changing an incident: why its priority changes, and when the hold ended that lasts."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects

from incidents.access import Viewer
from incidents.clock import first_fault, must_have_come
from incidents.forms.fields import MomentField
from incidents.forms.incident import IncidentForm, second_of_its_name
from incidents.models import Hold, Incident, PriorityChange
from incidents.text import one_line, one_line_text

LONGEST_REASON = 200


class ChangeIncidentForm(IncidentForm):
    """An incident on record, to be saved while nobody else may change it.

    The row is locked and read by whoever makes the form, so that `instance` is what stands on
    record: a form that is sent twice finds the second time that nothing changes.
    """

    NOT_ON_RECORD = ("priority_reason", "hold_key")

    priority_reason = forms.CharField(
        label="Why the priority changes",
        required=False,
        max_length=LONGEST_REASON,
        validators=[one_line_text],
        help_text="Kept with the change. The clock goes on from the opening, against the target "
        "of the new priority.",
    )
    # Which hold the end is of: another may last by now.
    hold_key = forms.IntegerField(required=False, widget=forms.HiddenInput)
    hold_ended_at = MomentField(
        label="End of the hold", required=False, validators=[must_have_come]
    )

    def __init__(self, viewer: Viewer, *args: Any, instance: Incident, **kwargs: Any) -> None:
        # The holds are read once. An end that is typed is set on them, so that the incident's
        # own rules and its due times know it.
        prefetch_related_objects([instance], "holds")
        super().__init__(viewer, *args, instance=instance, **kwargs)
        self.hold = self.hold_that_is_meant()
        if self.hold is None:
            del self.fields["hold_key"], self.fields["hold_ended_at"]
        else:
            self.initial["hold_key"] = self.hold.pk
            self.initial["hold_ended_at"] = self.hold.ended_at
            self.fields["hold_ended_at"].help_text = f"{self.hold}. Empty while it lasts."

    def hold_that_is_meant(self) -> Hold | None:
        """Return the hold whose end a form gave that was sent, else the one that lasts."""
        holds, sent = self.instance.holds.all(), self.data.get("hold_key")
        if sent:
            return next((each for each in holds if str(each.pk) == sent), None)
        return next((each for each in holds if each.ended_at is None), None)

    def clean_priority_reason(self) -> str:
        return one_line(self.cleaned_data["priority_reason"])

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        self.read_priority(values)
        self.read_hold(values)
        return values

    def changes_priority(self, values: dict[str, Any]) -> bool:
        priority = values.get("priority")
        return priority is not None and priority.pk != self.instance.priority_id

    def read_priority(self, values: dict[str, Any]) -> None:
        """Another priority wants a reason; a reason alone is of no use and is left out."""
        if self.changes_priority(values) and values.get("priority_reason") == "":
            before = self.instance.priority.name
            self.add_error("priority_reason", f"Say in a line why it is no longer {before}.")

    def read_hold(self, values: dict[str, Any]) -> None:
        """Set the end of the hold that lasts, and refuse here what is wrong with that end."""
        if self.hold is None:
            self.refuse_end_of_no_hold()
        if self.hold is None or "hold_ended_at" not in values:
            return
        ended_at = values["hold_ended_at"]
        if ended_at and ended_at <= self.hold.started_at:
            ended_at = second_of_its_name(ended_at)
        self.hold.ended_at = ended_at
        opened_at = values.get("opened_at") or self.instance.opened_at
        fault = first_fault(self.instance.standstills(), opened_at, values.get("resolved_at"))
        if fault and fault.end == "ended_at" and self.is_the_hold(fault.index):
            self.add_error("hold_ended_at", ValidationError(fault.words, code="hold"))

    def refuse_end_of_no_hold(self) -> None:
        """Say which end has no hold any more; the form, sent again, has none."""
        if self.data.get("hold_key") and (ended_at := self.data.get("hold_ended_at")):
            words = "Somebody else has removed the hold that you ended %(end)s. Save again without."
            self.add_error(None, ValidationError(words, params={"end": f"“{ended_at}”"}))
            self.status = HTTPStatus.CONFLICT

    def is_the_hold(self, index: int) -> bool:
        return self.instance.holds.all()[index] is self.hold

    def _update_errors(self, errors: ValidationError) -> None:
        """Leave out what the incident says of a hold where the hold's own field says it."""
        if "hold_ended_at" not in self.errors:
            return super()._update_errors(errors)
        others = {
            name: [error for error in found if error.code != "hold"]
            for name, found in errors.error_dict.items()
        }
        super()._update_errors(ValidationError({n: found for n, found in others.items() if found}))

    def write(self) -> None:
        """Write the end of the hold first, since due times follow from it."""
        before, after = self.instance.priority, self.cleaned_data["priority"]
        if self.hold and self.hold.ended_at:
            self.hold.save()
        if before != after:
            self.instance.why = self.cleaned_data["priority_reason"]
        super().write()
        if before != after:
            PriorityChange.objects.create(
                incident=self.instance,
                before=before,
                after=after,
                changed_by_id=self.viewer.user.pk,
                reason=self.cleaned_data["priority_reason"],
            )
