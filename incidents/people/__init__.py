"""People: who may sign in, and what administrators change of them.

Each module imports only what stands to its left: finding ► remembering ► changes
"""

from incidents.people.changes import (
    Details,
    change,
    deactivate,
    invite,
    reactivate,
    set_members,
    take_members_away,
)
from incidents.people.finding import (
    ADMINISTERS,
    IN_STATE,
    State,
    everybody,
    mentioning,
    name_of,
    state_of,
    whose,
    with_role,
)
from incidents.people.remembering import keeping_history, remember

__all__ = [
    "ADMINISTERS",
    "IN_STATE",
    "Details",
    "State",
    "change",
    "deactivate",
    "everybody",
    "invite",
    "keeping_history",
    "mentioning",
    "name_of",
    "reactivate",
    "remember",
    "set_members",
    "state_of",
    "take_members_away",
    "whose",
    "with_role",
]
