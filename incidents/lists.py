"""The lists that administrators keep: which there are, and what is said of each."""

from incidents.forms import lists as forms
from incidents.models import Organisation, Priority, ScoreTarget, Service, Supplier
from incidents.tables import NamedTable, PriorityTable, ScoreTargetTable
from incidents.views.lists import KeptList

NAMES = ("name",)

LISTS = [
    KeptList(
        Organisation,
        forms.OrganisationForm,
        NamedTable,
        says="The bodies that the desk serves. Whoever belongs to none of them sees no records.",
        instead="Its records belong to the months that they were made in, so it stays. Rename it, "
        "or take its members away: then administrators alone see it.",
        key="slug",
    ),
    KeptList(
        Service,
        forms.ServiceForm,
        NamedTable,
        says="What the desk keeps running. Logging an incident adds a name that is new; here it is "
        "put right.",
        instead="Rename it, or merge it into the one that it is the same as.",
        key="slug",
        searched=NAMES,
        merges=True,
    ),
    KeptList(
        Supplier,
        forms.SupplierForm,
        NamedTable,
        says="The third parties on whom incidents depend. Logging an incident adds a name that is "
        "new; here it is put right.",
        instead="Rename it, or merge it into the one that it is the same as.",
        key="slug",
        searched=NAMES,
        merges=True,
    ),
    KeptList(
        Priority,
        forms.PriorityForm,
        PriorityTable,
        says="How serious an incident is, and which of them the committee report lists.",
        instead="Rename it, or say something else of it. Its incidents can be given another "
        "priority one by one, and its targets removed.",
    ),
    KeptList(
        ScoreTarget,
        forms.ScoreTargetForm,
        ScoreTargetTable,
        says="What satisfaction and the user escalation rate should reach. A month is judged by "
        "what is in force on its last day: an organisation’s own, else the one for all.",
        instead="",
    ),
]
