"""Who may see and do what: the one place that decides.

viewers ► rights, screens, guards
"""

from incidents.access.guards import (
    administrators_only,
    history_only,
    open_to_anybody,
    open_to_screens,
    writers_only,
)
from incidents.access.rights import Rights, rights_of, viewers_with
from incidents.access.screens import (
    SCREEN_COOKIE,
    ScreenViewer,
    let_in_as_screen,
    viewers_of_screens,
)
from incidents.access.viewers import Role, Viewer, roles_of, viewer, viewer_of

__all__ = [
    "SCREEN_COOKIE",
    "Rights",
    "Role",
    "ScreenViewer",
    "Viewer",
    "administrators_only",
    "history_only",
    "let_in_as_screen",
    "open_to_anybody",
    "open_to_screens",
    "rights_of",
    "roles_of",
    "viewer",
    "viewer_of",
    "viewers_of_screens",
    "viewers_with",
    "writers_only",
]
