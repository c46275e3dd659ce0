"""What is taken from the HTML of the paper, and what must stay."""

import pytest

from reports.pdf.fitting import fit_for_paper


@pytest.mark.parametrize(
    ("html", "fitted"),
    [
        ("<table>\n  <tr>\n    <td>a</td>\n  </tr>", "<table><tr><td>a</td></tr>"),
        ("<p>one</p>\n\n<p>two</p>\n<h3>x</h3>", "<p>one</p><p>two</p><h3>x</h3>"),
        # Between words a line's end is a blank.
        ("<strong>a</strong>\n<span>b</span>", "<strong>a</strong>\n<span>b</span>"),
        ("<td>one\n\n<b>two</b>\n  </td>", "<td>one\n\n<b>two</b></td>"),
        ("<b>a</b> <div>b</div>", "<b>a</b> <div>b</div>"),
        ("<b>a</b>\n<time>b</time>", "<b>a</b>\n<time>b</time>"),
    ],
)
def test_indents_before_a_block_go_and_nothing_else(html: str, fitted: str) -> None:
    assert fit_for_paper(html) == fitted
