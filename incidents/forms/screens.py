"""A new screen on a wall."""

from typing import Any, cast

from django import forms
from django.contrib.auth.models import User

from incidents.access import Viewer
from incidents.forms.lists import NamedForm
from incidents.models import Screen
from incidents.screens import make


class ScreenForm(NamedForm):
    """Where a screen hangs and what it shows; once it is saved, `token` lets it in."""

    token: str
    organisations = forms.MultipleChoiceField(
        required=False,
        label="Shows",
        widget=forms.CheckboxSelectMultiple,
        help_text="The organisations whose gauges it shows; all of them where none is ticked.",
    )

    class Meta:
        model = Screen
        fields = ["name"]
        error_messages = {"name": {"unique": "Another screen has this name already."}}

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(viewer, *args, **kwargs)
        self.offered = {each.slug: each for each in viewer.organisations}
        choices = [(slug, each.name) for slug, each in self.offered.items()]
        cast(forms.MultipleChoiceField, self.fields["organisations"]).choices = choices

    def write(self) -> None:
        chosen = [self.offered[slug] for slug in self.cleaned_data["organisations"]]
        self.token = make(self.instance, chosen, cast(User, self.viewer.user))
