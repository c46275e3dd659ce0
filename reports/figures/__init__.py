"""A month added up: gathered once, frozen, and read by every face.

rates ► recurring, service_levels ► values;  rates ► scores ► score_rows;
record, score_rows, values ► gather;
scores, service_levels ► every_priority
"""

from reports.figures.every_priority import every_priority_of
from reports.figures.gather import figures_for, figures_over, reported_figures_over
from reports.figures.rates import Attainment, Escalation, NpsFigures, Satisfaction, Usual
from reports.figures.record import MonthOnRecord, months_on_record
from reports.figures.recurring import Recurring
from reports.figures.service_levels import (
    Breaches,
    HowLong,
    OrganisationLevels,
    PriorityLevel,
    StepLevel,
    Times,
)
from reports.figures.values import (
    Breach,
    MissedTarget,
    MonthlyFigures,
    OrganisationFigures,
    PriorityFigures,
    SupplierFigures,
)

__all__ = [
    "Attainment",
    "Breach",
    "Breaches",
    "Escalation",
    "HowLong",
    "MissedTarget",
    "MonthOnRecord",
    "MonthlyFigures",
    "NpsFigures",
    "OrganisationFigures",
    "OrganisationLevels",
    "PriorityFigures",
    "PriorityLevel",
    "Recurring",
    "Satisfaction",
    "StepLevel",
    "SupplierFigures",
    "Times",
    "Usual",
    "every_priority_of",
    "figures_for",
    "figures_over",
    "months_on_record",
    "reported_figures_over",
]
