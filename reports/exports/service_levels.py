"""Service levels for programs: with time on hold for suppliers counted, and how long it took."""

from typing import Any

from reports.exports.numbers import minutes, number
from reports.figures import HowLong, PriorityLevel, StepLevel, Times


def level(of: PriorityLevel | None) -> dict[str, Any]:
    """What a priority has beside its attainment; None for one that the report does not list."""
    if of is None:
        return {"with_supplier_time": None, "times": None}
    return {
        "with_supplier_time": {each.step.participle: with_suppliers(each) for each in of.steps},
        "times": {key: how_long(taken) for key, taken in taken_by(of.times).items()},
    }


def with_suppliers(of: StepLevel) -> dict[str, Any]:
    judged = of.with_suppliers
    return {"met": judged.met, "judged": judged.judged, "percent": number(judged.percent)}


def taken_by(times: Times) -> dict[str, HowLong]:
    """The clock times by what they led to."""
    return {"respond": times.respond, "workaround": times.workaround, "resolve": times.resolve}


def how_long(of: HowLong) -> dict[str, int | None]:
    return {
        "median_minutes": minutes(of.median),
        "longest_minutes": minutes(of.longest),
        "incidents": of.incidents,
    }
