"""Each organisation has a block of numbers of its own, in the order in which they were made."""

from typing import Any

from django.db import migrations, models


def give_blocks(apps: Any, schema_editor: Any) -> None:
    organisations = apps.get_model("incidents", "Organisation").objects
    for block, key in enumerate(organisations.order_by("pk").values_list("pk", flat=True)):
        organisations.filter(pk=key).update(block=block)


def block(**more: Any) -> models.PositiveIntegerField:
    return models.PositiveIntegerField(
        editable=False,
        help_text="In which row of numbers its references are given out: see ReferenceSequence.",
        **more,
    )


class Migration(migrations.Migration):
    dependencies = [("incidents", "0017_names_offered_to_all")]

    operations = [
        migrations.AddField("organisation", "block", block(null=True)),
        migrations.RunPython(give_blocks, migrations.RunPython.noop),
        migrations.AlterField("organisation", "block", block(unique=True)),
    ]
