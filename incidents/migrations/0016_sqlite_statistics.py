"""Lays the statistics of SQLite again: 0015 built the table anew.

See 0003 for what they are for.
"""

from importlib import import_module

from django.db import migrations

first = import_module("incidents.migrations.0003_sqlite_statistics")
before = import_module("incidents.migrations.0006_sqlite_statistics")


def lay_statistics(apps, schema_editor):
    first.lay(schema_editor, before.SPREAD)


class Migration(migrations.Migration):
    dependencies = [("incidents", "0015_references_of_each_organisation")]

    operations = [migrations.RunPython(lay_statistics, migrations.RunPython.noop)]
