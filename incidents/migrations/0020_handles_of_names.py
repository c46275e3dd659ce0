"""What an address calls a service or supplier tells nothing of what others have typed."""

from typing import Any

from django.db import migrations, models
from django.db.models import F

NAMES = ("service", "supplier")


def take_slugs(apps: Any, schema_editor: Any) -> None:
    """Let every address of before stay good."""
    for name in NAMES:
        apps.get_model("incidents", name).objects.update(handle=F("slug"))


def handle(**more: Any) -> models.SlugField:
    return models.SlugField(
        editable=False,
        help_text="What a list of incidents calls it in an address, made from the name once. Rows "
        "that share one are found together. The slug is for administrators alone.",
        max_length=140,
        **more,
    )


class Migration(migrations.Migration):
    dependencies = [("incidents", "0019_numbers_of_each_organisation")]

    operations = [
        *(migrations.AddField(name, "handle", handle(default="")) for name in NAMES),
        migrations.RunPython(take_slugs, migrations.RunPython.noop),
        *(migrations.AlterField(name, "handle", handle()) for name in NAMES),
    ]
