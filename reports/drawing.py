"""Where the lines of our own pictures go: pure geometry, for screen, wall and paper alike.

Coordinates are ready-made text, so that no locale turns their point into a comma.
"""

from dataclasses import dataclass
from decimal import Decimal
from math import cos, pi, sin

from reports.gauges import Gauge

CENTRE_X, CENTRE_Y, RADIUS = 100.0, 96.0, 76.0
TRACK_WIDTH = 20.0


@dataclass(frozen=True, slots=True)
class Dial:
    """The lines of one gauge in a box of 200 by 112: a half circle from left to right.

    `value` is the arc from the scale's lowest value (from zero where the scale holds it) up to
    the value, empty without one; `target` is a line across the track, empty without one.
    """

    track: str
    value: str
    target: str
    lowest: str
    highest: str


def dial(gauge: Gauge) -> Dial:
    low, high = gauge.scale
    start = share_of_scale(Decimal(max(low, min(0, high))), gauge.scale)
    value = target = ""
    if gauge.value is not None:
        end = share_of_scale(gauge.value, gauge.scale)
        value = arc(min(start, end), max(start, end))
    if gauge.target is not None:
        target = spoke(share_of_scale(gauge.target, gauge.scale))
    unit = "%" if gauge.unit == "%" else ""
    return Dial(arc(0, 1), value, target, f"{low}{unit}".replace("-", "−"), f"{high}{unit}")


def share_of_scale(value: Decimal, scale: tuple[int, int]) -> float:
    """Return where a value stands on a scale, from 0 to 1; beyond its ends it stands at them."""
    low, high = scale
    return min(1.0, max(0.0, float((value - low) / (high - low))))


def point(share: float, radius: float = RADIUS) -> str:
    angle = pi * (1 - share)
    return f"{CENTRE_X + radius * cos(angle):.2f} {CENTRE_Y - radius * sin(angle):.2f}"


def arc(start: float, end: float) -> str:
    """The path along the track from one share of the scale to another; a hair wide at least."""
    end = max(end, start + 0.004)
    return f"M{point(start)}A{RADIUS:.0f} {RADIUS:.0f} 0 0 1 {point(end)}"


def spoke(share: float) -> str:
    """The path across the track at a share of the scale."""
    reach = TRACK_WIDTH / 2 + 3
    return f"M{point(share, RADIUS - reach)}L{point(share, RADIUS + reach)}"
