"""The appendix: priorities, the targets in force at the end of the month, and the glossary."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings

from incidents.models import (
    Organisation,
    Priority,
    ScoreTarget,
    ServiceLevelTarget,
    TargetBook,
)
from reports import wording
from reports.committee.values import TargetLine

ALL = "All organisations"


def service_level_targets(
    book: TargetBook,
    priorities: Iterable[Priority],
    organisations: Sequence[Organisation],
    day: date,
) -> tuple[TargetLine, ...]:
    """Return the targets that hold on a day, each with the organisations that it holds for."""
    lines = []
    for priority in priorities:
        held = [
            (each.name, book.service_level(priority.pk, each.pk, day)) for each in organisations
        ]
        for target, names in by_target(held):
            lines.append(
                TargetLine(
                    subject=priority.name,
                    organisations=whom(names, organisations),
                    wanted=service_level_words(target),
                    tolerance=points(target),
                    since=target.starts_on,
                    terms=service_level_terms(target),
                )
            )
    return tuple(lines)


def score_targets(
    book: TargetBook, organisations: Sequence[Organisation], day: date
) -> tuple[TargetLine, ...]:
    lines = []
    for measure in ScoreTarget.Measure:
        held = [(each.name, book.score(measure, each.pk, day)) for each in organisations]
        for target, names in by_target(held):
            limit = "at most" if measure is ScoreTarget.Measure.ESCALATION else "at least"
            lines.append(
                TargetLine(
                    subject=measure.label,
                    organisations=whom(names, organisations),
                    wanted=f"{limit} {wording.plain(target.target_percent)}%",
                    tolerance=points(target),
                    since=target.starts_on,
                    terms=(target.target_percent, target.tolerance_points),
                )
            )
    return tuple(lines)


def by_target(held: Iterable[tuple[str, Any]]) -> list[tuple[Any, list[str]]]:
    """Group organisations by the target that holds for them; none holds for some."""
    groups: dict[int, tuple[Any, list[str]]] = {}
    for name, target in held:
        if target is not None:
            groups.setdefault(target.pk, (target, []))[1].append(name)
    return list(groups.values())


def whom(names: list[str], organisations: Sequence[Organisation]) -> str:
    return ALL if 1 < len(names) == len(organisations) else wording.listed(names)


def service_level_words(target: ServiceLevelTarget) -> str:
    respond, resolve = (
        wording.limit_in_words(minutes, target.calendar)
        for minutes in (target.respond_minutes, target.resolve_minutes)
    )
    clock = wording.clock_words(target.calendar, settings.TIME_ZONE)
    share = wording.plain(target.attainment_percent)
    return (
        f"respond within {respond} and resolve within {resolve}, {clock}, "
        f"each in {share}% of incidents"
    )


def service_level_terms(target: ServiceLevelTarget) -> tuple[int | Decimal, ...]:
    return (
        target.respond_minutes,
        target.resolve_minutes,
        target.attainment_percent,
        target.tolerance_points,
        target.calendar_id or 0,
    )


def points(target: ServiceLevelTarget | ScoreTarget) -> str:
    size = wording.plain(target.tolerance_points)
    return f"{size} {'point' if size == '1' else 'points'}"


def glossary_of(printed: object, terms: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return the terms that occur in the texts of a value, in the order of the alphabet.

    A term occurs as a whole word with its own capitals; a number may follow, as in ISO27001.
    """
    meanings = {term: meaning for term, meaning in terms if term}
    if not meanings:
        return ()
    longest_first = sorted(meanings, key=len, reverse=True)
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(t)}(?!{after(t)})" for t in longest_first))
    found = {term for text in texts_in(printed) for term in pattern.findall(text)}
    return tuple((term, meanings[term]) for term in sorted(found, key=str.casefold))


def after(term: str) -> str:
    """What must not follow a term: a letter, and after a digit (P1) not another digit either."""
    return r"\w" if term[-1].isdigit() else r"[^\W\d_]"


def texts_in(value: object) -> Iterable[str]:
    """Yield every text inside a frozen value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for each in value:
            yield from texts_in(each)
    elif isinstance(value, dict):
        yield from texts_in(list(value.values()))
    elif is_dataclass(value):
        yield from texts_in([getattr(value, field.name) for field in fields(value)])
