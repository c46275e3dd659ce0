"""An author's text as HTML: what it may hold, and that everything else stays text."""

import re
from html.parser import HTMLParser
from io import BytesIO

import page
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pypdf import PdfReader

from incidents.models import Organisation
from reports.committee import report_of
from reports.markup import html_of, line_html_of
from reports.models import Improvement
from reports.pdf import pdf_of
from tests.builders import MARCH, committee_report, organisation

# Text as people type it, and what Markdown and HTML would take for more than text.
PIECES = st.sampled_from(
    [
        *(
            "words",
            " ",
            "\n",
            "\n\n",
            "- ",
            "1. ",
            "  ",
            "**",
            "*",
            "__",
            "_",
            "`",
            "# ",
            "> ",
            "|",
        ),
        *(
            "[a](https://x.org/)",
            "[a](javascript:alert(1))",
            "[a](data:text/html,x)",
            "](",
            "![",
            "[",
        ),
        *(
            "<script>",
            "<img src=x onerror=y>",
            "<a href='javascript:x'>",
            "</p>",
            "&amp;",
            "&#106;",
        ),
        *("[not for publication, paragraph 3]", "<!--", "\\", "\x00", "\u202e", "\U0001f600"),
    ]
)
TYPED = st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=60)
ALLOWED = {"p", "br", "strong", "ul", "ol", "li", "a", "span"}


class Found(HTMLParser):
    """The tags, the attributes and the words of some HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str | None]] = []
        self.open: list[str] = []
        self.within: set[tuple[str, str]] = set()
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        if self.open:
            self.within.add((self.open[-1], tag))
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@given(TYPED)
@example("[a](https://x.org/ 'title')")
@example("[a](<https://x.org/>)")
@example("[a](HTTPS://x.org)")
def test_it_holds_nothing_but_what_an_author_may_use(text: str) -> None:
    for html in (html_of(text), line_html_of(text)):
        found = Found(html)
        assert found.open == []
        assert found.tags <= ALLOWED
        for tag, name, value in found.attributes:
            assert (tag, name) in {("a", "href"), ("a", "rel"), ("ol", "start"), ("span", "class")}
            if name == "href":
                assert re.match("(https?://|mailto:)", value or "", re.I)
        # A tag of a paragraph in an item of a list makes a PDF invalid.
        assert ("li", "p") not in found.within
    assert "p" not in Found(line_html_of(text)).tags


@given(st.text(st.characters(categories=["L", "N", "Sc"]), min_size=1, max_size=30))
def test_plain_words_stay_what_they_are(words: str) -> None:
    assert Found(html_of(f"In March {words} (12, “3”) <{words}>.")).text.strip() == (
        f"In March {words} (12, “3”) <{words}>."
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One.\nTwo.\n\nThree.", "<p>One.<br>\nTwo.</p>\n<p>Three.</p>"),
        ("Very **good**.", "<p>Very <strong>good</strong>.</p>"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("- one\n\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("3. one\n4. two", '<ol start="3">\n<li>one</li>\n<li>two</li>\n</ol>'),
        ("- a\n\n  b", "<ul>\n<li>a<br>\n<br>\nb</li>\n</ul>"),
        ("- a\n  1. b\n\n  c", "<ul>\n<li>a\n<ol>\n<li>b</li>\n</ol>\nc</li>\n</ul>"),
        ("2 *3* _4_ ~~5~~ `6`", "<p>2 *3* _4_ ~~5~~ `6`</p>"),
        ("***all***", "<p>*<strong>all</strong>*</p>"),
        ("# A\n> b\n\n    c", "<p># A<br>\n&gt; b</p>\n<p>c</p>"),
        (r"\\server\share \*", r"<p>\\server\share \*</p>"),
        ("AT&amp;T <b>x</b>", "<p>AT&amp;amp;T &lt;b&gt;x&lt;/b&gt;</p>"),
        ("![x](https://x.org/y.png)", "!<a "),
        ("<https://x.org>", "<p>&lt;https://x.org&gt;</p>"),
    ],
)
def test_what_is_more_than_text(text: str, html: str) -> None:
    assert html in html_of(text)


@pytest.mark.parametrize(
    ("typed", "address", "shown"),
    [
        (
            "[the plan](https://x.org/a?b=1&c=2)",
            "https://x.org/a?b=1&c=2",
            "the plan (https://x.org/a?b=1&c=2)",
        ),
        ("[us](mailto:desk@x.org)", "mailto:desk@x.org", "us (desk@x.org)"),
        ("[desk@x.org](mailto:desk@x.org)", "mailto:desk@x.org", "desk@x.org"),
        ("[https://x.org](https://x.org)", "https://x.org", "https://x.org"),
        ("[**the** plan](http://x.org:80/)", "http://x.org:80/", "the plan (http://x.org:80/)"),
        ('[the plan](https://x.org "title")', "https://x.org", "the plan (https://x.org)"),
    ],
)
def test_a_link_says_its_address_for_paper(typed: str, address: str, shown: str) -> None:
    found = Found(html_of(typed))
    assert ("a", "href", address) in found.attributes
    assert ("a", "rel", "noopener noreferrer") in found.attributes
    assert found.text.strip() == shown


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://x.org",
        "//x.org",
        "/months/",
        "#top",
        "https://",
        "https:x.org",
        "https://user:secret@x.org",
        "https://[::1",
        "mailto:",
        "mailto:a@b?bcc=c@d",
    ],
)
def test_a_link_to_anything_else_stays_text(address: str) -> None:
    html = html_of(f"[here]({address})")
    assert "<a" not in html
    assert f"[here]({address})" in Found(html).text


def test_a_line_of_a_list_has_no_paragraph_of_its_own() -> None:
    assert line_html_of("Very **good**.") == "Very <strong>good</strong>."
    assert line_html_of("One.\n\nTwo.") == "One.<br>\n<br>\nTwo."
    assert "<li>a</li>" in line_html_of("One:\n- a\n- b")


def test_the_mark_of_a_paragraph_is_printed_as_a_label() -> None:
    label = '<span class="exempt-mark">Not for publication, paragraph 3</span>'
    assert html_of("[not for publication, paragraph 3] **So**.") == (
        f"<p>{label} <strong>So</strong>.</p>\n"
    )
    assert html_of("[Not for  Publication,\nparagraph 3]\n- a").startswith(f"<p>{label}")


@pytest.mark.parametrize(
    "text",
    ["[" * 20_000, "[a](" * 5_000, "*" * 20_000, "**a " * 5_000, "- a\n" * 3_000, "- " * 5_000],
    ids=["brackets", "links", "stars", "bold", "lines", "nested"],
)
def test_a_text_made_to_be_slow_is_not(text: str) -> None:
    assert html_of(text)


EVERYTHING = """\
Very **good**, says [the plan](https://x.org/a?b=1&c=2#d), and [us](mailto:desk@x.org).

[not for publication, paragraph 3] The **bid** was low:
- by
  1. so much
  2. and more

     than that

  goes on

7. seven

   and again
8. [https://x.org](https://x.org)
9.
"""


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_the_paper_stays_accessible_with_all_of_it(profile: str) -> None:
    written = committee_report(
        opening_statement=EVERYTHING,
        recommendations="- only\n\n- lists",
        satisfaction_text="1. one",
    )
    for text in (EVERYTHING, "- a list\n- alone", "Two.\n\nParagraphs."):
        Improvement.objects.create(report=written, organisation=organisation(), text=text)
    data = pdf_of(report_of(MARCH, list(Organisation.objects.all())))
    found = str(page.validate_pdf_bytes(data, profile=profile))
    assert re.search(r"Rules: \d+ passed, 0 failed", found), found
    text = " ".join(each.extract_text() for each in PdfReader(BytesIO(data)).pages)
    assert "https://x.org/a?b=1&c=2#d" in text.replace("\n", "")
