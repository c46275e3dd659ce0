"""Keys of the database in a guise that tells nothing.

Whoever saw the keys of their own rows, which are given out in one row to all, would count by the
gaps what others log. A guise is the same each time, so that an address in a bookmark stays good
for as long as SECRET_KEY does.
"""

from django.utils.crypto import salted_hmac

HALF = 32
ROUNDS = 4


def veiled(kind: str, key: int) -> int:
    """Return the guise of a key of this kind, a number of 64 bits (a Feistel network)."""
    left, right = halves(key)
    for number in range(ROUNDS):
        left, right = right, left ^ mixed(kind, number, right)
    return left << HALF | right


def unveiled(kind: str, guise: int) -> int:
    """Return the key behind a guise; one that nobody was given leads to a key that no row has."""
    left, right = halves(guise)
    for number in reversed(range(ROUNDS)):
        left, right = right ^ mixed(kind, number, left), left
    return left << HALF | right


def halves(number: int) -> tuple[int, int]:
    mask = (1 << HALF) - 1
    return number >> HALF & mask, number & mask


def mixed(kind: str, number: int, half: int) -> int:
    digest = salted_hmac(f"{__name__}.{kind}.{number}", str(half), algorithm="sha256").digest()
    return int.from_bytes(digest[: HALF // 8])


def veiled_record(record: str) -> str:
    """Return what the history calls a record, such as incident:17, in a guise."""
    kind, _, key = record.partition(":")
    return f"{kind}:{veiled(kind, int(key))}"


def unveiled_record(text: str) -> str:
    """Return what the history calls the record of a guise; "" where it is none."""
    kind, _, guise = text.partition(":")
    fits = guise.isascii() and guise.isdecimal() and len(guise) <= 20
    return f"{kind}:{unveiled(kind, int(guise))}" if fits else ""
