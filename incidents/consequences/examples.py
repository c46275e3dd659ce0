"""Examples of what a change means: incidents that somebody might log, and when they fall due."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.dateformat import format as in_format

from incidents.clock import NEVER, Clock, Hours
from incidents.clock.bank_holidays import bank_holidays
from incidents.consequences.change import Change
from incidents.judging import Step
from incidents.models import Incident, ServiceLevelTarget, TargetBook

DAY = timedelta(days=1)
A_WEEK = 7
THURSDAY, FRIDAY, SATURDAY = 3, 4, 5
MORNING, MIDDAY, AFTERNOON = time(9), time(11), time(16)
EIGHT_HOURS = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class Occasion:
    """A moment at which an incident might be opened, and what is particular about it."""

    opened_at: datetime
    words: str

    @property
    def day(self) -> str:
        return said(self.opened_at, "l j F Y")

    @property
    def opened(self) -> str:
        return said(self.opened_at, "l H:i")


@dataclass(frozen=True, slots=True)
class Due:
    """When a step is due, in words, and when it is without the change: "" for the same."""

    step: Step
    words: str
    now: str

    @property
    def done(self) -> str:
        return "resolved" if self.step is Step.RESOLUTION else "responded to"


@dataclass(frozen=True, slots=True)
class Example:
    """An incident that somebody might log, judged by a target: when it is due, and now is.

    `judged` and `judged_now` tell whether a target is in force for it at all.
    """

    occasion: Occasion
    judged: bool
    judged_now: bool
    dues: tuple[Due, ...]


@dataclass(frozen=True, slots=True)
class Examples:
    """What a target means for incidents opened on one occasion or another."""

    target: ServiceLevelTarget
    examples: tuple[Example, ...]


def examples_of(
    change: Change, targets: Iterable[ServiceLevelTarget], eve: date | None = None
) -> list[Examples]:
    """Say what a change means for incidents that targets judge; `eve` is one day more to show."""
    found = []
    for target in targets:
        shown = occasions(first_day(change, target))
        if eve and eve >= change.today:
            # First, since it is there that the change is seen.
            shown.insert(0, on(eve, AFTERNOON, "the day before other hours begin"))
        once = {each.opened_at: each for each in reversed(shown)}
        made = tuple(example(change, target, each) for each in reversed(once.values()))
        found.append(Examples(target, made))
    return found


def first_day(change: Change, target: ServiceLevelTarget) -> date:
    """Return today where the target is in force today, else the day on which it begins."""
    return change.today if is_in_force(change, target) else target.starts_on


def is_in_force(change: Change, target: ServiceLevelTarget) -> bool:
    """Tell whether a target is in force today, with the change or without."""
    key = (target.priority_id, target.organisation_id, change.today)
    return any(in_book(book, *key) is target for book in (change.after, change.before))


def is_to_come(change: Change, target: ServiceLevelTarget) -> bool:
    """Tell whether a target judges incidents that are opened today or later."""
    return target.starts_on > change.today or is_in_force(change, target)


def in_book(
    book: TargetBook, priority_id: int, organisation_id: int | None, day: date
) -> ServiceLevelTarget | None:
    """Return the target in force; of no organisation, for one without targets of its own."""
    return book.service_level(priority_id, organisation_id or 0, day)


def example(change: Change, target: ServiceLevelTarget, occasion: Occasion) -> Example:
    after = settled(change.after, target, occasion.opened_at)
    before = settled(change.before, target, occasion.opened_at)
    dues = []
    # What ends an incident comes first: it is what people ask for.
    for step in (Step.RESOLUTION, Step.RESPONSE):
        moments = [getattr(each, step.due_at) for each in (after, before)]
        words, now = (due_in_words(each, occasion.opened_at) for each in moments)
        dues.append(Due(step, words, "" if moments[0] == moments[1] else now))
    return Example(occasion, after.target is not None, before.target is not None, tuple(dues))


def settled(book: TargetBook, target: ServiceLevelTarget, opened_at: datetime) -> Incident:
    """Settle an incident that nobody has logged, by the very rule for those on record."""
    incident = Incident(
        priority_id=target.priority_id,
        organisation_id=target.organisation_id or 0,
        opened_at=opened_at,
    )
    incident.settle(book)
    return incident


def examples_of_hours(hours: Hours, day: date) -> list[tuple[Occasion, str]]:
    """Say when eight hours of service time are used up, for hours by which nothing is judged."""
    return [
        (each, due_in_words(Clock(each.opened_at, hours).due_at(EIGHT_HOURS), each.opened_at))
        for each in occasions(day)
    ]


def occasions(day: date) -> list[Occasion]:
    """Return what somebody would ask about, each on the first day that is one, from a day on."""
    return [
        on(first_of(day, range(THURSDAY + 1)), MORNING, "a weekday morning"),
        on(first_of(day, [FRIDAY]), AFTERNOON, "a Friday afternoon"),
        on(first_of(day, [SATURDAY]), MIDDAY, "a Saturday"),
        *eve_of_bank_holiday(day),
    ]


def first_of(day: date, weekdays: Iterable[int]) -> date:
    """Return the first of some weekdays from a day on that is no bank holiday."""
    wanted = set(weekdays)
    while day.weekday() not in wanted or day in bank_holidays(day.year):
        day += DAY
    return day


def eve_of_bank_holiday(day: date) -> Iterator[Occasion]:
    """Yield the eve of the next bank holiday, from a day on, that is none itself."""
    for year in (day.year, day.year + 1):
        for holiday, name in sorted(bank_holidays(year).items()):
            eve = holiday - DAY
            if eve >= day and eve not in bank_holidays(eve.year):
                yield on(eve, AFTERNOON, f"the eve of {name}")
                return


def on(day: date, at: time, words: str) -> Occasion:
    zone = timezone.get_default_timezone()
    return Occasion(datetime.combine(day, at, tzinfo=zone), words)


def due_in_words(due_at: datetime | None, opened_at: datetime) -> str:
    """Return "Monday 12:00", with the date where the weekday alone could be mistaken."""
    if due_at is None:
        return "no target"
    if due_at == NEVER:
        return "never"
    days = timezone.localdate(due_at) - timezone.localdate(opened_at)
    return said(due_at, "l H:i" if days.days < A_WEEK else "l j F Y H:i")


def said(moment: datetime, form: str) -> str:
    local = timezone.localtime(moment, timezone.get_default_timezone())
    return str(in_format(local, form))
