"""Lays the statistics of SQLite again: 0004 built the table anew, and gave it an index more.

See 0003 for what they are for.
"""

from importlib import import_module

from django.db import migrations

first = import_module("incidents.migrations.0003_sqlite_statistics")

# Of a million incidents ten thousand are open.
SPREAD = first.SPREAD | {"incident_open": "10000 50 1"}


def lay_statistics(apps, schema_editor):
    first.lay(schema_editor, SPREAD)


class Migration(migrations.Migration):
    dependencies = [("incidents", "0005_first_calendar")]

    operations = [migrations.RunPython(lay_statistics, migrations.RunPython.noop)]
