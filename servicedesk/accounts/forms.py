"""What is typed to sign in, to be let in again, and to say who needs a second factor."""

from threading import Thread
from typing import Any

from allauth.account.forms import ReauthenticateForm as ReauthenticateByPasswordForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth.forms import (
    AuthenticationForm,
    PasswordChangeForm,
    PasswordResetForm,
    SetPasswordForm,
)
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models import Q
from django.http import QueryDict

from incidents.access import Role
from incidents.forms.shown import ShowingForm
from incidents.models import TwoFactorDemand


class SignInForm(AuthenticationForm):
    """Takes a name or an e-mail address, in small letters or capitals, for the person meant."""

    error_messages = AuthenticationForm.error_messages | {
        "invalid_login": "That name and that password do not go together. Try again."
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "User name or e-mail address"

    def clean_username(self) -> str:
        typed: str = self.cleaned_data["username"]
        meant = User.objects.filter(Q(username__iexact=typed) | Q(email__iexact=typed))
        names = meant.values_list("username", flat=True)
        return names[0] if len(names) == 1 else typed


class ResetForm(PasswordResetForm):
    """Sends the mail beside the answer, which thus takes as long for an address nobody has."""

    email = forms.EmailField(
        label="E-mail address", max_length=254, widget=forms.EmailInput({"autocomplete": "email"})
    )

    def send_mail(self, *args: Any, **kwargs: Any) -> None:
        Thread(target=super().send_mail, args=args, kwargs=kwargs).start()


class NewPasswordForm(SetPasswordForm):
    """Says what is wrong with a new password where it was typed first, not where it is repeated."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password2"].label = "New password again"
        self.fields["new_password2"].help_text = ""

    def validate_password_for_user(self, user: User, password_field_name: str = "") -> None:
        super().validate_password_for_user(user, "new_password1")


class ChangeForm(NewPasswordForm, PasswordChangeForm):
    """A new password for who knows the one before."""


class ChooseForm(NewPasswordForm):
    """A new password, typed at once where somebody comes by a link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].widget.attrs["autofocus"] = not self.is_bound


class PasswordAgainForm(ReauthenticateByPasswordForm):
    """The password once more, before something weighty."""

    password = forms.CharField(
        widget=forms.PasswordInput({"autocomplete": "current-password", "autofocus": True})
    )


class CodeInput(forms.TextInput):
    """Empty each time: a code that was wrong is typed anew, not corrected."""

    def format_value(self, value: object) -> None:
        return None


class CodeField(forms.CharField):
    """A code of the authenticator app, which telephones offer to fill in, or a recovery code."""

    def __init__(self, help_text: str) -> None:
        attributes = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        widget = CodeInput(attributes)
        super().__init__(label="Code", help_text=help_text, max_length=20, widget=widget)


class CodeForm(AuthenticateForm):
    """The second step of signing in."""

    code = CodeField("Six digits from your authenticator app, or a recovery code")


class CodeAgainForm(ReauthenticateForm):
    """The code once more, before something weighty."""

    code = CodeField("Six digits from your authenticator app, or a recovery code")


class ActivateForm(ActivateTOTPForm):
    """The first code proves that the app knows the secret."""

    code = CodeField("Six digits, as the app shows them now")


class DemandsForm(ShowingForm):
    """The roles that must use two-factor."""

    roles = forms.ModelMultipleChoiceField(
        Group.objects.filter(name__in=[role.value for role in Role]).order_by("pk"),
        label="Roles that must use two-factor",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: QueryDict | None) -> None:
        demanding = list(TwoFactorDemand.objects.values_list("role", flat=True))
        super().__init__(data, initial={"roles": demanding})
        self.show_mark()

    def words_on_record(self) -> str:
        demanding = Group.objects.filter(pk__in=self.initial["roles"]).order_by("pk")
        return ", ".join(demanding.values_list("name", flat=True)) or "no role"

    @transaction.atomic
    def save(self) -> None:
        roles = self.cleaned_data["roles"]
        for demand in TwoFactorDemand.objects.exclude(role__in=roles):
            demand.delete()
        for role in roles:
            TwoFactorDemand.objects.get_or_create(role=role)
