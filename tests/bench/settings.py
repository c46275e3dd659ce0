"""The settings of production, as far as a benchmark on one machine can have them.

The environment of the process says DEBUG=0 and names the database; see tests/bench/databases.py.
"""

import os
from pathlib import Path

from servicedesk.settings import *  # noqa: F403
from servicedesk.settings import INSTALLED_APPS

ROOT_URLCONF = "tests.bench.urls"
INSTALLED_APPS.append("tests.bench")
# File names with a hash, as in production, but without the minute that compressing takes.
STATIC_ROOT = Path(os.environ["BENCH_FOLDER"]) / "static"
STORAGES = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
}
