"""The rows of the record.

Each module imports only what stands to its left:
history, numbers, uniqueness ► recorded ► catalogue ► calendars ► targets;
catalogue ► references ► problem ► deleted;  targets, deleted ► incident ► holds, sending;
calendars ► recomputation;  catalogue ► feedback, accreditation, people, screens
"""

from incidents.models.accreditation import Accreditation, AccreditationAction
from incidents.models.calendars import PublishedMonth, ServiceCalendar
from incidents.models.catalogue import Organisation, Priority, Service, Supplier
from incidents.models.deleted import DeletedIncident, FormerPriority
from incidents.models.feedback import ContactVolume, NpsScore, SatisfactionScore
from incidents.models.history import HistoryEntry
from incidents.models.holds import Hold, PriorityChange
from incidents.models.incident import Incident
from incidents.models.people import TwoFactorDemand
from incidents.models.problem import ProblemRecord
from incidents.models.recomputation import Recomputation
from incidents.models.recorded import Recorded
from incidents.models.references import Referenced, ReferenceSequence
from incidents.models.screens import Screen, ScreenOrganisation
from incidents.models.sending import Sending
from incidents.models.targets import ScoreTarget, ServiceLevelTarget, TargetBook

__all__ = [
    "Accreditation",
    "AccreditationAction",
    "ContactVolume",
    "DeletedIncident",
    "FormerPriority",
    "HistoryEntry",
    "Hold",
    "Incident",
    "NpsScore",
    "Organisation",
    "Priority",
    "PriorityChange",
    "ProblemRecord",
    "PublishedMonth",
    "Recomputation",
    "Recorded",
    "ReferenceSequence",
    "Referenced",
    "SatisfactionScore",
    "ScoreTarget",
    "Screen",
    "ScreenOrganisation",
    "Sending",
    "Service",
    "ServiceCalendar",
    "ServiceLevelTarget",
    "Supplier",
    "TargetBook",
    "TwoFactorDemand",
]
