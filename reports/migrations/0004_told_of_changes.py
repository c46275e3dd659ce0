"""Lets PostgreSQL tell whoever listens that figures or rights changed, whoever changed them.

Triggers hear forms, imports, commands and plain SQL alike. SQLite needs none: it counts what is
committed. A migration that makes another table of the record lets it tell as well, with `tell`.
"""

from django.db import migrations

CHANNEL = "servicedesk_live"
RECORD = [
    "organisation",
    "service",
    "supplier",
    "priority",
    "servicecalendar",
    "serviceleveltarget",
    "scoretarget",
    "incident",
    "hold",
    "prioritychange",
    "problemrecord",
    "npsscore",
    "satisfactionscore",
    "contactvolume",
    "accreditation",
    "accreditationaction",
    "publishedmonth",
]
TABLES = [
    *(f"incidents_{name}" for name in RECORD),
    "reports_committeereport",
    # Who may see it.
    "incidents_organisation_members",
    "incidents_twofactordemand",
    "auth_group",
    "auth_user_groups",
    "django_session",
]
# Signing in writes to the user as well, and changes nobody's rights.
OF_USERS = "INSERT OR DELETE OR UPDATE OF password, is_active, is_superuser"
ANY = "INSERT OR DELETE OR UPDATE"
FUNCTION = f"""
CREATE FUNCTION servicedesk_tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('{CHANNEL}', '');
    RETURN NULL;
END
$$
"""


def tell(schema_editor, table, on=ANY):
    """Let a table tell: once for each statement, and once for all of a transaction."""
    if schema_editor.connection.vendor != "postgresql":
        return
    name = schema_editor.quote_name(table)
    for trigger, events in (("servicedesk_tell", on), ("servicedesk_tell_emptied", "TRUNCATE")):
        schema_editor.execute(
            f"CREATE TRIGGER {trigger} AFTER {events} ON {name} "
            "FOR EACH STATEMENT EXECUTE FUNCTION servicedesk_tell()"
        )


def tell_of_changes(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION)
    for table in TABLES:
        tell(schema_editor, table)
    tell(schema_editor, "auth_user", OF_USERS)


def be_silent(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION servicedesk_tell() CASCADE")


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0003_editions"),
        ("incidents", "0009_two_factor_demands"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("sessions", "0001_initial"),
    ]

    operations = [migrations.RunPython(tell_of_changes, be_silent)]
