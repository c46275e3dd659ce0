"""Time as a service level counts it: pure, without a database.

moments; words; bank_holidays, zones ► hours, standstills ► running ► account
"""

from incidents.clock.account import Account, Interval, account_of
from incidents.clock.hours import ROUND_THE_CLOCK, Hours, OpeningHours, Span
from incidents.clock.moments import CLOCKS_DIFFER_BY, elapsed, has_come, must_have_come
from incidents.clock.running import AT_RISK_FROM, NEVER, Clock
from incidents.clock.standstills import Fault, Standstill, first_fault
from incidents.clock.words import in_hours, in_words, week_in_words

__all__ = [
    "AT_RISK_FROM",
    "CLOCKS_DIFFER_BY",
    "NEVER",
    "ROUND_THE_CLOCK",
    "Account",
    "Clock",
    "Fault",
    "Hours",
    "Interval",
    "OpeningHours",
    "Span",
    "Standstill",
    "account_of",
    "elapsed",
    "first_fault",
    "has_come",
    "in_hours",
    "in_words",
    "must_have_come",
    "week_in_words",
]
