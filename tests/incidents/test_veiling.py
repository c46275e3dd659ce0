"""Keys in a guise: another one for each key and kind, and back again."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from incidents.veiling import unveiled, veiled


@given(st.integers(min_value=1, max_value=2**63 - 1))
def test_a_key_comes_back_from_its_guise_and_from_no_other(key: int) -> None:
    guise = veiled("hold", key)
    assert unveiled("hold", guise) == key
    assert unveiled("incident", guise) != key


def test_guises_of_neighbours_are_no_neighbours() -> None:
    guises = [veiled("hold", key) for key in range(1, 200)]
    apart = [abs(one - other) for one, other in pairwise(guises)]
    assert min(apart) > 1_000_000
    assert guises != sorted(guises)
