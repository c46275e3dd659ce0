"""Which incidents, texts and targets were changed between two states: named, never quoted."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import FieldDoesNotExist

from reports.models import CommitteeReport
from reports.publishing.kept import Kept, Plain
from reports.wording import listed

# What a person calls a part of an incident, and where a row keeps it.
PARTS = {
    "organisation": ("organisation",),
    "priority": ("priority",),
    "affected service": ("service",),
    "supplier": ("supplier",),
    "time of opening": ("opened_at",),
    "time of response": ("responded_at",),
    "time of the workaround": ("workaround_at",),
    "time of resolution": ("resolved_at",),
    "time on hold": ("held_for_suppliers",),
    "due times": ("respond_due_at", "resolve_due_at"),
    "cause": ("cause",),
    "reason": ("reason",),
    "resolution": ("resolution",),
    "problem plan": ("problem_plan", "problem_reference", "problem_title"),
    "breach reason": ("breach_category", "breach_reason"),
    "publication": ("not_for_publication", "publication_ground"),
}


def incidents_moved(
    before: Kept, now: Kept, names: dict[str, str], hidden: frozenset[str]
) -> Iterator[str]:
    """Say of each incident that stands in both what was changed of it."""
    shared = Counter(row["reference"] for row in now.incidents.values())
    for old, new in sorted(in_both(before, now), key=lambda pair: pair[1]["reference"]):
        reference, whose = new["reference"], names.get(new["organisation"])
        parts = [
            words for words, keys in PARTS.items() if any(differs(old, new, key) for key in keys)
        ]
        if parts and whose and reference not in hidden:
            which = f"{reference} of {whose}" if shared[reference] > 1 else reference
            yield f"{which}: {listed(parts)} changed."


def in_both(before: Kept, now: Kept) -> Iterator[tuple[Plain, Plain]]:
    """Pair the incidents that stand in both, also one that went to another organisation."""
    went, came = alone_in(before, now), alone_in(now, before)
    for place, new in now.incidents.items():
        if old := before.incidents.get(place):
            yield old, new
    for reference in went.keys() & came.keys():
        yield went[reference], came[reference]


def alone_in(here: Kept, there: Kept) -> dict[str, Plain]:
    """The incidents of one state alone, by reference; those that share one are left out."""
    rows = [row for place, row in here.incidents.items() if place not in there.incidents]
    found = Counter(row["reference"] for row in rows)
    return {row["reference"]: row for row in rows if found[row["reference"]] == 1}


def differs(old: Plain, new: Plain, key: str) -> bool:
    """What an edition did not keep yet says nothing."""
    return key in old and key in new and old[key] != new[key]


def texts_moved(old: Plain, new: Plain, names: dict[str, str], is_whole: bool) -> Iterator[str]:
    """Say in one sentence which texts of the report were changed.

    The texts of all organisations together count only where the report `is_whole`.
    """
    left_out = {"improvements"} if is_whole else {"improvements", *CommitteeReport.NARRATIVE}
    changed = [words_for(name) for name in old if name not in left_out and differs(old, new, name)]
    lists = [of.get("improvements", {}) for of in (old, new)]
    changed += [
        f"improvements of {name}"
        for slug, name in names.items()
        if lists[0].get(slug, []) != lists[1].get(slug, [])
    ]
    if changed:
        yield f"Texts changed: {listed(changed)}."


def words_for(name: str) -> str:
    """What the form calls a text; what is no field of the report goes by its own name."""
    try:
        field = CommitteeReport._meta.get_field(name)
    except FieldDoesNotExist:
        return name.replace("_", " ")
    return str(getattr(field, "verbose_name", name))


def targets_moved(old: Plain, new: Plain) -> Iterator[str]:
    """Say whose targets the appendix prints otherwise; other words for the same are no change."""
    subjects: dict[str, None] = {}
    for key in ("service_levels", "scores"):
        before, now = ([essence(line) for line in of[key]] for of in (old, new))
        moved = [line for line in (*before, *now) if line not in before or line not in now]
        subjects |= dict.fromkeys(subject for subject, *_ in moved)
    if subjects:
        yield f"Targets changed: {listed(list(subjects))}."


def essence(line: Plain) -> list[Any]:
    """What a line says, without the words that it is said in."""
    return [line["subject"], line["organisations"], line["since"], line.get("terms")]
