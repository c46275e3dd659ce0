"""Inviting a person, and changing what is said of one."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString

from incidents import people
from incidents.access import Role, roles_of
from incidents.forms.saving import RecordForm
from incidents.forms.shown import ShowingForm
from incidents.models import Organisation
from incidents.text import one_line, one_line_text

LONGEST = 150  # of a name, and of an address since people sign in by it
DOES = {
    Role.SERVICE_MANAGER: "log incidents, write and publish the report",
    Role.CLERK: "read reports and download every version",
    Role.DIRECTOR: "watch the gauges",
    Role.ADMINISTRATOR: "see and change everything: people, lists and targets too",
}


def described(role: Role) -> SafeString:
    words = '<span>{} <span class="quiet">{}</span></span>'
    return format_html(words, role.value, DOES[role])


class PersonForm(ShowingForm, RecordForm):
    """A new person, or one who is there already."""

    name = forms.CharField(
        max_length=LONGEST,
        validators=[one_line_text],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Give the name that others know the person by."},
    )
    email = forms.EmailField(
        max_length=LONGEST,
        label="E-mail address",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Give the address that the invitation goes to.",
            "invalid": "Give an address such as anna.smith@desk.example.",
        },
    )
    roles = forms.MultipleChoiceField(
        choices=[(role.slug, described(role)) for role in Role],
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one; whoever is to do nothing here is deactivated."
        },
    )
    organisations = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Whose records the person sees; administrators see those of all.",
    )

    class Meta:
        model = User
        fields = ["email"]

    field_order = ["name", "email", "roles", "organisations"]

    def __init__(self, organisations: Sequence[Organisation], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = {each.slug: each for each in organisations}
        choices = [(slug, row.name) for slug, row in self.offered.items()]
        cast(forms.MultipleChoiceField, self.fields["organisations"]).choices = choices
        self.fields["name"].widget.attrs["autofocus"] = not self.is_bound
        self.said = ""
        if self.instance.pk:
            self.show(self.instance)

    def show(self, person: User) -> None:
        """Fill the form with what is on record."""
        # The demonstration's people, and the first on a server, may have no address.
        self.fields["email"].required = bool(person.email)
        self.initial["name"] = people.name_of(person)
        self.initial["roles"] = [role.slug for role in roles_of(person)]
        self.initial["organisations"] = [each.slug for each in person.organisations.all()]
        # Read now: what is typed goes to the instance.
        self.said = self.words_of(person)
        self.show_mark()

    def words_of(self, person: User) -> str:
        roles = [role.value for role in roles_of(person)]
        names = [each.name for each in person.organisations.all()]
        return "; ".join([people.name_of(person), person.email, *roles, *names])

    def words_on_record(self) -> str:
        return self.said

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean_roles(self) -> list[Role]:
        return [role for role in Role if role.slug in self.cleaned_data["roles"]]

    def clean_organisations(self) -> list[Organisation]:
        chosen = [self.offered[slug] for slug in self.cleaned_data["organisations"]]
        roles = self.cleaned_data.get("roles")
        if roles and not chosen and Role.ADMINISTRATOR not in roles:
            raise ValidationError("Choose at least one: without it the person sees nothing.")
        return chosen

    def saved(self) -> bool:
        try:
            return super().saved()
        except ValidationError as refused:
            self.add_error(None, refused)
            return False

    def write(self) -> None:
        details = people.Details(**self.cleaned_data)
        if self.instance.pk:
            people.change(self.instance, details)
        else:
            self.instance = people.invite(details)
