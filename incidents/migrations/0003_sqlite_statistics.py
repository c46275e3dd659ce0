"""Tells SQLite how incidents are spread, which it never finds out by itself.

Without it SQLite takes every column that is compared for a rare one, and sorts the whole record
for the first page of the list. The numbers are those of a million incidents, 5,000 a month, which
suit a small record as well; PostgreSQL keeps its own. Whoever alters the table by a later
migration lays them again, since SQLite then builds the table anew: a test of the plans says so.
"""

from django.db import migrations

# For each index the number of rows in all, then how many share its first column, its first two
# and so on: the text that SQLite's own ANALYZE writes.
SPREAD = {
    "incident_counting": "1000000 250000 1250 640 350 1 1 1 1",
    "incident_list": "1000000 5000 1",
    "incident_organisation": "1000000 500000 2500",
    "incident_service": "1000000 5000 25 1 1",
    "incident_supplier": "1000000 20000 100 1 1",
    "incident_problem": "1000000 1600 800",
}


def lay_statistics(apps, schema_editor):
    lay(schema_editor, SPREAD)


def lay(schema_editor, spread):
    """Write what SQLite shall believe of the incidents, in place of what it believes."""
    if schema_editor.connection.vendor != "sqlite":
        return
    with schema_editor.connection.cursor() as cursor:
        # Makes the table of statistics where there is none.
        cursor.execute("ANALYZE incidents_incident")
        cursor.execute("DELETE FROM sqlite_stat1 WHERE tbl = 'incidents_incident'")
        cursor.executemany(
            "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('incidents_incident', %s, %s)",
            spread.items(),
        )
        # Makes this connection read it.
        cursor.execute("ANALYZE sqlite_master")


def forget_statistics(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DELETE FROM sqlite_stat1 WHERE tbl = 'incidents_incident'")


class Migration(migrations.Migration):
    dependencies = [("incidents", "0002_first_rows")]

    operations = [migrations.RunPython(lay_statistics, forget_statistics)]
