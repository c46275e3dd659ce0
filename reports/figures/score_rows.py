"""The rows of scores behind the figures of a span of months."""

from collections.abc import Iterable

from django.conf import settings

from incidents.models import ContactVolume, NpsScore, Organisation, SatisfactionScore
from incidents.month import Month, MonthSpan
from reports.figures.rates import MONTHS_IN_NPS_AVERAGE, NpsFigures
from reports.figures.scores import nps_of


class ScoreRows:
    """The scores of a span of months, by month and organisation.

    Of the NPS two months more, for the three-month average of the first; the score of all
    together has None for its organisation, and is told where the organisations are all there are.
    """

    def __init__(
        self, months: MonthSpan, organisations: Iterable[Organisation], is_whole: bool
    ) -> None:
        self.is_whole = is_whole
        ours = [each.pk for each in organisations]
        last_day = months.last.first_day
        in_span = {
            "month__range": (months.first.first_day, last_day),
            "organisation__in": ours,
        }
        self.satisfaction = {
            (Month.of_day(row.month), row.organisation_id): row
            for row in SatisfactionScore.objects.filter(**in_span).order_by()
        }
        self.contacts = {
            (Month.of_day(row.month), row.organisation_id): row
            for row in ContactVolume.objects.filter(**in_span).order_by()
        }
        first_day = (months.first - (MONTHS_IN_NPS_AVERAGE - 1)).first_day
        in_span_and_before = NpsScore.objects.filter(month__range=(first_day, last_day))
        self.nps = {
            (Month.of_day(row.month), row.organisation_id): row
            for row in in_span_and_before.order_by()
            if row.organisation_id in ours or (row.organisation_id is None and is_whole)
        }

    def nps_average(self, month: Month) -> NpsFigures:
        months = month.last(MONTHS_IN_NPS_AVERAGE) if self.is_whole else ()
        rows = [self.nps.get((each, None)) for each in months]
        spreads = [row.spread for row in rows if row and row.spread]
        return NpsFigures(
            scores=tuple((each, nps_of(row)) for each, row in zip(months, rows, strict=True)),
            answers=sum(map(sum, spreads)) if spreads and len(spreads) == len(months) else None,
            threshold=settings.NPS_VERY_GOOD,
        )
