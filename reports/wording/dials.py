"""A gauge in words: what stands on, under and in place of its dial."""

from reports.gauges import POINTS, Gauge
from reports.verdicts import Verdict
from reports.wording.numbers import NOT_RECORDED, number, plain, verdict_words, with_unit


def gauge_value(gauge: Gauge) -> str:
    """Print what the dial shows: "56%", "69.67", or a dash where there is nothing."""
    return "–" if gauge.value is None else with_unit(number(gauge.value), gauge.unit)


def gauge_target(gauge: Gauge) -> str:
    """Print the target with the word: "target 98%", "target at most 3%", "target above 50"."""
    if gauge.target is None:
        return "no target"
    limit = "at most " if gauge.lower_is_better else "above " if gauge.unit == POINTS else ""
    return f"target {limit}{with_unit(plain(gauge.target), gauge.unit)}"


def gauge_basis(gauge: Gauge) -> str:
    """Say how many a gauge rests on: "9 of 16 incidents, 1 not judged", "180 of 200 answers"."""
    if gauge.n is None:
        return NOT_RECORDED if gauge.value is None else f"number of {gauge.counted} {NOT_RECORDED}"
    noun = gauge.counted.removesuffix("s") if (gauge.n or gauge.unjudged) == 1 else gauge.counted
    if gauge.n == 0:
        return f"{gauge.unjudged} {noun}, not judged" if gauge.unjudged else f"no {noun} to judge"
    rest = f", {gauge.unjudged} not judged" if gauge.unjudged else ""
    share = "" if gauge.part is None else f"{gauge.part} of "
    return f"{share}{gauge.n} {noun}{rest}"


def gauge_share(gauge: Gauge) -> str:
    """Say the counts of a percentage alone, where there is little room: "9 of 16"."""
    if gauge.part is None or not gauge.n:
        return gauge_basis(gauge)
    return f"{gauge.part} of {gauge.n}"


def gauge_verdict(gauge: Gauge) -> str:
    if gauge.verdict is Verdict.TOO_FEW:
        return f"{Verdict.TOO_FEW.shape} too few answers to judge"
    return verdict_words(gauge.verdict)


def gauge_change(gauge: Gauge) -> str:
    """Say the change on last month: "up 12 points on February 2019"."""
    if gauge.change is None:
        return ""
    last_month = (gauge.month - 1).label
    if not gauge.change:
        return f"as in {last_month}"
    direction = "up" if gauge.change > 0 else "down"
    size = number(abs(gauge.change))
    return f"{direction} {size} {'point' if size == '1' else 'points'} on {last_month}"


def gauge_title(gauge: Gauge) -> str:
    return f"{gauge.label}, {gauge.organisation}" if gauge.organisation else gauge.label


def gauge_sentence(gauge: Gauge) -> str:
    """Say a whole gauge in one sentence, as a screen reader or a black-and-white page needs it."""
    value = [] if gauge.value is None else [gauge_value(gauge)]
    said = ", ".join([gauge_basis(gauge), *value])
    parts = [f"{gauge_title(gauge)}, {gauge.month.label}: {said}", gauge_target(gauge)]
    if gauge.verdict and gauge.verdict is not Verdict.NO_TARGET:
        parts.append(gauge_verdict(gauge))
    if change := gauge_change(gauge):
        parts.append(change)
    return "; ".join(parts) + "."
