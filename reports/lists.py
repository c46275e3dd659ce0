"""The lists of the reading that people keep, as incidents.lists says those of the record."""

from incidents.access import writers_only
from incidents.views.lists import KeptList
from reports.forms.glossary import GlossaryTermForm
from reports.models import GlossaryTerm
from reports.tables import GlossaryTable

GLOSSARY = KeptList(
    GlossaryTerm,
    GlossaryTermForm,
    GlossaryTable,
    says="The abbreviations that the committee report explains in the months that use them.",
    searched=("abbreviation", "meaning"),
    guard=writers_only,
)
