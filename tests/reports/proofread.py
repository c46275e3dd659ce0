"""Figures made by hand, those of the published March 2019 among them, and doubts about a text."""

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

from reports.figures import (
    Attainment,
    Escalation,
    MonthlyFigures,
    NpsFigures,
    OrganisationFigures,
    Satisfaction,
)
from reports.figures.values import PriorityFigures
from reports.prose import contradictions
from reports.tally import Tally
from reports.verdicts import Target
from tests.builders import CORPORATION, MARCH, POLICE

FLOOR = 10


def priority(name: str, counts: tuple[int, ...], reported: bool = True) -> PriorityFigures:
    """A priority by its total, the external ones, those responded to and resolved in time."""
    total, external, responded, resolved = counts
    return PriorityFigures(
        name=name,
        reported=reported,
        tally=Tally(total, external, total - external, responded, total, resolved, total),
        responded=Attainment(responded, total, Target(Decimal(98))),
        resolved=Attainment(resolved, total, Target(Decimal(98))),
    )


def organisation(
    name: str, p1: tuple[int, ...], p2: tuple[int, ...], good: int, escalated: int
) -> OrganisationFigures:
    return OrganisationFigures(
        name=name,
        slug=name.lower().replace(" ", "-"),
        priorities=(
            priority("P1", p1),
            priority("P2", p2),
            priority("P3", (150, 3, 150, 140), reported=False),
        ),
        satisfaction=Satisfaction(good, 200, Fraction(good, 2), Target(Decimal(85)), FLOOR),
        escalation=Escalation(escalated, 1684, None),
        nps=None,
    )


def figures(*organisations: OrganisationFigures, scores: tuple[int, ...] = ()) -> MonthlyFigures:
    months = [MARCH - 2, MARCH - 1, MARCH]
    known = [*map(Fraction, scores), None, None, None][:3]
    nps = NpsFigures(tuple(zip(months, known, strict=True)), None, Decimal(50))
    return MonthlyFigures(
        month=MARCH,
        as_at=datetime(2019, 4, 10, tzinfo=UTC),
        organisations=organisations,
        nps=nps,
        earlier=(),
        incidents=(),
        history={},
        began={},
        recurring=(),
        is_whole=True,
    )


# The counts and scores of the published original.
THE_CORPORATION = organisation(CORPORATION, (2, 2, 2, 1), (6, 4, 6, 4), 180, 32)
THE_POLICE = organisation(POLICE, (2, 1, 2, 2), (3, 2, 3, 3), 200, 12)
MARCH_2019 = figures(THE_CORPORATION, THE_POLICE, scores=(70, 68, 71))


def doubts(text: str, about: MonthlyFigures = MARCH_2019, elsewhere: str = "") -> list[str]:
    others = [elsewhere] if elsewhere else []
    return [str(each) for each in contradictions([text], about, others)]


ORIGINAL = """\
The overall service performance was good during the period with good levels of satisfaction \
being reported.

There was a total of 13 incidents for the City of London Corporation and City of London Police \
in March. This is higher than usual, although 9 of these were caused by external factors such as \
supplier failures outside of the direct control of the IT service.

Response and resolution times were within expected timelines for most incidents, with the \
exception of the telephony controller failure, the Tower Bridge network and the Mosaic issue, \
which each required extensive work from the 3rd parties to resolve.

- There were **2** P1 incidents for City of London Corporation and **2** for City of London Police.
- There were **6** P2 incidents for the City of London Corporation and **3** for City of London \
Police.
- The Net Promoter Score average for the City of London Corporation/City of London Police for \
the last 3 months is **69.67**. Any score over **50** is considered very good.
- **90%** of users who completed the customer satisfaction survey following contact with the \
City of London Service Desk reported a good or very good experience.
- **100%** of users reported a good or very good experience of the City of London Police Service \
Desk.

PSN accreditation sign off has been completed for another 12 months. This is the end result of \
6 months of remediation work.

Very low number of user escalations, just **1.9%** of open Service Desk contacts were escalated \
by users. The ISO27001 audit took place 23rd & 24th April 2019.
"""
