"""How an open incident stands, in words: the time left, and what needs somebody's eye."""

from enum import Enum

from incidents.clock import elapsed, in_hours, in_words
from incidents.explaining.times import short_time
from incidents.models import Hold, Incident
from incidents.standing import Standing

WAITS_FOR: dict[str | None, str] = {
    Hold.Ground.SUPPLIER: "for a supplier",
    Hold.Ground.USER: "for a user",
    Hold.Ground.CHANGE: "for a change window",
}


class Mark(Enum):
    """A word, a shape and a colour; the colour goes by the word."""

    MISSED = ("missed", "▲")
    AT_RISK = ("at risk", "◆")
    ON_HOLD = ("on hold", "‖")

    def __init__(self, word: str, shape: str) -> None:
        self.word = word
        self.shape = shape

    @property
    def css_class(self) -> str:
        return f"verdict-{self.word.replace(' ', '-')}"

    def __str__(self) -> str:
        return f"{self.shape} {self.word}"


def marks_of(standing: Standing) -> tuple[Mark, ...]:
    """Return what an open incident is marked with: the target first, then the hold."""
    applying = (
        (Mark.MISSED, standing.is_missed),
        (Mark.AT_RISK, standing.is_at_risk),
        (Mark.ON_HOLD, standing.on_hold_since is not None),
    )
    return tuple(mark for mark, applies in applying if applies)


def words_of(standing: Standing, incident: Incident) -> str:
    """Say how much time is left and when it is up: "2 h 10 min left to resolve, due 12 Mar, 14:10".

    While the incident is on hold, the moment moves with the hold and is not said.
    """
    return ", ".join(filter(None, (held(standing, incident), left(standing))))


def held(standing: Standing, incident: Incident) -> str:
    """Say since when an incident is on hold, "" for one that is not.

    For what it waits is known where the incident came by IncidentQuerySet.with_names.
    """
    since = standing.on_hold_since
    if since is None:
        return ""
    ground = WAITS_FOR.get(getattr(incident, "on_hold_for", None), "")
    return " ".join(filter(None, ("on hold", ground, "since", short_time(since, standing.as_at))))


def left(standing: Standing) -> str:
    due, as_at, step = standing.due_at, standing.as_at, standing.step
    if standing.is_missed and due:
        ago = unbroken(in_words(elapsed(due, as_at)))
        return f"{step.noun} due {ago} ago, {short_time(due, as_at)}"
    words = f"{minutes(standing)} left to {step.verb}"
    return f"{words}, due {short_time(due, as_at)}" if due else words


def minutes(standing: Standing) -> str:
    words = in_hours(standing.left)
    return unbroken("less than 1 min" if words == "0 min" else words)


def unbroken(words: str) -> str:
    """Keep a number on one line with its unit."""
    return words.replace(" ", "\xa0")


def doubt(standing: Standing) -> str:
    """Ask about a hold that seems forgotten; "" where none does."""
    if not (standing.hold_seems_forgotten and standing.on_hold_since):
        return ""
    days = elapsed(standing.on_hold_since, standing.as_at).days
    return f"on hold for {days} days: has it ended?"
