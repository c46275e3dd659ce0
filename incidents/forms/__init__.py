"""What a person types, turned into rows of the record.

Each module imports only what stands to its left: at_once ► values, saving, lately ► changing ► once
► incident, problem;  fields ► incident, problem, targets;  incident ► change, holds;
changing ► scores, previewed;  previewed ► targets;  previewed, opening_hours ► calendars;
at_once ► shown;  fields, saving, shown ► people;
fields, changing, shown ► lists ► accreditations, screens;  once ► screens;  reason
"""

from incidents.forms.accreditations import AccreditationForm
from incidents.forms.calendars import CalendarForm
from incidents.forms.change import ChangeIncidentForm
from incidents.forms.holds import HoldFormSet
from incidents.forms.incident import IncidentForm
from incidents.forms.lists import MergeForm
from incidents.forms.people import PersonForm
from incidents.forms.problem import ProblemRecordForm
from incidents.forms.reason import ReasonForm
from incidents.forms.scores import MonthScores
from incidents.forms.targets import RemoveTargetForm, TargetForm

__all__ = [
    "AccreditationForm",
    "CalendarForm",
    "ChangeIncidentForm",
    "HoldFormSet",
    "IncidentForm",
    "MergeForm",
    "MonthScores",
    "PersonForm",
    "ProblemRecordForm",
    "ReasonForm",
    "RemoveTargetForm",
    "TargetForm",
]
