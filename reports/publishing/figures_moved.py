"""Which figures moved between two states of a month, each said in a sentence."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from itertools import chain
from typing import Any

from incidents.clock import in_words
from incidents.judging import Step
from incidents.month import Month
from reports.publishing.kept import Kept, Plain
from reports.wording import NOT_RECORDED, listed, number

ARROW = " → "
# The times of which the document tells the median, and to what end they are.
MEDIANS = {"respond": "response", "workaround": "workaround", "resolve": "resolution"}
Names = dict[str, str]
"""The organisations that are compared: their names by slug."""


def figures_moved(before: Kept, now: Kept, names: Names, hidden: frozenset[str]) -> Iterator[str]:
    """Say every figure that differs; references that are hidden are not named."""
    yield from counts_moved(before, now, names, hidden)
    for slug, name in names.items():
        pair = before.organisations.get(slug), now.organisations[slug]
        if pair[0]:
            yield from rates_moved(pair[0], pair[1], name)
    if now.figures["nps"]["scores"]:
        yield from nps_moved(before.figures["nps"], now.figures["nps"])
    yield from history_moved(before, now, names)
    if before.organisations.keys() == now.organisations.keys():
        yield from usual_moved(before.figures["incidents"], now.figures["incidents"])


def counts_moved(before: Kept, now: Kept, names: Names, hidden: frozenset[str]) -> Iterator[str]:
    """Say the counts: "P2 incidents of A: 6 → 7 (INC-0321)."."""
    for slug, name in names.items():
        old, new = priorities_of(before, slug), priorities_of(now, slug)
        for priority in dict.fromkeys(chain(old, new)):
            whose = f"{priority} incidents of {name}"
            which = rows_moved_between(before, now, slug, priority, hidden)
            for key, what in (("total", ""), ("external", " with an external cause")):
                counts = [of.get(priority, {}).get(key, 0) for of in (old, new)]
                said = f" ({which})" if which and not what else ""
                if counts[0] != counts[1]:
                    yield f"{whose}{what}: {counts[0]}{ARROW}{counts[1]}{said}."
                elif said:
                    yield f"{whose}: {counts[1]} as before, but others{said}."


def priorities_of(kept: Kept, slug: str) -> dict[str, Plain]:
    of = kept.organisations.get(slug, {"priorities": []})
    return {each["name"]: each for each in of["priorities"]}


def rows_moved_between(
    before: Kept, now: Kept, slug: str, priority: str, hidden: frozenset[str]
) -> str:
    """Name the incidents that came and went: "INC-0321, without INC-0300"."""
    old, new = (references_of(each, slug, priority) for each in (before, now))
    came, went = sorted(new - old - hidden), sorted(old - new - hidden)
    parts = [listed(came)] if came else []
    return ", ".join([*parts, f"without {listed(went)}"] if went else parts)


def references_of(kept: Kept, slug: str, priority: str) -> set[str]:
    rows = kept.incidents.values()
    place = (slug, priority)
    return {row["reference"] for row in rows if (row["organisation"], row["priority"]) == place}


def rates_moved(old: Plain, new: Plain, name: str) -> Iterator[str]:
    """Say attainment, times and scores of one organisation."""
    priorities = {each["name"]: each for each in old["priorities"]}
    for each in new["priorities"]:
        if each["name"] in priorities:
            yield from priority_moved(priorities[each["name"]], each, name)
    for key, label, said in (
        ("satisfaction", "Satisfaction", satisfaction),
        ("escalation", "User escalation rate", escalation),
        ("nps", "Net Promoter Score", score),
    ):
        yield from rate_moved(f"{label}, {name}", old[key], new[key], said)


def priority_moved(old: Plain, new: Plain, name: str) -> Iterator[str]:
    """Say how often the targets of one priority were met, and how long it took as a rule."""
    for step in Step:
        done, label = step.participle, f"{new['name']} {step.participle} within target"
        yield from rate_moved(f"{label}, {name}", old[done], new[done], attainment)
        counted = [attainment((of.get("with_supplier_time") or of)[done]) for of in (old, new)]
        if counted[0] != counted[1] and counted != [attainment(of[done]) for of in (old, new)]:
            said = ARROW.join(counted)
            yield f"{label} with suppliers' time counted, {name}: {said}."
    for key, words in MEDIANS.items():
        medians = [median(of, key) for of in (old, new)]
        if medians[0] != medians[1] and "times" in old:
            said = ARROW.join(map(minutes, medians))
            yield f"{new['name']} median time to {words}, {name}: {said}."


def median(priority: Plain, key: str) -> float | None:
    of = (priority.get("times") or {}).get(key) or {}
    value: float | None = of.get("median_minutes")
    return value


def minutes(value: float | None) -> str:
    return "none" if value is None else in_words(timedelta(minutes=value))


def rate_moved(label: str, old: Plain, new: Plain, said: Callable[[Plain], str]) -> Iterator[str]:
    """Say a rate with its verdict and its target, as far as these differ."""
    parts: tuple[list[str], list[str]] = [said(old)], [said(new)]
    for key, words in (("verdict", "{}"), ("target", "target {}%")):
        if old.get(key) != new.get(key):
            for part, rate in zip(parts, (old, new), strict=True):
                part.append(words.format(rate[key]) if rate[key] is not None else f"no {key}")
    if parts[0] != parts[1]:
        yield f"{label}: {', '.join(parts[0])}{ARROW}{', '.join(parts[1])}."


def attainment(rate: Plain) -> str:
    return share(rate, "met", "judged") if rate["judged"] else "nothing judged"


def satisfaction(rate: Plain) -> str:
    return share(rate, "good", "responses")


def escalation(rate: Plain) -> str:
    return share(rate, "escalated", "contacts")


def share(rate: Plain, part: str, whole: str) -> str:
    if rate["percent"] is None:
        return NOT_RECORDED
    percent = f"{printed(rate['percent'])}%"
    return percent if rate[whole] is None else f"{rate[part]} of {rate[whole]} ({percent})"


def score(rate: Plain) -> str:
    return printed(rate["score"])


def printed(value: Any) -> str:
    return NOT_RECORDED if value is None else number(Decimal(str(value)))


def nps_moved(old: Plain, new: Plain) -> Iterator[str]:
    """Say the scores of all organisations together."""
    was = {each["month"]: each for each in old["scores"]}
    for each in new["scores"]:
        label = f"Net Promoter Score, {Month.parse(each['month']).label}"
        yield from rate_moved(label, was.get(each["month"], {"score": None}), each, score)
    label = "Net Promoter Score, three-month average"
    averages = [{"score": of["three_month_average"]} for of in (old, new)]
    yield from rate_moved(label, averages[0], averages[1], score)


def history_moved(before: Kept, now: Kept, names: Names) -> Iterator[str]:
    """Say the counts of the months before, which stand in the trend."""
    old, new = trend_of(before), trend_of(now)
    for key, count in new.items():
        month, slug, priority = key
        if slug in names and key in old and old[key] != count and month != now.figures["month"]:
            counts = f"{printed(old[key])}{ARROW}{printed(count)}"
            yield f"{priority} incidents of {names[slug]} in {Month.parse(month).label}: {counts}."


def trend_of(kept: Kept) -> dict[tuple[str, str, str], int | None]:
    """The trend by month, slug and priority."""
    slugs = {each["name"]: slug for slug, each in kept.organisations.items()}
    return {
        (each["month"], slugs[each["organisation"]], each["priority"]): each["total"]
        for each in kept.figures["trend"]
    }


def usual_moved(old: Plain, new: Plain) -> Iterator[str]:
    """Say how the month stands to the usual, where that is said otherwise now."""
    words = [of["usual"]["words"] for of in (old, new)]
    if words[0] != words[1]:
        yield f"The reported incidents against the usual: {words[0]}{ARROW}{words[1]}."
