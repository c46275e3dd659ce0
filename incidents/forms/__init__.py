"""What a person types, turned into rows of the record.

Each module imports only what stands to its left: fields ► saving ► incident, problem, scores
"""

from incidents.forms.incident import IncidentForm
from incidents.forms.problem import ProblemRecordForm
from incidents.forms.scores import MonthScores

__all__ = ["IncidentForm", "MonthScores", "ProblemRecordForm"]
