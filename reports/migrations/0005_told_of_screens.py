"""Lets PostgreSQL tell that a screen was let in, or no more; that one was seen is no news."""

from importlib import import_module

from django.db import migrations

before = import_module("reports.migrations.0004_told_of_changes")
RIGHTS = "INSERT OR DELETE OR UPDATE OF token_hash, revoked_at, shows_all"
TABLES = {"incidents_screen": RIGHTS, "incidents_screenorganisation": before.ANY}


def tell_of_screens(apps, schema_editor):
    for table, events in TABLES.items():
        before.tell(schema_editor, table, events)


def be_silent(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for table in TABLES:
        for trigger in ("servicedesk_tell", "servicedesk_tell_emptied"):
            schema_editor.execute(f'DROP TRIGGER {trigger} ON "{table}"')


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_told_of_changes"), ("incidents", "0011_screens")]

    operations = [migrations.RunPython(tell_of_screens, be_silent)]
