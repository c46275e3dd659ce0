"""The bank holidays of England: the one home of the holidays library."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from holidays import country_holidays


@lru_cache(maxsize=200)
def bank_holidays(year: int) -> Mapping[date, str]:
    """Return the bank holidays of a year by day, with the days that stand in for a weekend's."""
    return dict(country_holidays("GB", subdiv="ENG", years=year, expand=False))
