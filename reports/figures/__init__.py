"""A month added up: gathered once, frozen, and read by every face.

rates ► recurring ► values;  rates ► scores;  record, scores, values ► gather
"""

from reports.figures.gather import figures_for, figures_over, reported_figures_over
from reports.figures.rates import Attainment, Escalation, NpsFigures, Satisfaction, Usual
from reports.figures.record import MonthOnRecord, months_on_record
from reports.figures.recurring import Recurring
from reports.figures.values import (
    MissedTarget,
    MonthlyFigures,
    OrganisationFigures,
    PriorityFigures,
    SupplierFigures,
)

__all__ = [
    "Attainment",
    "Escalation",
    "MissedTarget",
    "MonthOnRecord",
    "MonthlyFigures",
    "NpsFigures",
    "OrganisationFigures",
    "PriorityFigures",
    "Recurring",
    "Satisfaction",
    "SupplierFigures",
    "Usual",
    "figures_for",
    "figures_over",
    "months_on_record",
    "reported_figures_over",
]
