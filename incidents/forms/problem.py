"""Making and changing a problem record or a project."""

from typing import Any, cast

from django import forms

from incidents.access import Viewer
from incidents.forms.fields import DayField, GroundField, OrganisationField, ProseField
from incidents.forms.once import LoggingForm
from incidents.models import ProblemRecord
from incidents.models.problem import today


class ProblemRecordForm(LoggingForm):
    """A problem record: the cause behind incidents, with an owner and a next action."""

    logs = "problem_record"

    organisation = OrganisationField(
        key="slug",
        help_text="Whoever sees an incident behind it sees it too.",
        error_messages={"required": "Choose whose record it is."},
    )
    root_cause = ProseField(help_text="Empty while it is not known.")
    root_cause_known_on = DayField(required=False, label="Root cause known since")
    workaround = ProseField(help_text="How users can carry on until it is put right.")
    opened_on = DayField(label="Opened")
    target_date = DayField(required=False, help_text="The day by which it is promised.")
    closed_on = DayField(
        required=False, label="Closed", help_text="Only where the status is Closed."
    )

    publication_ground = GroundField()

    class Meta:
        model = ProblemRecord
        fields = [
            "organisation",
            "title",
            "kind",
            "status",
            "owner",
            "next_action",
            "target_date",
            "root_cause",
            "root_cause_known_on",
            "workaround",
            "opened_on",
            "closed_on",
            "reference",
            "not_for_publication",
            "publication_ground",
        ]
        widgets = {"kind": forms.RadioSelect, "status": forms.RadioSelect}
        error_messages = {"title": {"required": "Say in a few words what the problem is."}}

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(viewer, *args, **kwargs)
        self.offer_organisations()
        self.fields["title"].widget.attrs["autofocus"] = not self.is_bound

    def offer_organisations(self) -> None:
        """Offer the writer's own; a record of somebody else's stays theirs, by its reference."""
        offered = self.viewer.organisations
        owner = self.instance.organisation
        if owner and owner not in offered:
            offered = [owner]
            # Refusing another would tell which references they have.
            del self.fields["reference"]
        prompt = "" if len(offered) == 1 else "Choose an organisation"
        cast(OrganisationField, self.fields["organisation"]).offer(offered, prompt)

    def sees(self, row: ProblemRecord) -> bool:
        return self.viewer.problem_records.filter(pk=row.pk).exists()

    def clean(self) -> dict[str, Any]:
        """A record that is closed without a day is closed today."""
        values = super().clean()
        closed = values.get("status") == ProblemRecord.Status.CLOSED
        if closed and "closed_on" in values and not values["closed_on"]:
            values["closed_on"] = today()
        return values
