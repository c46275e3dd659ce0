"""The numbers in typed texts that the figures contradict, and which of them are meant."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from reports.figures import MonthlyFigures
from reports.prose import contradictions

MEANT, SHOWN = "meant", "doubted"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One number: what to ask its author, and whether it is meant all the same."""

    key: str
    words: str
    is_meant: bool


class Reader:
    """Reads texts against the figures of one month.

    `elsewhere` names the organisations that the figures leave out; `stored` are the keys of the
    numbers that were meant so far, `data` what a browser sent: the keys that it showed, and of
    those the ones that are ticked.
    """

    def __init__(
        self,
        figures: MonthlyFigures,
        elsewhere: Sequence[str],
        stored: Collection[str],
        data: QueryDict | None,
    ) -> None:
        self.figures, self.elsewhere = figures, elsewhere
        ticked, shown = (data.getlist(MEANT), data.getlist(SHOWN)) if data else ([], [])
        self.meant = set(ticked) | set(stored) - set(shown)

    def doubts(self, text: str, whose: str = "") -> list[Doubt]:
        """Return the doubts about a text, `whose` where it stands under an organisation's name."""
        found = contradictions([text], self.figures, self.elsewhere, whose)
        return [Doubt(each.key, str(each), each.key in self.meant) for each in found]

    def still_meant(self, stored: Collection[str], doubts: Sequence[Doubt]) -> list[str]:
        """Return the keys to keep: a number that is gone, or no longer wrong, is meant no more.

        Who does not see every organisation does not see every number that is meant.
        """
        unseen = set(stored) - {each.key for each in doubts} if self.elsewhere else set()
        return sorted(unseen | {each.key for each in doubts if each.is_meant})
