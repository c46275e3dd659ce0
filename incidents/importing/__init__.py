"""Records from files: read, previewed, and only then written.

`preview(kind, content)` reads a file and says what it would do, without writing; `apply` writes
a preview that has no faults. The command line and the browser both go this way.

Each module imports only what stands to its left:
cells ► sheet ► outcome ► names ► problem_plans ► incident_rows ► incident_updates
► incident_files ► kinds;  names ► score_files ► kinds
"""

from incidents.importing.kinds import KINDS, apply, preview
from incidents.importing.outcome import Preview
from incidents.importing.sheet import Fault, Refused

__all__ = ["KINDS", "Fault", "Preview", "Refused", "apply", "preview"]
