"""Percentages of users, contacts and incidents: "90% of users were satisfied"."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from reports.figures import (
    Attainment,
    OrganisationFigures,
)
from reports.measures import percentage, round_half_up
from reports.prose.claims import DIGITS, Claim, claim
from reports.prose.known import Known
from reports.prose.sentences import Sentence

PERCENT = (
    rf"(?P<count>{DIGITS}) ?(?:%|per ?cent)(?! (?:points?|more|less|higher|lower|better|worse))"
)
IS = r"(?:is|was|were|are|of|stood at|stands at|reached|remain(?:s|ed) at|came to)(?: only| just)?"
USERS = r"(?:end )?(?:users|respondents|answers|customers|people)"
DO = r"(?:said|called|reported|rated|described|gave|found|were|was|had)"
GOOD = r"(?:good or very good|very good or good)"
SATISFIED = (
    r"satisfied(?: with (?:the|our) (?:IT )?(?:service|service desk))?(?= ?(?:$|[.,;:)]| and\b))"
)
CONTACTS = r"(?:open )?(?:service desk )?contacts"
INSIDE = r"within (?:the |their |its )?(?:targets?|target times?|agreed times?)\b"
# Before a number, these words make it what is wanted instead of what came of it.
WANTED = re.compile(
    r"\b(?:target|goal|threshold|contract|require|agree|want|promis)", re.IGNORECASE
)

Values = tuple[list[Fraction], list[Fraction]]
"""The values to name to the author, and those that would pass too."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A percentage that the report knows: in which words, and how sentences say it."""

    words: str
    patterns: tuple[str, ...]
    values: Callable[[Known, str], Values]


def rates_of(known: Known) -> Iterator[Rate]:
    whose = rf"(?:(?:of|for|at|in) {known.organisations} )?"
    theirs = rf"(?:{known.organisations} )?"
    kinds = rf"(?:(?:{known.all_priorities}|{known.priority}) )?"
    yield Rate(
        "for satisfaction",
        (
            rf"{PERCENT} of (?:the |our |all )*{theirs}{USERS} {whose}"
            rf"(?:who [^.;\d]{{0,160}}? )?{DO} (?:[^.;\d]{{0,80}} )?(?:{GOOD}|{SATISFIED})",
            rf"\bsatisfaction (?:rate )?{whose}(?:users )?{IS} {PERCENT}",
        ),
        satisfaction,
    )
    yield Rate(
        "for user escalations",
        (
            rf"{PERCENT} of (?:the |our |all )*{CONTACTS} {whose}(?:was|were) escalated\b",
            rf"\bescalation rate {whose}{IS} {PERCENT}",
        ),
        escalation,
    )
    for step, done in (("responded", "responded to"), ("resolved", "resolved")):
        yield Rate(
            f"of incidents {done} within target",
            (rf"{PERCENT} of (?:the |all )*{kinds}incidents {whose}(?:was|were) {done} {INSIDE}",),
            attained(step),
        )


def rates(sentence: Sentence, known: Known) -> Iterator[Claim]:
    """Yield the percentages of a sentence, each of what its words say."""
    text = sentence.text
    if known.is_partial and not known.named_in(text):
        return
    for rate in rates_of(known):
        for pattern in rate.patterns:
            for match in re.finditer(pattern, text, re.IGNORECASE):
                values, others = rate.values(known, match[0])
                made = claim(text, f"{match['count']}%", rate.words, values, others)
                if not WANTED.search(text[: match.start()]):
                    yield made


def satisfaction(known: Known, text: str) -> Values:
    found = [each.satisfaction for each in known.asked(text)]
    return printed(each.percent for each in found), given(each.share for each in found)


def escalation(known: Known, text: str) -> Values:
    found = [each.escalation for each in known.asked(text)]
    return printed(each.percent for each in found), given(each.share for each in found)


def attained(step: str) -> Callable[[Known, str], Values]:
    """How many of a hundred incidents kept to their target, of those that a sentence names."""

    def values(known: Known, text: str) -> Values:
        asked = known.asked(text)
        named = [each for each in known.priorities if re.search(rf"\b{re.escape(each)}\b", text)]
        shares = [
            share_of(attainments(asked, step, named or known.priorities)),
            share_of(attainments(asked, step)),
        ]
        parts = [share_of([each]) for each in attainments(asked, step)]
        shown = [round_half_up(each) for each in shares[:1] if each is not None]
        return printed(shown), given([*shares, *parts])

    return values


def attainments(
    organisations: Iterable[OrganisationFigures], step: str, priorities: list[str] | None = None
) -> list[Attainment]:
    return [
        getattr(each, step)
        for of in organisations
        for each in of.priorities
        if priorities is None or each.name in priorities
    ]


def share_of(attainments: Iterable[Attainment]) -> Fraction | None:
    """Work out one share of several, each by its counts."""
    found = list(attainments)
    return percentage(sum(each.met for each in found), sum(each.judged for each in found))


def printed(values: Iterable[Decimal | None]) -> list[Fraction]:
    return [Fraction(each) for each in values if each is not None]


def given(values: Iterable[Fraction | None]) -> list[Fraction]:
    return [each for each in values if each is not None]
