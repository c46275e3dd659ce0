"""Publishing a month: one frozen edition, whoever presses first, and what moved after it.

Each module imports only what stands to its left:

kept ► figures_moved, rows_moved ► changes ► preparing ► states, checking, storing;
webpage ► files ► storing, drafts
"""

from reports.publishing.changes import changes_since
from reports.publishing.checking import NO_EDITION, told_by
from reports.publishing.files import names_of
from reports.publishing.preparing import (
    JustPublished,
    NotPublished,
    Prepared,
    latest_edition,
    obstacle,
    prepared,
    when_and_by_whom,
)
from reports.publishing.states import latest_numbers, state_of
from reports.publishing.storing import publish

__all__ = [
    "NO_EDITION",
    "JustPublished",
    "NotPublished",
    "Prepared",
    "changes_since",
    "latest_edition",
    "latest_numbers",
    "names_of",
    "obstacle",
    "prepared",
    "publish",
    "state_of",
    "told_by",
    "when_and_by_whom",
]
