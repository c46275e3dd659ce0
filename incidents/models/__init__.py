"""The rows of the record.

Each module imports only what stands to its left:
numbers ► catalogue ► targets ► problem ► incident;  catalogue ► feedback, accreditation
"""

from incidents.models.accreditation import Accreditation, AccreditationAction
from incidents.models.catalogue import Organisation, Priority, ReferenceSequence, Service, Supplier
from incidents.models.feedback import ContactVolume, NpsScore, SatisfactionScore
from incidents.models.incident import Incident
from incidents.models.problem import ProblemRecord
from incidents.models.targets import ScoreTarget, ServiceLevelTarget, TargetBook

__all__ = [
    "Accreditation",
    "AccreditationAction",
    "ContactVolume",
    "Incident",
    "NpsScore",
    "Organisation",
    "Priority",
    "ProblemRecord",
    "ReferenceSequence",
    "SatisfactionScore",
    "ScoreTarget",
    "Service",
    "ServiceLevelTarget",
    "Supplier",
    "TargetBook",
]
