"""Missed targets in words: which, and what kept the incidents from them."""

from incidents.models import Incident
from reports.figures import Breach, MonthlyFigures
from reports.reported import ReportedIncident
from reports.wording.numbers import listed

# A sentence that names more is no longer read; the table under it has them all.
NAMED_EXCEPTIONS = 12


def exceptions_sentence(figures: MonthlyFigures, left_out: int = 0) -> str:
    """Name what missed its target and why, incident by incident; what went wrong comes first.

    `left_out` counts the incidents that a public version must not name.
    """
    judged = figures.total.resolution_judged + figures.total.response_judged
    if not judged:
        return "No response or resolution was judged against a target."
    named = [breach_named(each) for each in figures.breaches]
    if not named and not left_out:
        return "Response and resolution kept to target for every incident that was judged."
    parts = named[:NAMED_EXCEPTIONS]
    if others := len(named) - len(parts):
        parts.append(f"{others} more")
    if left_out:
        parts.append(f"{left_out} that this version leaves out")
    return f"Response and resolution kept to target with the exception of {listed(parts)}."


def breach_named(breach: Breach) -> str:
    """Say one incident with its reason: "Mosaic (INC-0306, resolution: supplier)"."""
    row, steps = breach.incident, listed([step.noun for step in breach.steps])
    return f"{row.service} ({row.reference}, {steps}: {breach_words(row)})"


def breach_words(incident: ReportedIncident) -> str:
    """Say what kept an incident from its target, or what of the reason is not given."""
    if incident.breach:
        return incident.breach.lower()
    return "no category given" if incident.breach_reason else "reason not given"


def reasons_sentence(figures: MonthlyFigures) -> str:
    """Add the reasons up: "The reasons: supplier 3, parts 1; 1 not given."; empty without any."""
    if not figures.breaches:
        return ""
    without = [each.incident for each in figures.breaches if not each.incident.breach_category]
    told = sum(bool(row.breach_reason) for row in without)
    parts = [
        ", ".join(
            f"{Incident.Breach(category).label.lower()} {count}"
            for category, count in figures.breach_categories.items()
            if category
        ),
        f"{told} without a category" if told else "",
        f"{len(without) - told} not given" if len(without) > told else "",
    ]
    return f"The reasons: {'; '.join(filter(None, parts))}."
