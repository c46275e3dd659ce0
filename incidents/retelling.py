"""The history as a page tells it: who, what, when, and both values of each change side by side."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.apps import apps

from incidents.differences import Sides, sides
from incidents.models import HistoryEntry, Recorded
from incidents.people import name_of
from incidents.veiling import veiled_record

Action = HistoryEntry.Action
PERSON = "user"


@dataclass(frozen=True, slots=True)
class Told:
    """An entry in words; `record` asks for all that was done to the same record."""

    at: datetime
    who: str
    via: str
    what: str
    kind: str
    name: str
    part: str
    record: str
    why: str
    changes: list[tuple[str, Sides]]
    # What is created, deleted or restored has values, which are no changes.
    has_one_side: bool


@cache
def kinds() -> dict[str, str]:
    """What a person calls each kind of rows that keep their history, by the name of its model."""
    models = (model for model in apps.get_models() if issubclass(model, Recorded))
    words = {
        str(each._meta.model_name): each.CALLED or str(each._meta.verbose_name) for each in models
    }
    return dict(sorted((words | {PERSON: "person"}).items(), key=lambda each: each[1].casefold()))


def told(entries: Iterable[HistoryEntry]) -> Iterator[Told]:
    """Tell entries, of which `by` is fetched already."""
    for entry in entries:
        yield Told(
            at=entry.at,
            who=who(entry),
            via=entry.via,
            what=entry.get_action_display(),
            kind=kinds().get(entry.kind, entry.kind),
            name=entry.name,
            part=entry.part,
            record=veiled_record(entry.record),
            why=entry.why,
            changes=[(label, sides(said, says)) for label, said, says in entry.changes],
            has_one_side=entry.action != Action.CHANGED,
        )


def who(entry: HistoryEntry) -> str:
    """Return the name of whoever did it, "" where nobody was signed in."""
    return name_of(entry.by) if entry.by else ""
