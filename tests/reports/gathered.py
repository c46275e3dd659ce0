"""The figures of a month as tests gather them: after it was over, for both organisations."""

from incidents.models import Organisation
from incidents.month import Month
from reports.figures import MonthlyFigures, OrganisationFigures, figures_for
from tests.builders import CORPORATION, MARCH, POLICE, moment

AFTERWARDS = moment("2019-05-30 09:00")


def figures(month: Month = MARCH, *names: str) -> MonthlyFigures:
    wanted = Organisation.objects.filter(name__in=names or [CORPORATION, POLICE])
    return figures_for(month, list(wanted), as_at=AFTERWARDS)


def of(found: MonthlyFigures, name: str) -> OrganisationFigures:
    return next(each for each in found.organisations if each.name == name)
