"""Keeps the former priorities of what was deleted before they were seen to."""

from typing import Any

from django.db import migrations


def keep_former_priorities(apps: Any, schema_editor: Any) -> None:
    """Keep the priorities that incidents had which were deleted before this was seen to."""
    former_priority = apps.get_model("incidents", "FormerPriority")
    there = set(apps.get_model("incidents", "Priority").objects.values_list("pk", flat=True))
    for deleted in apps.get_model("incidents", "DeletedIncident").objects.iterator():
        changes = [row["fields"] for row in deleted.rows if row["model"].endswith("prioritychange")]
        named = {each[end] for each in changes for end in ("before", "after")}
        for key in named & there - {deleted.priority_id}:
            former_priority.objects.create(deleted=deleted, priority_id=key)


class Migration(migrations.Migration):
    dependencies = [("incidents", "0012_former_priorities")]

    operations = [migrations.RunPython(keep_former_priorities, migrations.RunPython.noop)]
