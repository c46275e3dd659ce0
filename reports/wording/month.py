"""A month in words: counts against the usual, and what users say."""

from django.conf import settings

from reports.figures import MonthlyFigures, NpsFigures, Satisfaction, Usual
from reports.measures import MONTHS_FOR_USUAL
from reports.verdicts import Verdict
from reports.wording.numbers import NOT_RECORDED, counted, listed, number, plain

ALL_TOGETHER = "All organisations together"


def usual_words(usual: Usual) -> str:
    """Say how a count stands to the twelve months before it (rule: XmR limits)."""
    if usual.printed is None:
        return "too little history to say what is usual"
    if usual.is_higher:
        return "higher than usual"
    if usual.is_lower:
        return "lower than usual"
    if usual.is_running:
        return f"so far; a whole month usually has {usual_number(usual)}"
    return f"within the usual range of {usual_range(usual)}"


def usual_in_short(usual: Usual) -> str:
    """Say how a count stands to the usual where there is little room."""
    if usual.printed is None:
        return "too little history"
    if usual.is_higher or usual.is_lower:
        return usual_words(usual)
    return f"usually {usual_number(usual)} a month"


def usual_range(usual: Usual) -> str:
    """Say the natural limits: "3.3 to 10.5", or the one number of a series that never varies."""
    if usual.printed is None:
        return ""
    _, lower, upper = map(number, usual.printed)
    return lower if lower == upper else f"{lower} to {upper}"


def usual_number(usual: Usual) -> str:
    """Say how many a month usually has: its range, or that it has none."""
    return usual_range(usual) if any(usual.printed or ()) else "none"


def usual_sentence(usual: Usual) -> str:
    """Set a month's count beside its usual range, with the figures that it rests on."""
    if usual.printed is None:
        months = counted(usual.months, "month")
        return (
            f"There is {usual_words(usual)}: {months} of the {MONTHS_FOR_USUAL} before on record."
        )
    said = "The month is still running" if usual.is_running else f"This is {usual_words(usual)}"
    if usual.is_higher:
        said = "This is higher than usual"
    if not any(usual.printed):
        return f"{said}: there were none in the {usual.months} months before."
    before = f"the {usual.months} months before had {number(usual.printed[0])} on average"
    if usual.is_running or usual.is_higher or usual.is_lower:
        return f"{said}: {before}, with a usual range of {usual_range(usual)}."
    # It has just said the range.
    return f"{said}: {before}."


def incidents_sentence(figures: MonthlyFigures) -> str:
    """Say how many reported incidents a month had, for whom and how many from outside."""
    total = figures.total
    whom = listed([each.name for each in figures.organisations])
    names = reported_names(figures)
    if not names:
        return "No priority is listed in the committee report."
    if not total.total:
        return f"There were no {listed(names, 'or')} incidents for {whom} in {figures.month.label}."
    one = total.total == 1
    kinds = listed(names, "or" if one else "and")
    said = (
        f"There {'was' if one else 'were'} {counted(total.total, f'{kinds} incident')} "
        f"for {whom} in {figures.month.label}."
    )
    if not total.external:
        return f"{said} None had an external cause."
    return (
        f"{said} {total.external} of {total.total} had an external cause, "
        "outside the direct control of the IT service."
    )


def reported_names(figures: MonthlyFigures) -> list[str]:
    """The names of the priorities that the report lists, worst first."""
    if not figures.organisations:
        return []
    return [each.name for each in figures.organisations[0].priorities if each.reported]


def priority_sentence(count: int, priority: str, organisation: str) -> str:
    """Say how many incidents of one priority one organisation had."""
    if not count:
        return f"There were no {priority} incidents for {organisation}."
    verb = "was" if count == 1 else "were"
    return f"There {verb} {counted(count, f'{priority} incident')} for {organisation}."


def nps_sentence(nps: NpsFigures) -> str:
    """Say the three-month average, or which month keeps it from being worked out.

    Empty for those to whom the score of all together is not told.
    """
    if not nps.scores:
        return ""
    if nps.three_month_average is None:
        missing = listed([month.label for month in nps.missing])
        verb = "has" if len(nps.missing) == 1 else "have"
        return f"There is no three-month Net Promoter Score: {missing} {verb} no score on record."
    months = listed([month.label for month, _ in nps.scores])
    average = number(nps.three_month_average)
    mark = "above" if nps.is_very_good else "a very good score is above"
    return (
        f"The Net Promoter Score averaged {average} over {months}; this is {nps_words(nps)} "
        f"({mark} {plain(nps.threshold)})."
    )


def nps_words(nps: NpsFigures) -> str:
    """Say what the average is worth, for programs and people alike."""
    return "considered very good" if nps.is_very_good else "not considered very good"


def satisfaction_sentence(satisfaction: Satisfaction, organisation: str) -> str:
    """Say how content the users of one organisation are, with how many answered."""
    of = satisfaction
    if of.percent is None:
        return f"Satisfaction of {organisation} users is {NOT_RECORDED}."
    said = (
        f"{number(of.percent)}% of {organisation} users who answered "
        "called their experience good or very good"
    )
    if of.responses is None:
        return f"{said}; the number of answers is {NOT_RECORDED}."
    few = "; that is too few answers to judge" if of.verdict is Verdict.TOO_FEW else ""
    return f"{said} ({of.good} of {of.responses}){few}."


def rows_rule() -> str:
    """The rule of counting that the report prints, with its cut-off."""
    return (
        "A month holds the incidents opened in it, from 00:00 on its first day up to, but not "
        f"including, 00:00 on the first day of the next, by the local time of "
        f"{settings.TIME_ZONE.replace('_', ' ')}."
    )
