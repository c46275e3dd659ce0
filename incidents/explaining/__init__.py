"""What the clock shows, in words and step by step.

Each module imports only what stands to its left: times, opening_hours ► standings ► drawing;
times ► course ► findings; opening_hours ► days; findings, days ► judgement
"""

from incidents.explaining.drawing import drawn, drawn_time
from incidents.explaining.judgement import Judgement, judgement_of
from incidents.explaining.times import exact_time, exactly, exactly_in_days, local_time

__all__ = [
    "Judgement",
    "drawn",
    "drawn_time",
    "exact_time",
    "exactly",
    "exactly_in_days",
    "judgement_of",
    "local_time",
]
