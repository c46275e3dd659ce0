"""An authenticator app, as a test holds it in its hand."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth.models import Group, User

from incidents.access import Role
from incidents.models import TwoFactorDemand

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code(secret: str = SECRET, *, steps: int = 0) -> str:
    """Return what the app shows now, or some steps of half a minute from now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


def set_up(person: User) -> list[str]:
    """Give a person a second factor; return the recovery codes."""
    TOTP.activate(person, SECRET)
    codes: list[str] = RecoveryCodes.activate(person).get_unused_codes()
    return codes


def demand(*roles: Role) -> None:
    for role in roles:
        TwoFactorDemand.objects.create(role=Group.objects.get(name=role.value))


def has_it(person: User) -> bool:
    return bool(Authenticator.objects.filter(user=person).exists())
