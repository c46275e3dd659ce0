"""The committee report in words: what its summary, sections and appendix say by themselves."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.conf import settings
from django.utils.formats import date_format

from reports.figures import Escalation, MonthlyFigures, Recurring
from reports.figures.recurring import INCIDENTS_THAT_RECUR, MONTHS_LOOKED_AT, MONTHS_THAT_RECUR
from reports.measures import FEWEST_MONTHS_FOR_USUAL, MONTHS_FOR_USUAL
from reports.trend import Series
from reports.verdicts import Verdict
from reports.wording.month import rows_rule
from reports.wording.numbers import NOT_RECORDED, counted, listed, number, plain
from reports.wording.service_levels import clock_rules

NUMBER_WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def long_day(day: date) -> str:
    """Print a day as a letter does: "30 May 2019"."""
    return date_format(day, "j F Y")


def in_letters(count: int) -> str:
    """Say a small number as a word, a larger one in figures; it stands where no noun follows."""
    return NUMBER_WORDS[count] if count < len(NUMBER_WORDS) else str(count)


def counts_sentence(priority: str, counts: Iterable[tuple[str, int]]) -> str:
    """Say one priority for every organisation: "There were 2 P1 incidents for A and 2 for B."."""
    (organisation, first), *others = counts
    said = f"{first or 'no'} {priority} {'incident' if first == 1 else 'incidents'}"
    parts = [f"{said} for {organisation}"]
    parts += [f"{count or 'none'} for {name}" for name, count in others]
    return f"There {'was' if first == 1 else 'were'} {listed(parts)}."


def escalation_sentence(escalation: Escalation, organisation: str) -> str:
    """Say how many contacts users escalated, of how many."""
    if escalation.percent is None:
        return f"The user escalation rate of {organisation} is {NOT_RECORDED}."
    return (
        f"{number(escalation.percent)}% of the open contacts of {organisation} were escalated by "
        f"users ({escalation.escalated} of {escalation.contacts})."
    )


def recurring_sentence(recurring: Sequence[Recurring]) -> str:
    """Name the services that keep failing; empty where there are none."""
    if not recurring:
        return ""
    named = [
        f"{of.service} ({counted(of.incidents, 'incident')})"
        if of.incidents >= INCIDENTS_THAT_RECUR
        else f"{of.service} ({len(of.months)} of the last {MONTHS_LOOKED_AT} months)"
        for of in recurring
    ]
    return f"Recurring: {listed(named)}."


def recurring_rule() -> str:
    """When a service counts as recurring, to stand within a sentence."""
    return (
        f"{in_letters(INCIDENTS_THAT_RECUR)} or more of these incidents in the month, or one in "
        f"{in_letters(MONTHS_THAT_RECUR)} of the last {in_letters(MONTHS_LOOKED_AT)} months"
    )


def recurring_count(services: int) -> str:
    """Say how many services keep failing, and by which rule."""
    named = counted(services, "service") if services else "No service"
    return f"{named} recurred: {recurring_rule()}."


def promises_sentence(opened: int, closed: int, still_open: int, overdue: int) -> str:
    """Say what became of problem records and projects since last month."""
    kept = f"{in_letters(opened)} opened and {in_letters(closed)} closed in the month"
    late = f", {in_letters(overdue)} of them past the day promised" if overdue else ""
    said = f"problem records and projects: {kept}; {in_letters(still_open)} open at its end{late}"
    return f"{said[0].upper()}{said[1:]}."


def promise_state(
    month_start: date, on: date, opened: date, closed: date | None, due: date | None
) -> str:
    """Say what happened to a promise since last month, as it stood on a day."""
    if closed and closed <= on:
        late = f", {counted((closed - due).days, 'day')} late" if due and closed > due else ""
        return f"Closed on {long_day(closed)}{late}"
    late = f", overdue by {counted((on - due).days, 'day')}" if due and due < on else ""
    return f"{'Opened this month' if opened >= month_start else 'Still open'}{late}"


def action_state(on: date, due: date | None, done: date | None) -> str:
    """Say how far something still to do for an accreditation is, on a day."""
    if done and done <= on:
        return f"done on {long_day(done)}"
    if due is None:
        return "no day set"
    return f"{'overdue since' if due < on else 'due'} {long_day(due)}"


def left_out_sentence(
    incidents: int, problem_records: int, grounds: Sequence[str], paragraphs: int = 0
) -> str:
    """Say what a public version leaves out and on what ground; empty where there is nothing."""
    parts = kinds_counted(incidents, problem_records, paragraphs)
    if not parts:
        return ""
    verb = "is" if incidents + problem_records + paragraphs == 1 else "are"
    ground = f"Ground: {'; '.join(grounds)}." if grounds else "No ground is recorded."
    return (
        f"{listed(parts)} {verb} not for publication and left out of this version; the totals "
        f"count all incidents and problem records. {ground}"
    )


def part_sentence(figures: MonthlyFigures) -> str:
    """Say whose part of the report this is; empty where it is the whole."""
    if figures.is_whole:
        return ""
    names = listed([each.name for each in figures.organisations])
    return f"This is the part of {names}. What is said of all organisations together is left out."


def full_version_words(incidents: int, problem_records: int = 0, paragraphs: int = 0) -> str:
    """Say in place of a classification that a version holds what must not be published."""
    marked = listed(kinds_counted(incidents, problem_records, paragraphs))
    return f"Not public: holds {marked} not for publication"


def kinds_counted(incidents: int, problem_records: int, paragraphs: int) -> list[str]:
    """Say how many there are of each kind that may be marked; a kind without any is passed over."""
    nouns = {"incident": incidents, "problem record": problem_records, "paragraph": paragraphs}
    return [counted(count, noun) for noun, count in nouns.items() if count]


def rows_left_out(count: int, noun: str = "incident") -> str:
    """Say beside a table how many of its rows a public version leaves out."""
    if not count:
        return ""
    return f"{counted(count, noun)} {'is' if count == 1 else 'are'} left out of this version."


def trend_title(series: Series) -> str:
    """Say a trend in one sentence, for those who do not see the picture."""
    counts = listed(["not on record" if each is None else str(each) for each in series.counts])
    first, last = series.months[0].label, series.months[-1].label
    said = f"{series.priority} incidents of {series.organisation} from {first} to {last}: {counts}"
    if series.usual.printed is None:
        return f"{said}."
    average, lower, upper = map(number, series.usual.printed)
    return f"{said}. Mean {average}, usual range {lower} to {upper}."


def counting_rules(figures: MonthlyFigures) -> list[tuple[str, str]]:
    """How months are counted: each rule with the word that it explains."""
    return [*incident_rules(), *score_rules(plain(figures.nps.threshold)), *verdict_rules()]


def incident_rules() -> list[tuple[str, str]]:
    return [
        ("Month", rows_rule()),
        (
            "Within target",
            "Of the incidents that were judged, the share that was responded to, or resolved, by "
            "its due time. An open incident past its due time counts as missed; one that is not "
            "yet due is not judged.",
        ),
        *clock_rules(),
        (
            "Usual",
            f"The mean of the {MONTHS_FOR_USUAL} months before, and the range in which a series "
            "varies by itself: the mean plus or minus 2.66 times the mean difference from month "
            "to month, not below 0 (an XmR chart). With fewer than "
            f"{in_letters(FEWEST_MONTHS_FOR_USUAL)} months on record nothing is called usual.",
        ),
        ("Recurring", f"A service with {recurring_rule()}."),
    ]


def score_rules(threshold: str) -> list[tuple[str, str]]:
    return [
        (
            "Net Promoter Score",
            "The percentage answering 9 or 10 less the percentage answering 0 to 6; the average "
            f"is the plain mean of three monthly scores. Above {threshold} it is considered very "
            "good.",
        ),
        (
            "Satisfaction",
            "The share of all answers that was good or very good. Fewer than "
            f"{counted(settings.SATISFACTION_FLOOR, 'answer')} are too few to judge.",
        ),
        ("User escalation rate", "Contacts that users escalated, of all open contacts."),
    ]


def verdict_rules() -> list[tuple[str, str]]:
    return [
        (
            "Verdicts",
            f"{Verdict.MET}: the target is reached. {Verdict.CLOSE}: it is missed by no more than "
            f"the tolerance. {Verdict.MISSED}: it is missed by more. {Verdict.TOO_FEW}: too few "
            f"answers to judge. {Verdict.NO_TARGET}: nothing is wanted.",
        ),
        (
            "Rounding",
            "Half up, once, at the end. Where rounding would make a missed target look met, one "
            "more decimal is printed.",
        ),
    ]
