"""Two who write the same: who changed what, from what was seen, what is on record, what is typed.

A form sends along a mark of every value that its person saw. So words that one of the two did not
touch never stand in the way of the other.
"""

import json
from collections.abc import Mapping
from enum import Enum
from hashlib import sha256


class ChangedBy(Enum):
    """Whose the difference is between what is typed and what is on record."""

    NOBODY = "nobody"
    ME = "me"
    THEM = "them"
    BOTH = "both"


def changed_by(typed: str, on_record: str, seen: str | None) -> ChangedBy:
    """Tell who changed a value; `seen` is its mark as the form was opened, None if not known."""
    if typed == on_record:
        return ChangedBy.NOBODY
    if mark_of(on_record) == seen:
        return ChangedBy.ME
    return ChangedBy.THEM if mark_of(typed) == seen else ChangedBy.BOTH


def mark_of(words: str) -> str:
    return sha256(words.encode(errors="replace")).hexdigest()[:16]


def as_seen(values: Mapping[str, str]) -> str:
    """Write down the marks of values by their names, for a form to send along."""
    return json.dumps({name: mark_of(words) for name, words in values.items()})


def seen_before(text: str) -> dict[str, str]:
    """Read what `as_seen` wrote; of anything else nothing was seen."""
    try:
        marks = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return marks if isinstance(marks, dict) else {}


def one_kind_of_break(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").strip()
