"""To whom a name is offered is said, and no longer follows from what others log."""

from typing import Any

from django.db import migrations, models
from django.db.models import Exists, OuterRef

NAMING = {"Service": "affected_service", "Supplier": "supplier"}


def offer_what_nothing_names(apps: Any, schema_editor: Any) -> None:
    """Go on offering to everybody what everybody was offered: what no incident names."""
    for name, field in NAMING.items():
        named = (
            Exists(apps.get_model("incidents", kind).objects.filter(**{field: OuterRef("pk")}))
            for kind in ("Incident", "DeletedIncident")
        )
        rows = apps.get_model("incidents", name).objects.all()
        for each in named:
            rows = rows.filter(~each)
        rows.update(offered_to_all=True)


def offered_to_all() -> models.BooleanField:
    return models.BooleanField(
        default=False,
        verbose_name="offered to every organisation",
        help_text="Otherwise only to organisations whose incidents name it, which is where a "
        "name stands that somebody typed into an incident.",
    )


class Migration(migrations.Migration):
    dependencies = [("incidents", "0016_sqlite_statistics")]

    operations = [
        *(migrations.AddField(name, "offered_to_all", offered_to_all()) for name in NAMING),
        migrations.RunPython(offer_what_nothing_names, migrations.RunPython.noop),
    ]
