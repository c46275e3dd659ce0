"""The figures in words: every generated sentence and every way of printing a number.

Each module imports only what stands to its left: numbers ► dials, month
"""

from reports.wording.dials import (
    gauge_basis,
    gauge_change,
    gauge_sentence,
    gauge_target,
    gauge_title,
    gauge_value,
    gauge_verdict,
)
from reports.wording.month import (
    exceptions_sentence,
    incidents_sentence,
    nps_sentence,
    nps_words,
    priority_sentence,
    reported_names,
    rows_rule,
    satisfaction_sentence,
    usual_sentence,
    usual_words,
)
from reports.wording.numbers import (
    NOT_RECORDED,
    counted,
    listed,
    number,
    out_of,
    plain,
    verdict_words,
    with_unit,
)

__all__ = [
    "NOT_RECORDED",
    "counted",
    "exceptions_sentence",
    "gauge_basis",
    "gauge_change",
    "gauge_sentence",
    "gauge_target",
    "gauge_title",
    "gauge_value",
    "gauge_verdict",
    "incidents_sentence",
    "listed",
    "nps_sentence",
    "nps_words",
    "number",
    "out_of",
    "plain",
    "priority_sentence",
    "reported_names",
    "rows_rule",
    "satisfaction_sentence",
    "usual_sentence",
    "usual_words",
    "verdict_words",
    "with_unit",
]
