"""A look into the tables of the record, for administrators.

Each module imports only what stands to its left: looking ► catalogue, records, scores
"""

import django.contrib.auth.admin  # noqa: F401  it must be there before it is taken away
from django.contrib import admin
from django.contrib.auth.models import Group, User

from incidents.admin import catalogue, records, scores

__all__ = ["catalogue", "records", "scores"]

admin.site.site_header = admin.site.site_title = "servicedesk"
admin.site.index_title = "Tables of the record, to read"
# Pages of the product manage people: they deactivate, and keep an administrator in office.
admin.site.unregister([User, Group])
