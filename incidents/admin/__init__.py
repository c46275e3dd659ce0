"""The administration of the record: the lists that the customer edits, and every row behind it.

Each module imports only what stands to its left: catalogue ► records, scores
"""

from django.contrib import admin

from incidents.admin import catalogue, records, scores

__all__ = ["catalogue", "records", "scores"]

admin.site.site_header = admin.site.site_title = "servicedesk"
admin.site.index_title = "Lists and people"
