"""Service levels in words: what was reached, what is wanted, and how long it took."""

from datetime import timedelta

from incidents.clock import in_hours, in_words, week_in_words
from incidents.models import Incident, ServiceCalendar
from reports.figures import Attainment, StepLevel
from reports.gauges import PERCENT
from reports.reported import ReportedIncident
from reports.verdicts import Target
from reports.wording.numbers import counted, number, plain, with_unit

ROUND_THE_CLOCK = "round the clock"
# Of the two ways to judge, the one that the targets mean, and the one beside it.
WITHOUT_SUPPLIERS = "without time on hold for suppliers"
WITH_SUPPLIERS = "with time on hold for suppliers counted"
NOT_GIVEN = "Not given"


def attainment_words(of: Attainment) -> str:
    """Say a performance with its counts, so that nobody takes it for a target: "9 of 16, 56%"."""
    if of.percent is None:
        return "nothing to judge"
    return f"{of.met} of {of.judged}, {with_unit(number(of.percent), PERCENT)}"


def target_words(target: Target | None) -> str:
    """Say a target with the word: "target 98%"."""
    return f"target {with_unit(plain(target.value), PERCENT)}" if target else "no target"


def limit_words(level: StepLevel) -> str:
    """Say the time that a target allows: "within 4 h, round the clock"; empty without one."""
    if level.limit is None:
        return ""
    if level.calendar is None:
        return f"within {in_words(level.limit)}, {ROUND_THE_CLOCK}"
    return f"within {in_hours(level.limit)} in the hours of {level.calendar}"


def limit_in_words(minutes: int, calendar: ServiceCalendar | None) -> str:
    """Say the minutes of a target: in days only where a day has 24 hours."""
    limit = timedelta(minutes=minutes)
    return in_hours(limit) if calendar else in_words(limit)


def clock_words(calendar: ServiceCalendar | None, local_zone: str) -> str:
    """Say when the clock of a target runs: "round the clock", or a calendar with its hours."""
    if calendar is None:
        return ROUND_THE_CLOCK
    parts = [week_in_words(calendar.week)]
    if calendar.time_zone != local_zone:
        parts.append(f"by the time of {calendar.time_zone.replace('_', ' ')}")
    if calendar.closed_on_bank_holidays:
        parts.append("closed on the bank holidays of England")
    if days := len(calendar.closing_days):
        parts.append(f"closed on {counted(days, 'day')} of its own")
    return f"in the hours of {calendar.name} ({', '.join(parts)})"


def breach_category_words(category: str) -> str:
    """Name a breach category; "" is one not given."""
    return str(Incident.Breach(category).label) if category else NOT_GIVEN


def lasted_words(incident: ReportedIncident) -> list[tuple[str, str]]:
    """Say what the clock time alone does not tell: the workaround, and where the clock stood still.

    Pairs of words and a duration, all in hours, so that they can be set against each other.
    """
    said = []
    if incident.workaround_at:
        said.append(("usable again after", incident.workaround_at - incident.opened_at))
    if incident.service_time is not None and incident.service_time != incident.lasted:
        said.append(("service time", incident.service_time))
    if incident.held_for_suppliers:
        said.append(("on hold for a supplier", incident.held_for_suppliers))
    return [(words, in_hours(duration)) for words, duration in said]


def clock_rules() -> list[tuple[str, str]]:
    """How holds count, and in which times an incident is told."""
    return [
        (
            "On hold",
            "While an incident awaits a supplier, a user or a change window, the clock of its "
            "target stands still and its due time moves. What was reached is therefore given "
            f"{WITHOUT_SUPPLIERS}; beside it stands what it would be {WITH_SUPPLIERS}.",
        ),
        (
            "How long",
            "Clock time from the opening to the resolution, at night and on holidays too. Where "
            "it differs, the service time stands beside it: the hours of the target less holds. "
            "Of several incidents the median is the one in the middle.",
        ),
    ]


def clock_terms() -> list[tuple[str, str]]:
    """The words of service levels for the glossary."""
    return [
        ("breach reason", "Why a target was missed: a category and a sentence."),
        ("clock time", "Time by the clock on the wall: every hour, day and night."),
        ("hold", "A time in which the clock of a target stands still, and why."),
        ("service time", "Time by the clock of a target: its opening hours less holds."),
    ]
