"""The lists that people keep: which there are, for whom, and what is said of each."""

from django.db.models import QuerySet

from incidents.access import Viewer, writers_only
from incidents.forms import AccreditationForm
from incidents.forms import lists as forms
from incidents.models import (
    Accreditation,
    Organisation,
    Priority,
    ScoreTarget,
    Service,
    Supplier,
)
from incidents.tables import (
    AccreditationTable,
    NamedTable,
    OfferedTable,
    PriorityTable,
    ScoreTargetTable,
)
from incidents.views.lists import KeptList

NAMES = ("name",)


def accreditations_of(viewer: Viewer) -> QuerySet[Accreditation]:
    """Those of the organisations that somebody writes for."""
    rows = Accreditation.objects.select_related("organisation")
    return rows.filter(organisation__in=viewer.organisations)


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
        OfferedTable,
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
        OfferedTable,
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
        seen=lambda _: ScoreTarget.objects.select_related("organisation"),
    ),
    KeptList(
        Accreditation,
        AccreditationForm,
        AccreditationTable,
        says="What an organisation is certified for, until when, and what is still to do. The "
        "committee report prints it.",
        guard=writers_only,
        seen=accreditations_of,
    ),
]
