"""Signing in and out, and changing one's password: Django's own views under our addresses."""

from django.contrib.auth import views
from django.urls import path, reverse_lazy

urlpatterns = [
    path("login/", views.LoginView.as_view(), name="login"),
    path("logout/", views.LogoutView.as_view(), name="logout"),
    path("password/", views.PasswordChangeView.as_view(), name="password_change"),
    path("password/done/", views.PasswordChangeDoneView.as_view(), name="password_change_done"),
    path(
        "invitation/<uidb64>/<token>/",
        views.PasswordResetConfirmView.as_view(
            template_name="registration/invitation.html", success_url=reverse_lazy("login")
        ),
        name="invitation",
    ),
]
