"""One thing that a month lacks."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that a month still lacks, in words, and the address of the very field."""

    words: str
    url: str
