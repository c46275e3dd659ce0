"""Numbers are given out to each organisation apart, so that no gap tells what another one logs.

The first organisation goes on from the last number that was given out to any of them.
"""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def part(apps: Any, schema_editor: Any) -> None:
    first = apps.get_model("incidents", "Organisation").objects.filter(block=0).first()
    for former in apps.get_model("incidents", "FormerSequence").objects.all() if first else ():
        apps.get_model("incidents", "ReferenceSequence").objects.create(
            prefix=former.prefix, organisation=first, last=former.last
        )


def join(apps: Any, schema_editor: Any) -> None:
    """Go on from the last number of the first organisation; what is on record is skipped."""
    for of_first in apps.get_model("incidents", "ReferenceSequence").objects.filter(
        organisation__block=0
    ):
        apps.get_model("incidents", "FormerSequence").objects.create(
            prefix=of_first.prefix, last=of_first.last
        )


class Migration(migrations.Migration):
    dependencies = [("incidents", "0018_blocks_of_numbers")]

    operations = [
        migrations.RenameModel("ReferenceSequence", "FormerSequence"),
        migrations.CreateModel(
            name="ReferenceSequence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("prefix", models.CharField(max_length=10)),
                ("last", models.PositiveBigIntegerField(default=0)),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="incidents.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("prefix", "organisation"),
                        name="one_sequence_of_each_organisation",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("organisation", None)),
                        fields=("prefix",),
                        name="one_sequence_of_no_organisation",
                    ),
                ],
            },
        ),
        migrations.RunPython(part, join),
        migrations.DeleteModel("FormerSequence"),
    ]
