"""What a person types, turned into rows of the record.

Each module imports only what stands to its left: fields ► saving ► once ► incident, problem;
saving ► scores, people, lists;  incident ► change, holds;  saving ► previewed ► targets;
saving ► opening_hours;  previewed, opening_hours ► calendars
"""

from incidents.forms.calendars import CalendarForm
from incidents.forms.change import ChangeIncidentForm
from incidents.forms.holds import HoldFormSet
from incidents.forms.incident import IncidentForm
from incidents.forms.lists import MergeForm
from incidents.forms.people import PersonForm
from incidents.forms.problem import ProblemRecordForm
from incidents.forms.scores import MonthScores
from incidents.forms.targets import RemoveTargetForm, TargetForm

__all__ = [
    "CalendarForm",
    "ChangeIncidentForm",
    "HoldFormSet",
    "IncidentForm",
    "MergeForm",
    "MonthScores",
    "PersonForm",
    "ProblemRecordForm",
    "RemoveTargetForm",
    "TargetForm",
]
