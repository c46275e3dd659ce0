"""Every page that a person may meet, and who opens it: for pictures, and what holds everywhere.

The addresses are those of the sample months, of which February 2019 is published.
"""

from typing import NamedTuple

MARCH = "/months/2019-03"


class Page(NamedTuple):
    """A page by the name of its picture, its address, and the demo user who opens it.

    in_march: shows the running month, so that the picture is of a day on which there is something
    to see.
    """

    name: str
    path: str
    person: str = "administrator"
    in_march: bool = False


PAGES = (
    Page("gauges", "/", "director", in_march=True),
    Page("wall", "/wall/", "director", in_march=True),
    Page("months", "/months/", "director"),
    Page("month", f"{MARCH}/", "director"),
    Page("month-to-prepare", f"{MARCH}/"),
    Page("month-empty", "/months/2001-01/"),
    Page("gauge", f"{MARCH}/gauges/p2-resolved-city-of-london-corporation/", "director"),
    Page("gauge-nps", f"{MARCH}/gauges/nps/", "director"),
    Page("service-levels", f"{MARCH}/service-levels/", "director"),
    Page("scores", f"{MARCH}/scores/"),
    Page("report", f"{MARCH}/report/"),
    Page("report-edit", f"{MARCH}/report/edit/"),
    Page("publish", f"{MARCH}/publish/"),
    Page("archive", "/archive/"),
    Page("check-edition", "/editions/check/"),
    Page("incidents", "/incidents/?month=2019-03"),
    Page("incidents-none", "/incidents/?q=nothing-like-it"),
    Page("incident", "/incidents/INC-0309/"),
    Page("incident-clock", "/incidents/INC-0309/clock/"),
    Page("incident-holds", "/incidents/INC-0309/holds/"),
    Page("incident-new", "/incidents/new/", "corporation-manager"),
    Page("incident-edit", "/incidents/INC-0309/edit/"),
    Page("incident-history", "/incidents/INC-0309/history/"),
    Page("incident-delete", "/incidents/INC-0309/delete/"),
    Page("incidents-deleted", "/incidents/deleted/"),
    Page("history", "/history/"),
    Page("problems", "/problems/"),
    Page("problem", "/problems/PRB-0044/"),
    Page("problem-new", "/problems/new/", "corporation-manager"),
    Page("targets", "/targets/"),
    Page("target-new", "/targets/new/"),
    Page("calendar-new", "/calendars/new/"),
    Page("people", "/people/"),
    Page("people-invite", "/people/invite/"),
    Page("screens", "/screens/"),
    Page("screen-new", "/screens/new/"),
    Page("organisations", "/organisations/"),
    Page("services", "/services/"),
    Page("service-edit", "/services/telephony/edit/"),
    Page("service-merge", "/services/telephony/merge/"),
    Page("suppliers", "/suppliers/"),
    Page("priorities", "/priorities/"),
    Page("score-targets", "/score-targets/"),
    Page("accreditations", "/accreditations/", "corporation-manager"),
    Page("accreditation-new", "/accreditations/new/", "corporation-manager"),
    Page("glossary", "/glossary-terms/"),
    Page("sign-in", "/accounts/login/", ""),
    Page("accessibility", "/accessibility/", ""),
    Page("offline", "/offline/", ""),
    Page("two-factor", "/accounts/two-factor/"),
    Page("password", "/accounts/password/"),
    Page("not-found", "/months/2019-13/"),
    Page("not-allowed", "/targets/", "director"),
)
