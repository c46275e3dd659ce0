"""Lays the rows that an empty database starts with; all of them can be edited afterwards."""

from datetime import date
from decimal import Decimal

from django.db import migrations
from django.utils.text import slugify

ORGANISATIONS = ["City of London Corporation", "City of London Police"]
ROLES = ["Service managers", "Committee clerks", "Directors", "Administrators"]
HOUR, DAY = 60, 24 * 60
# Level, name, listed in the report, respond, resolve, attainment, tolerance, definition.
PRIORITIES = [
    (1, "P1", True, 15, 4 * HOUR, 98, 3,
     "A service that many people or the public depend on is down, with no way round it."),
    (2, "P2", True, 30, 8 * HOUR, 98, 3,
     "A service is down for one site or team, or works so badly that its users cannot rely on it."),
    (3, "P3", False, 4 * HOUR, 3 * DAY, 95, 3,
     "One person or a small group cannot work as usual, or a service is slow but usable."),
    (4, "P4", False, 8 * HOUR, 5 * DAY, 90, 3,
     "A small fault or question that keeps nobody from working."),
]
SCORES = [("satisfaction", 90, 5), ("escalation", 3, 1)]
START = date(2000, 1, 1)


def lay_rows(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Organisation = apps.get_model("incidents", "Organisation")
    Priority = apps.get_model("incidents", "Priority")
    ServiceLevelTarget = apps.get_model("incidents", "ServiceLevelTarget")
    ScoreTarget = apps.get_model("incidents", "ScoreTarget")
    for name in ROLES:
        Group.objects.get_or_create(name=name)
    for name in ORGANISATIONS:
        Organisation.objects.create(name=name, slug=slugify(name))
    for level, name, reported, respond, resolve, attainment, tolerance, definition in PRIORITIES:
        priority = Priority.objects.create(
            level=level, name=name, reported=reported, definition=definition
        )
        ServiceLevelTarget.objects.create(
            priority=priority,
            starts_on=START,
            respond_minutes=respond,
            resolve_minutes=resolve,
            attainment_percent=Decimal(attainment),
            tolerance_points=Decimal(tolerance),
        )
    for measure, target, tolerance in SCORES:
        ScoreTarget.objects.create(
            measure=measure,
            starts_on=START,
            target_percent=Decimal(target),
            tolerance_points=Decimal(tolerance),
        )


def take_rows_away(apps, schema_editor):
    """Remove what nothing refers to yet; rows in use stay and keep the schema from going."""
    apps.get_model("incidents", "ScoreTarget").objects.all().delete()
    apps.get_model("incidents", "ServiceLevelTarget").objects.all().delete()
    apps.get_model("incidents", "Priority").objects.all().delete()
    apps.get_model("incidents", "Organisation").objects.filter(name__in=ORGANISATIONS).delete()
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("incidents", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(lay_rows, take_rows_away)]
