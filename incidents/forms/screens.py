"""A new screen on a wall, and a new link for one."""

from typing import Any, cast
from uuid import uuid4

from django import forms
from django.contrib.auth.models import User
from django.http import QueryDict

from incidents.access import Viewer
from incidents.forms.lists import NamedForm
from incidents.forms.once import TokenField
from incidents.models import Screen
from incidents.screens import hash_of, make, renew, token_of


class ScreenForm(NamedForm):
    """Where a screen hangs and what it shows; once it is saved, `secret` lets it in.

    However often the same form is sent, it makes one screen, with one secret.
    """

    secret: str
    token = TokenField()
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
        self.initial["token"] = uuid4()
        self.offered = {each.slug: each for each in viewer.organisations}
        choices = [(slug, each.name) for slug, each in self.offered.items()]
        cast(forms.MultipleChoiceField, self.fields["organisations"]).choices = choices

    def saved(self) -> bool:
        # Asked once more where saving failed: the other of two may have come first meanwhile.
        return self.made_already() or super().saved() or self.made_already()

    def made_already(self) -> bool:
        """Tell whether this very form has made its screen, which still has the link of then."""
        secret = self.asked_for
        if secret is None:
            return False
        made = Screen.objects.filter(token_hash=hash_of(secret), revoked_at=None).first()
        if made is None:
            return False
        self.instance, self.secret = made, secret
        return True

    @property
    def asked_for(self) -> str | None:
        """The secret that this form asks for; one without a token of its own asks for any."""
        form = TokenField().clean(self["token"].data) if self.is_bound else None
        said = [self["name"].data or "", *sorted(self["organisations"].data or [])]
        return token_of(form, self.by, *said) if form else None

    @property
    def by(self) -> User:
        return cast(User, self.viewer.user)

    def write(self) -> None:
        chosen = [self.offered[slug] for slug in self.cleaned_data["organisations"]]
        self.secret = make(self.instance, chosen, self.by, self.asked_for)


class LinkForm(forms.Form):
    """Asks for another link in place of the one that its person saw; sent twice, it makes one."""

    token = TokenField()
    instead_of = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, screen: Screen, by: User, data: QueryDict | None = None) -> None:
        self.screen, self.by = screen, by
        self.stands = screen.link_made_at.isoformat()
        super().__init__(data, initial={"token": uuid4(), "instead_of": self.stands})

    def secret(self) -> str | None:
        """Return the secret of the new link; None where the screen got another one meanwhile."""
        if not self.is_valid():
            return None
        form, seen = self.cleaned_data["token"], self.cleaned_data["instead_of"]
        asked_for = token_of(form, self.by, str(self.screen.pk), seen) if form else None
        if asked_for and self.is_let_in_by(asked_for):
            return asked_for
        return renew(self.screen, self.by, asked_for) if seen in ("", self.stands) else None

    def is_let_in_by(self, secret: str) -> bool:
        return self.screen.token_hash == hash_of(secret) and not self.screen.revoked_at
