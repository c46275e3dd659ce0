"""A look into a table, which changes nothing."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from incidents.access import viewer_of
from incidents.models.recorded import record_key


class Look(admin.ModelAdmin):
    """Shows administrators every field of every row, and lets nobody change one.

    Each record has a page of the product, which asks why, keeps the history and knows what its
    author saw; "View on site" leads there, and "History" to ours.
    """

    def has_module_permission(self, request: HttpRequest) -> bool:
        return viewer_of(request).administers

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return viewer_of(request).administers

    # Said here and not by a backend: superusers, who are asked about nothing, are meant too.
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> list[Any]:
        shown = [*self.opts.concrete_fields, *self.opts.many_to_many]
        return [field.name for field in shown if not field.primary_key]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        if row is None:
            return redirect(reverse("history"))
        return redirect(f"{reverse('history')}?of={record_key(row)}")
