"""The charts that a person explores, drawn by Plotly in the browser; its only home.

Each function returns a figure as JSON text. Colours are named by their tokens, as in a style sheet;
the script that draws puts in those of the page, light or dark.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from html import escape
from typing import Any

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from reports.gauges import PERCENT, Gauge
from reports.trend import Series
from reports.verdicts import Verdict
from reports.wording import gauge_value

# In pixels: one panel of the trend, the room for months and title between two, the margins.
PANEL_HEIGHT, PANEL_GAP, TOP, BOTTOM = 110, 76, 40, 56
# How many counts stand beside a panel, from 0; in less room they would stand at halves.
TICKS = 5
LINE, BAND, REFERENCE = "var(--link)", "var(--usual)", "var(--line-strong)"
# Before the distance to a target; a number below it has a sign of its own.
SIGNS = {"increasing": "+", "decreasing": ""}
SHAPES = {
    Verdict.MET: "star",
    Verdict.CLOSE: "circle",
    Verdict.MISSED: "triangle-up",
    Verdict.TOO_FEW: "circle-open",
}
# A month outside the usual range stands out by its shape, as on paper; sizes are in pixels.
KINDS = {
    "usual": ("circle", 8),
    "none": ("circle", 8),
    "high": ("triangle-up", 14),
    "low": ("triangle-down", 14),
}


def trend_figure(trend: Sequence[Series]) -> str:
    """Draw twelve months of each series in a panel of its own, with its mean and usual range."""
    if not trend:
        return as_json(go.Figure(), height=120)
    panels = len(trend) * PANEL_HEIGHT + (len(trend) - 1) * PANEL_GAP
    figure = make_subplots(
        rows=len(trend),
        cols=1,
        shared_xaxes=True,
        vertical_spacing=PANEL_GAP / panels,
        # Plotly takes a title for markup, and a person typed these names.
        subplot_titles=[escape(f"{each.priority}, {each.organisation}") for each in trend],
    )
    for row, series in enumerate(trend, start=1):
        months = [month.first_day for month in series.months]
        add_usual_range(figure, row, months, series)
        figure.add_trace(
            go.Scatter(
                x=months,
                y=series.counts,
                mode="lines+markers",
                name="Incidents",
                line={"color": LINE, "width": 2},
                marker={
                    "symbol": [KINDS[kind][0] for kind in series.kinds],
                    "size": [KINDS[kind][1] for kind in series.kinds],
                },
                cliponaxis=False,
                hovertemplate="%{y}<extra></extra>",
            ),
            row=row,
            col=1,
        )
    figure.update_yaxes(
        rangemode="tozero", tickformat="d", nticks=TICKS, autorangeoptions={"include": TICKS - 1}
    )
    figure.update_layout(meta={"kinds": KINDS})
    return as_json(figure, height=panels + TOP + BOTTOM)


def add_usual_range(figure: Any, row: int, months: list[date], series: Series) -> None:
    """Lay the natural limits as a band and the mean as a dashed line behind the counts."""
    if (limits := series.usual.limits) is None:
        return
    for value, options in (
        (limits.lower, {"line": {"width": 0}}),
        (limits.upper, {"line": {"width": 0}, "fill": "tonexty", "fillcolor": BAND}),
        (limits.mean, {"line": {"dash": "dash", "width": 1.5, "color": REFERENCE}}),
    ):
        figure.add_trace(
            go.Scatter(
                x=months, y=[float(value)] * len(months), mode="lines", hoverinfo="skip", **options
            ),
            row=row,
            col=1,
        )


def dial_figure(gauge: Gauge) -> str:
    """Draw one gauge large, with its target as a line and the distance to it as a number."""
    target = as_float(gauge.target)
    lower, upper = gauge.scale
    suffix = PERCENT if gauge.unit == PERCENT else ""
    good, bad = (
        ("decreasing", "increasing") if gauge.lower_is_better else ("increasing", "decreasing")
    )
    bar = colour(gauge.verdict) if gauge.verdict else "var(--quiet)"
    delta = {
        "reference": target,
        "suffix": " points from target",
        good: {"color": colour(Verdict.MET), "symbol": SIGNS[good]},
        bad: {"color": colour(Verdict.MISSED), "symbol": SIGNS[bad]},
    }
    figure = go.Figure(
        go.Indicator(
            mode="gauge+number+delta" if target is not None else "gauge+number",
            value=as_float(gauge.value),
            number={"suffix": suffix, "valueformat": number_format(gauge.value)},
            delta=delta if target is not None else None,
            gauge={
                "axis": {"range": [lower, upper], "ticksuffix": suffix},
                "bar": {"color": bar, "thickness": 0.75},
                "threshold": {"value": target, "thickness": 1, "line": {"width": 4}},
            },
        )
    )
    return as_json(figure, height=320)


def history_figure(points: Sequence[Gauge]) -> str:
    """Draw a gauge's months, oldest first: values with the shape of their verdict, and targets."""
    months = [point.month.first_day for point in points]
    figure = go.Figure()
    figure.add_trace(
        go.Scatter(
            x=months,
            y=[as_float(point.target) for point in points],
            mode="lines",
            name="Target",
            line={"dash": "dash", "width": 1.5, "color": REFERENCE, "shape": "hvh"},
            hovertemplate="target %{y}<extra></extra>",
        )
    )
    figure.add_trace(
        go.Scatter(
            x=months,
            y=[as_float(point.value) for point in points],
            mode="lines+markers",
            name="Value",
            line={"color": LINE, "width": 2},
            marker={
                "size": 11,
                "symbol": [symbol(point.verdict) for point in points],
                "color": [colour(point.verdict) if point.verdict else LINE for point in points],
            },
            cliponaxis=False,
            text=[gauge_value(point) for point in points],
            hovertemplate="%{text}<extra></extra>",
        )
    )
    figure.update_yaxes(rangemode="tozero", nticks=6)
    return as_json(figure, height=360)


def colour(verdict: Verdict) -> str:
    return f"var(--{verdict.token})"


def symbol(verdict: Verdict | None) -> str:
    return SHAPES.get(verdict, "circle-open") if verdict else "circle-open"


def number_format(value: Decimal | None) -> str:
    """Give Plotly as many decimal places as the number is printed with everywhere else."""
    places = 0 if value is None else max(0, -int(value.as_tuple().exponent))
    return f".{places}f"


def as_float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def as_json(figure: Any, height: int) -> str:
    figure.update_xaxes(type="date", tickformat="%b\n%Y", hoverformat="%B %Y", showticklabels=True)
    figure.update_layout(
        template="none",
        height=height,
        showlegend=False,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        margin={"l": 48, "r": 24, "t": TOP, "b": BOTTOM},
        hovermode="x unified",
    )
    return str(figure.to_json())
