"""An accreditation of an organisation, with what is still to do for it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from incidents.forms.fields import DayField, OrganisationField, ProseField
from incidents.forms.lists import ListForm
from incidents.forms.saving import RecordForm
from incidents.forms.shown import ShowingForm
from incidents.models import Accreditation, AccreditationAction
from incidents.text import one_line

BLANK_ROWS = 3
REMOVED_MEANWHILE = "Somebody else has removed this action meanwhile. Open the page again."


class ActionForm(RecordForm):
    """One thing to do; a row without words is none."""

    action = forms.CharField(max_length=300, error_messages={"required": "Say what is to be done."})
    due_on = DayField(required=False, label="Due")
    done_on = DayField(required=False, label="Done")

    class Meta:
        model = AccreditationAction
        fields = ["action", "due_on", "done_on"]

    def clean_action(self) -> str:
        return one_line(self.cleaned_data["action"])


class ActionFormSet(forms.BaseInlineFormSet):
    """The actions of one accreditation and some blank rows."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["id"].error_messages["invalid_choice"] = REMOVED_MEANWHILE


Actions: Any = forms.inlineformset_factory(
    Accreditation,
    AccreditationAction,
    form=ActionForm,
    formset=ActionFormSet,
    extra=BLANK_ROWS,
    can_delete_extra=False,
)


class AccreditationForm(ShowingForm, ListForm):
    """An accreditation; its actions are a form of their own, saved with it or not at all."""

    NOT_ON_RECORD = ("shown",)

    organisation = OrganisationField(
        key="slug", error_messages={"required": "Choose whose accreditation it is."}
    )
    awarded_on = DayField(required=False, label="Awarded")
    expires_on = DayField(required=False, label="Runs until")
    report_sentence = ProseField(help_text="What the committee report says of it.")

    class Meta:
        model = Accreditation
        fields = ["name", "organisation", "status", "awarded_on", "expires_on", "report_sentence"]
        widgets = {"status": forms.RadioSelect}
        error_messages = {"name": {"required": "Give its name, such as ISO 27001."}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        several = len(self.viewer.organisations) > 1
        self.offer_organisations("Choose an organisation" if several else "")
        data = self.data if self.is_bound else None
        self.actions = Actions(data, instance=self.instance, prefix="action")
        if self.instance.pk:
            self.show_mark()

    def words_on_record(self) -> str:
        """Its actions, which stand in rows of their own."""
        actions = self.instance.actions.all() if self.instance.pk else []
        said = (
            f"{each.action} (due {each.due_on or 'no day set'}, done {each.done_on or 'not yet'})"
            for each in actions
        )
        return "; ".join(said) or "no action"

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        """What is wrong with the actions stands beside them, and is said here in sum."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.actions.is_valid():
            raise ValidationError("An action below is not right yet.")
        return values

    @property
    def stands(self) -> bool:
        return super().stands and not self.actions.has_changed()

    def write(self) -> None:
        self.actions.instance = self.save()
        self.actions.save()
