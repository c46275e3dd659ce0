"""The priorities that a deleted incident had before stay, so that it can come back."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('incidents', '0011_screens'),
    ]

    operations = [
        migrations.CreateModel(
            name='FormerPriority',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deleted', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_priorities', to='incidents.deletedincident')),
                ('priority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='incidents.priority')),
            ],
            options={
                'verbose_name': 'former priority of a deleted incident',
                'verbose_name_plural': 'former priorities of deleted incidents',
            },
        ),
    ]
