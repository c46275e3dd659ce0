"""A table for what the processes of the site count together: tries of codes, mails sent."""

from django.core.cache import caches
from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


def remove(apps, schema_editor):
    table = schema_editor.quote_name(caches["default"]._table)
    schema_editor.execute(f"DROP TABLE {table}")


class Migration(migrations.Migration):
    dependencies = []
    operations = [migrations.RunPython(create, remove)]
