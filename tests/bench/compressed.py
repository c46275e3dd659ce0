"""The settings of the benchmark, with static files compressed as production has them."""

from servicedesk import settings as production
from tests.bench.settings import *  # noqa: F403

STORAGES = production.STORAGES
