"""Opening hours of London that the tests of the clock share."""

from datetime import date

from incidents.clock import OpeningHours

Day = tuple[tuple[int, int], ...]


def hours_of(*days: Day, closed: str = "", bank_holidays: bool = False) -> OpeningHours:
    """The hours of seven days, or of one for all, Monday first, such as ((8, 12), (13, 17)).

    `closed` names days of one's own: "2019-03-12 2019-03-13".
    """
    week = tuple(tuple((first * 60, last * 60) for first, last in day) for day in days)
    own = frozenset(map(date.fromisoformat, closed.split()))
    return OpeningHours(week * (7 // len(week)), "Europe/London", own, bank_holidays)


def weekdays(
    *spans: tuple[int, int], closed: str = "", bank_holidays: bool = False
) -> OpeningHours:
    """Those of Monday to Friday: (8, 17)."""
    return hours_of(*[spans] * 5, (), (), closed=closed, bank_holidays=bank_holidays)
