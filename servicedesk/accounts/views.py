"""The pages of signing in that are ours; those of the second factor are allauth's in our look."""

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user, views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import (
    AuthenticationForm,
    PasswordChangeForm,
    PasswordResetForm,
    SetPasswordForm,
)
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe

from incidents.access import administrators_only
from incidents.forms.saving import posted
from incidents.people import name_of, remember
from servicedesk.accounts.forms import ChangeForm, ChooseForm, DemandsForm, ResetForm, SignInForm
from servicedesk.accounts.tries import unlock
from servicedesk.accounts.two_factor import has_two_factor, turn_off
from servicedesk.accounts.visitors import client_address


class SignIn(views.LoginView):
    """Open to all. A right password leads on to the second factor, where a person has one."""

    form_class = SignInForm
    extra_context = {"single_sign_on": lambda: settings.SINGLE_SIGN_ON}

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        person = form.get_user()
        login = Login(user=person, redirect_url=self.get_success_url())
        named = {"username": person.get_username()}
        answer: HttpResponse = perform_password_login(self.request, named, login)
        return answer


class Reset(views.PasswordResetView):
    """Open to all. Answers the same whether anybody has the address, and however often asked."""

    form_class = ResetForm
    email_template_name = "registration/password_reset_email.txt"
    extra_context = {"sends_mail": lambda: settings.SENDS_MAIL}

    def form_valid(self, form: PasswordResetForm) -> HttpResponse:
        if may_be_sent(self.request, form.cleaned_data["email"].casefold()):
            return super().form_valid(form)
        return redirect(self.get_success_url())


def may_be_sent(request: HttpRequest, address: str) -> bool:
    """Count a mail to an address; tell whether there were few enough in this hour.

    Few from one place, and more from all together: nobody uses up the mails of somebody else.
    """
    counts = {
        "reset_password_from_one_place": f"{client_address(request)} {address}",
        "reset_password_in_all": address,
    }
    # What is too often from one place counts no further.
    return all(ratelimit.consume(request, action=what, key=key) for what, key in counts.items())


class ChangePassword(views.PasswordChangeView):
    """For who knows the one before. The history keeps that it was changed, and by whom."""

    form_class = ChangeForm

    @transaction.atomic
    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        remember(form.user, ("Password", "", "changed"))
        return super().form_valid(form)


@method_decorator(login_not_required, name="dispatch")
class ChoosePassword(views.PasswordResetConfirmView):
    """Open to whoever has the mail. A new password ends the wait after wrong ones."""

    form_class = ChooseForm
    chosen = "chosen by e-mail"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask first who is signed in: a session that is over ends by that, and not with the link.

        The link is kept in the session, and whoever follows it may hold one of before.
        """
        get_user(request)
        return super().dispatch(request, *args, **kwargs)

    @transaction.atomic
    def form_valid(self, form: SetPasswordForm) -> HttpResponse:
        remember(form.user, ("Password", "", self.chosen))
        unlock(form.user.get_username())
        return super().form_valid(form)


class AcceptInvitation(ChoosePassword):
    """Open to whoever has the mail. Leads to the sign-in page, which asks for the password."""

    chosen = "chosen by invitation"
    template_name = "registration/invitation.html"
    success_url = reverse_lazy("account_login")

    def form_valid(self, form: SetPasswordForm) -> HttpResponse:
        words = "Your password is kept. Sign in with it as"
        messages.success(self.request, f"{words} {form.user.get_username()}.")
        return super().form_valid(form)


@administrators_only
def demands(request: HttpRequest) -> HttpResponse:
    """Administrators: the roles that must use two-factor."""
    form = DemandsForm(posted(request))
    if form.is_valid():
        form.save()
        messages.success(request, "Saved. It holds from the next page that anybody opens.")
        return redirect("two_factor_demands")
    return render(request, "registration/demands.html", {"form": form}, status=form.status)


@administrators_only
@require_safe
def person_signing_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Administrators: what keeps somebody from signing in, and the help against it."""
    person = get_object_or_404(User, pk=pk)
    context = {"person": person, "name": name_of(person), "has_two_factor": has_two_factor(person)}
    return render(request, "registration/person.html", context)


@administrators_only
@require_POST
def unlock_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Administrators: let somebody try again at once after wrong passwords."""
    person = get_object_or_404(User, pk=pk)
    with transaction.atomic():
        if unlock(person.get_username()):
            remember(person, ("Wrong passwords", "counted", "forgotten"))
    messages.success(request, f"{name_of(person)} may try to sign in again from everywhere.")
    return redirect("person_signing_in", pk)


@administrators_only
@require_POST
def turn_off_two_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Administrators: forget the second factor of somebody who lost it."""
    person = get_object_or_404(User, pk=pk)
    turn_off(person)
    words = "signs in without two-factor until it is set up again."
    messages.success(request, f"{name_of(person)} {words}")
    return redirect("person_signing_in", pk)
