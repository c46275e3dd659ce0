"""Which parts of a drawn page differ, each as small as it can be."""

from reports.live.parts import differing, split

CARD = '<p data-live="a">1</p>'


def page(a: str = "1", b: str = "2", around: str = "Gauges") -> dict[str, str]:
    parts = f'<article data-live="a"><article>{a}</article></article><p data-live="b">{b}</p>'
    return {"figures": f"<h2>{around}</h2>{parts}", "head": "<h1>March</h1>"}


def test_the_same_page_has_no_differing_parts() -> None:
    assert differing(page(), page()) == {}


def test_a_part_that_changed_stands_for_the_part_around_it() -> None:
    assert differing(page(), page(b="3")) == {"b": '<p data-live="b">3</p>'}


def test_a_part_ends_where_its_own_element_ends() -> None:
    changed = '<article data-live="a"><article>7</article></article>'
    assert differing(page(), page(a="7")) == {"a": changed}


def test_what_changed_around_the_parts_brings_all_of_them() -> None:
    after = page(a="7", around="Dials")
    assert differing(page(), after) == {"figures": after["figures"]}


def test_a_part_that_came_or_went_brings_all_of_them() -> None:
    without = {"figures": "<h2>Gauges</h2>", "head": "<h1>March</h1>"}
    assert differing(page(), without) == {"figures": without["figures"]}
    assert differing(without, page()) == {"figures": page()["figures"]}


def test_a_page_of_which_nothing_is_known_differs_as_a_whole() -> None:
    assert differing({}, page()) == page()


def test_unusual_line_ends_and_single_tags_move_no_part() -> None:
    text = f"<p>a\u2028b\r\nc<br><path/>&amp;</p>\n {CARD}"
    assert split(text) == (text.replace(CARD, "<a>"), {"a": CARD})
