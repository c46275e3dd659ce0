"""Where the lines of our own pictures go: pure geometry, for screen, wall and paper alike.

Coordinates are ready-made text, so that no locale turns their point into a comma.
"""

from dataclasses import dataclass
from decimal import Decimal
from math import cos, pi, sin

from django.utils.formats import date_format

from incidents.month import Month
from reports.gauges import PERCENT, Gauge
from reports.measures import Number
from reports.trend import Series

# How wide letters are of the type on paper, of its height; others are near enough to the last.
WIDTHS = dict.fromkeys("0123456789−", 0.572) | {"%": 0.823, "–": 0.5}
WIDTHS |= {"J": 0.27, "M": 0.9, "N": 0.76, "O": 0.78, "D": 0.73, "A": 0.63, "r": 0.41, "l": 0.25}
OTHER_WIDTH = 0.56

CENTRE_X, CENTRE_Y, RADIUS = 100.0, 96.0, 76.0
ENDS, END_SIZE = (24.0, 176.0), 11.0
TRACK_WIDTH = 20.0


@dataclass(frozen=True, slots=True)
class Dial:
    """The lines of one gauge in a box of 200 by 116: a half circle from left to right.

    `value` is the arc from the scale's lowest value (from zero where the scale holds it) up to
    the value, empty without one; `target` is a line across the track, empty without one.
    """

    track: str
    value: str
    target: str
    lowest: str
    highest: str
    ends: tuple[str, str]
    """Where the words for the lowest and the highest value begin."""


def dial(gauge: Gauge) -> Dial:
    low, high = gauge.scale
    start = share_of_scale(Decimal(max(low, min(0, high))), gauge.scale)
    value = target = ""
    if gauge.value is not None:
        end = share_of_scale(gauge.value, gauge.scale)
        value = arc(min(start, end), max(start, end))
    if gauge.target is not None:
        target = spoke(share_of_scale(gauge.target, gauge.scale))
    unit = PERCENT if gauge.unit == PERCENT else ""
    lowest, highest = f"{low}{unit}".replace("-", "−"), f"{high}{unit}"
    ends = centred(lowest, ENDS[0], END_SIZE), centred(highest, ENDS[1], END_SIZE)
    return Dial(arc(0, 1), value, target, lowest, highest, ends)


def centred(text: str, x: float, size: float) -> str:
    """Return where a text of a size begins that has its middle at x.

    The picture could say so itself; but on paper each text that is anchored anywhere but at its
    beginning becomes a picture of its own, which takes a third of a millisecond.
    """
    return f"{x - width(text) * size / 2:.1f}"


def width(text: str) -> float:
    return sum(WIDTHS.get(letter, OTHER_WIDTH) for letter in text)


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


# The trend: a box of 340 by 130, months from left to right, a scale of counts at the left.
LEFT, RIGHT, TOP, BOTTOM = 22.0, 330.0, 24.0, 104.0
LOWEST_TOP_OF_SCALE = 4
SCALE_ENDS, SCALE_SIZE, NUMBER_SIZE, MONTH_SIZE = 16.0, 9.0, 10.0, 9.0


@dataclass(frozen=True, slots=True)
class Dot:
    """One month of a trend: where it stands, its count, its shape and where its number begins.

    `kind` is usual, high or low; the shape tells it, so that no colour has to. The month in view
    is `current`. Without a count there is no shape.
    """

    x: str
    y: str
    label: str
    number_x: str
    number_y: str
    shape: str
    kind: str
    current: bool


@dataclass(frozen=True, slots=True)
class Trend:
    """The lines of one series: `lines` join the months on record, `band` is the usual range.

    `shapes` are those of all dots, `grid` are the lines of the scale, each in one path: many paths
    take many times as long. `scale` says where each of its numbers begins, and how high it stands;
    `month_labels` where the name of each month begins, the name, and the same of its year.
    """

    dots: tuple[Dot, ...]
    shapes: str
    lines: str
    mean: str
    band: str
    grid: str
    scale: tuple[tuple[str, str, int], ...]
    month_labels: tuple[tuple[str, str, str, str], ...]


def trend(series: Series) -> Trend:
    limits = series.usual.limits
    counts = [count for count in series.counts if count is not None]
    top = top_of_scale(max([*counts, limits.upper if limits else 0]))

    def height(value: Number) -> float:
        return BOTTOM - (BOTTOM - TOP) * float(value) / top

    places = [LEFT + 12 + step * (RIGHT - LEFT - 24) / 11 for step in range(len(series.months))]
    mean = band = ""
    if limits:
        mean = across(height(limits.mean))
        upper, lower = height(limits.upper), height(limits.lower)
        band = f"M{LEFT:.1f} {upper:.1f}H{RIGHT:.1f}V{lower:.1f}H{LEFT:.1f}Z"
    heights = [None if count is None else height(count) for count in series.counts]
    dots = tuple(
        dot_of(x, y, count, kind, current=month == series.months[-1])
        for x, y, count, kind, month in zip(
            places, heights, series.counts, series.kinds, series.months, strict=True
        )
    )
    scale = (0, top // 2, top)
    return Trend(
        dots=dots,
        shapes="".join(dot.shape for dot in dots),
        lines=joined(places, heights),
        mean=mean,
        band=band,
        grid="".join(across(height(value)) for value in scale),
        scale=tuple(
            (f"{SCALE_ENDS - width(str(value)) * SCALE_SIZE:.1f}", f"{height(value):.1f}", value)
            for value in scale
        ),
        month_labels=tuple(
            month_label(x, month, index)
            for index, (x, month) in enumerate(zip(places, series.months, strict=True))
        ),
    )


def top_of_scale(highest: Number) -> int:
    """The next even number that holds the highest value, so that the middle is whole too."""
    whole = -int(-highest // 1)
    return max(LOWEST_TOP_OF_SCALE, whole + whole % 2)


def across(y: float) -> str:
    return f"M{LEFT:.1f} {y:.1f}H{RIGHT:.1f}"


def joined(places: list[float], heights: list[float | None]) -> str:
    """The path through the months on record; a month that is not leaves a gap."""
    path, pen_is_down = "", False
    for x, y in zip(places, heights, strict=True):
        if y is not None:
            path += f"{'L' if pen_is_down else 'M'}{x:.1f} {y:.1f}"
        pen_is_down = y is not None
    return path


def dot_of(x: float, y: float | None, count: int | None, kind: str, current: bool) -> Dot:
    if y is None or count is None:
        number_x = centred("–", x, NUMBER_SIZE)
        return Dot(f"{x:.1f}", "", "–", number_x, f"{BOTTOM - 6:.1f}", "", kind, current)
    above = y - (12 if current else 8)
    return Dot(
        x=f"{x:.1f}",
        y=f"{y:.1f}",
        label=str(count),
        number_x=centred(str(count), x, NUMBER_SIZE),
        number_y=f"{above:.1f}",
        shape=SHAPES[kind](x, y),
        kind=kind,
        current=current,
    )


def disc(x: float, y: float) -> str:
    return f"M{x - 3:.1f} {y:.1f}a3 3 0 1 0 6 0a3 3 0 1 0 -6 0Z"


def triangle_up(x: float, y: float) -> str:
    return f"M{x:.1f} {y - 6:.1f}l6 10h-12Z"


def triangle_down(x: float, y: float) -> str:
    return f"M{x:.1f} {y + 6:.1f}l6 -10h-12Z"


SHAPES = {"usual": disc, "high": triangle_up, "low": triangle_down}


def month_label(x: float, month: Month, index: int) -> tuple[str, str, str, str]:
    """Name a month under the axis, with its year at the first one and at each January."""
    name = date_format(month.first_day, "M")
    year = str(month.year) if index == 0 or month.number == 1 else ""
    return centred(name, x, MONTH_SIZE), name, centred(year, x, MONTH_SIZE), year
