"""What every test gets: quick passwords, and the shape of static files without a manifest."""

import pytest
from django.conf import settings


def pytest_configure(config: pytest.Config) -> None:
    # The real hasher is slow on purpose, which a test has no use for.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
