"""The addresses of signing in. Of allauth only those stand here that this site has a use for."""

from allauth.account.views import reauthenticate
from allauth.mfa.base.views import authenticate, index
from allauth.mfa.base.views import reauthenticate as reauthenticate_by_code
from allauth.mfa.recovery_codes.views import view_recovery_codes
from django.contrib.auth.views import (
    LogoutView,
    PasswordChangeDoneView,
    PasswordResetCompleteView,
    PasswordResetDoneView,
)
from django.urls import path

from servicedesk.accounts import sso, views
from servicedesk.accounts.two_factor import Activate, Deactivate, MakeCodes

# allauth finds its pages by the names that it gave them.
urlpatterns = [
    path("login/", views.SignIn.as_view(), name="account_login"),
    path("login/code/", authenticate, name="mfa_authenticate"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path(
        "invitation/<uidb64>/<token>/",
        views.AcceptInvitation.as_view(),
        name="invitation",
    ),
    path("again/", reauthenticate, name="account_reauthenticate"),
    path("again/code/", reauthenticate_by_code, name="mfa_reauthenticate"),
    path("password/", views.ChangePassword.as_view(), name="password_change"),
    path("password/done/", PasswordChangeDoneView.as_view(), name="password_change_done"),
    path("password/reset/", views.Reset.as_view(), name="password_reset"),
    path("password/reset/sent/", PasswordResetDoneView.as_view(), name="password_reset_done"),
    path(
        "password/reset/<uidb64>/<token>/",
        views.ChoosePassword.as_view(),
        name="password_reset_confirm",
    ),
    path(
        "password/reset/done/", PasswordResetCompleteView.as_view(), name="password_reset_complete"
    ),
    path("two-factor/", index, name="mfa_index"),
    path("two-factor/set-up/", Activate.as_view(), name="mfa_activate_totp"),
    path("two-factor/turn-off/", Deactivate.as_view(), name="mfa_deactivate_totp"),
    path("two-factor/recovery-codes/", view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "two-factor/recovery-codes/new/",
        MakeCodes.as_view(),
        name="mfa_generate_recovery_codes",
    ),
    path("two-factor/roles/", views.demands, name="two_factor_demands"),
    path("sso/", sso.start, name="sso"),
    path("sso/callback/", sso.callback, name="sso_callback"),
    path("people/<int:pk>/", views.person_signing_in, name="person_signing_in"),
    path("people/<int:pk>/unlock/", views.unlock_person, name="unlock_person"),
    path("people/<int:pk>/two-factor-off/", views.turn_off_two_factor, name="turn_off_two_factor"),
]
