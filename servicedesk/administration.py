"""The administration: for administrators by their role, whatever else an account says, to read."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator

from incidents.access import administrators_only, viewer_of


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
