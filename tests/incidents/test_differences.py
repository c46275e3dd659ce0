"""What a person has to read of two texts that differ."""

from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from incidents.differences import Piece, sides

LONG = "The line to the exchange failed at noon and nobody in the Guildhall could be called until"


def test_short_values_stand_whole() -> None:
    assert sides("P2", "P1") == ([Piece("P2", True)], [Piece("P1", True)])


def test_nothing_is_no_piece() -> None:
    assert sides("", "P1") == ([], [Piece("P1", True)])


def test_only_what_differs_is_marked_and_the_rest_is_cut() -> None:
    before, after = sides(f"{LONG} Tuesday.", f"{LONG} Wednesday.")
    kept = "… the Guildhall could be called until "
    assert [(piece.text.lstrip(), piece.differs) for piece in before] == [
        (kept, False),
        ("Tuesday.", True),
    ]
    assert after[-1] == Piece("Wednesday.", True)


def test_two_changes_far_apart_are_told_apart() -> None:
    before, _ = sides(f"One {LONG} Tuesday.", f"Two {LONG} Wednesday.")
    assert [piece.text for piece in before if piece.differs] == ["One", "Tuesday."]


def test_two_changes_in_a_text_of_several_paragraphs_are_told_apart() -> None:
    paragraphs = "\n\n".join([f"{LONG} evening."] * 6)
    before, after = sides(f"Of 8\n{paragraphs}", f"Of 9\n{paragraphs} It is so.")
    assert [piece.text for piece in before if piece.differs] == ["8"]
    assert [piece.text for piece in after if piece.differs] == ["9", " It is so."]


def test_a_text_that_is_another_is_marked_whole() -> None:
    before, _ = sides("Tekpool is to report the cause of it.", "Ring the supplier.")
    assert before == [Piece("Tekpool is to report the cause of it.", True)]


def test_lines_are_kept() -> None:
    _, after = sides("first\nsecond", "first\nsecond\nthird")
    assert "".join(piece.text for piece in after) == "first\nsecond\nthird"


texts = st.lists(st.sampled_from(["a ", "b ", "c", " ", "\n", "word "]), max_size=40).map("".join)


@given(texts, texts)
def test_what_differs_and_what_is_kept_make_up_no_other_text(before: str, after: str) -> None:
    for text, found in zip((before, after), sides(before, after), strict=True):
        rest = text
        for piece in found:
            for part in piece.text.split("…"):
                assert part.strip() in rest
                rest = rest[rest.index(part.strip()) + len(part.strip()) :]


def test_long_texts_of_few_words_take_no_time() -> None:
    one, other = "a b the and " * 20_000, "the b a and " * 20_000
    # Of the processor, whatever else the machine does meanwhile.
    began = process_time()
    sides(one, other)
    assert process_time() - began < 5
