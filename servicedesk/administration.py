"""The administration, which is for administrators by their role, whatever else an account says."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator

from incidents.access import Viewer, administrators_only, viewer_of


class Administration(AdminSite):
    """The administration under our sign-in: it has no sign-in page of its own."""

    def has_permission(self, request: HttpRequest) -> bool:
        return viewer_of(request).administers

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        return administrators_only(super().admin_view(view, cacheable))

    @method_decorator(login_not_required)
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Where Django leads whoever it does not let in: ask to sign in, or refuse."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.GET.get("next", "") or reverse("admin:index"))
        if not self.has_permission(request):
            raise PermissionDenied("Only administrators may enter the administration.")
        return redirect("admin:index")

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("password_change")


class ByRole(BaseBackend):
    """Lets administrators do everything in the administration, and nobody else anything.

    Asked for each list that it shows: what is found is kept with the person, as Django does.
    """

    def has_perm(self, user_obj: User | AnonymousUser, perm: str, obj: Model | None = None) -> bool:
        return self.administers(user_obj)

    def has_module_perms(self, user_obj: User | AnonymousUser, app_label: str) -> bool:
        return self.administers(user_obj)

    def administers(self, user: User | AnonymousUser) -> bool:
        viewer: Viewer = user.__dict__.setdefault("_viewer", Viewer(user))
        return bool(user.is_active) and viewer.administers
