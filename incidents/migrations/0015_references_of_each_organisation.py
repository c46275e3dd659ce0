"""A reference is an organisation's own: another one may have the same, and knows nothing of it."""

from django.db import migrations, models

import incidents.text


class Migration(migrations.Migration):
    dependencies = [("incidents", "0014_order_names_by_letters")]

    operations = [
        migrations.AlterField(
            model_name="deletedincident",
            name="reference",
            field=models.CharField(
                blank=True,
                help_text="Leave empty for the next free number.",
                max_length=30,
                validators=[incidents.text.reference_text],
            ),
        ),
        migrations.AlterField(
            model_name="incident",
            name="reference",
            field=models.CharField(
                blank=True,
                help_text="Leave empty for the next free number.",
                max_length=30,
                validators=[incidents.text.reference_text],
            ),
        ),
        migrations.AlterField(
            model_name="problemrecord",
            name="reference",
            field=models.CharField(
                blank=True,
                help_text="Leave empty for the next free number.",
                max_length=30,
                validators=[incidents.text.reference_text],
            ),
        ),
        migrations.AddConstraint(
            model_name="deletedincident",
            constraint=models.UniqueConstraint(
                fields=("reference", "organisation"), name="one_deleted_incident_of_each_reference"
            ),
        ),
        migrations.AddConstraint(
            model_name="incident",
            constraint=models.UniqueConstraint(
                fields=("reference", "organisation"), name="one_incident_of_each_reference"
            ),
        ),
        migrations.AddConstraint(
            model_name="problemrecord",
            constraint=models.UniqueConstraint(
                fields=("reference", "organisation"), name="one_problem_of_each_reference"
            ),
        ),
        migrations.AddConstraint(
            model_name="problemrecord",
            constraint=models.UniqueConstraint(
                condition=models.Q(("organisation", None)),
                fields=("reference",),
                name="one_problem_of_each_reference_of_no_organisation",
            ),
        ),
    ]
