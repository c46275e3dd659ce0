"""Lays a calendar to choose, and asks for what an incident now keeps of its clock."""

from django.db import migrations

OFFICE_HOURS = [[[9 * 60, 17 * 60]]] * 5 + [[], []]


def lay_rows(apps, schema_editor):
    apps.get_model("incidents", "ServiceCalendar").objects.create(
        name="Office hours",
        slug="office-hours",
        week=OFFICE_HOURS,
        closed_on_bank_holidays=True,
    )
    oldest = apps.get_model("incidents", "Incident").objects.order_by("month").first()
    if oldest:
        # Done by manage.py recompute_due_times, piece by piece.
        apps.get_model("incidents", "Recomputation").objects.create(since=oldest.month)


def take_rows_away(apps, schema_editor):
    apps.get_model("incidents", "Recomputation").objects.all().delete()
    # A calendar in use stays, and keeps the schema from going.
    apps.get_model("incidents", "ServiceCalendar").objects.filter(slug="office-hours").delete()


class Migration(migrations.Migration):
    dependencies = [("incidents", "0004_service_levels")]

    operations = [migrations.RunPython(lay_rows, take_rows_away)]
