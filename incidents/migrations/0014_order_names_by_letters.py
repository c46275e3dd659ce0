"""Names stand by letters, whichever are capitals, on every database."""

from django.db import migrations
from django.db.models.functions import Lower


class Migration(migrations.Migration):

    dependencies = [
        ('incidents', '0013_former_priorities_of_the_deleted'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='organisation',
            options={'ordering': [Lower("name")]},
        ),
        migrations.AlterModelOptions(
            name='service',
            options={'ordering': [Lower("name")]},
        ),
        migrations.AlterModelOptions(
            name='servicecalendar',
            options={'ordering': [Lower("name")]},
        ),
        migrations.AlterModelOptions(
            name='supplier',
            options={'ordering': [Lower("name")]},
        ),
    ]
