"""What is demanded of people; who they are and what they do is Django's users and groups."""

from django.contrib.auth.models import Group
from django.db import models

from incidents.models.recorded import Recorded


class TwoFactorDemand(Recorded):
    """A role whose people must sign in with a second factor."""

    CALLED = "two-factor demanded of a role"

    role = models.OneToOneField(
        Group, models.CASCADE, primary_key=True, related_name="two_factor_demand"
    )

    def __str__(self) -> str:
        return f"{self.role} must use two-factor"
