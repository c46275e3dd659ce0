"""Secrets of the second factor as the database keeps them: encrypted, for SECRET_KEY to open.

Whoever gets hold of a backup alone can make no code of them. Django's signing would not do: what
is signed can be read by everybody.
"""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ValidationError

MARK = "sealed:"
PURPOSE = b"servicedesk: secrets of the second factor"


class Unreadable(ValidationError):
    """No key of this site opens a secret."""

    def __init__(self) -> None:
        super().__init__(
            "Your second factor cannot be read any more. Ask an administrator to turn it off, "
            "then set it up anew."
        )


def sealed(secret: str) -> str:
    return MARK + ring().encrypt(secret.encode()).decode()


def opened(kept: str) -> str:
    """Return the secret that is kept so. Raises Unreadable.

    One that was kept before secrets were encrypted stands there as it is.
    """
    if not kept.startswith(MARK):
        return kept
    try:
        return ring().decrypt(kept.removeprefix(MARK)).decode()
    except InvalidToken:
        raise Unreadable from None


def ring() -> MultiFernet:
    """The keys of this site: the first one seals, every one opens."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(derived(key)) for key in keys])


def derived(key: str) -> bytes:
    """A key for this purpose alone: it opens nothing else, and tells nothing of the other."""
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(key.encode())
    return urlsafe_b64encode(made)
