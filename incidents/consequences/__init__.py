"""What a change of targets or calendars would mean, worked out before anything is saved.

Each module imports only what stands to its left: stretches ► change ► touched, examples
"""

from incidents.consequences.change import Change, read_targets
from incidents.consequences.examples import (
    Examples,
    examples_of,
    examples_of_hours,
    is_to_come,
)
from incidents.consequences.touched import Touched, TouchedMonth, VerdictChange, touched_by

__all__ = [
    "Change",
    "Examples",
    "Touched",
    "TouchedMonth",
    "VerdictChange",
    "examples_of",
    "examples_of_hours",
    "is_to_come",
    "read_targets",
    "touched_by",
]
