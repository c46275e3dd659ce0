"""From an author's words to HTML: bold, lists and links. The only home of markdown-it and nh3.

A subset of Markdown, in which everything else stays text. What comes out is cleaned once more by a
library that knows nothing of Markdown, so that a fault in one of the two lets nothing through.
"""

import re
from collections.abc import Sequence
from typing import Any

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from reports import exempt

RULES = ["list", "emphasis", "link", "newline"]
HOST = r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?"
# A host without a name or a password before it, or one mailbox.
ADDRESS = re.compile(rf"https?://{HOST}(?::\d{{1,5}})?(?:[/?#]\S*)?|mailto:[^\s@/?]+@{HOST}", re.I)
TAGS = {"p", "br", "strong", "ul", "ol", "li", "a", "span"}
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
CLASSES = {"span": {"exempt-mark", "link-address"}}
SCHEMES = {"http", "https", "mailto"}
LINE_BREAK = Token("hardbreak", "br", 0)

Tokens = Sequence[Token]


class Renderer(RendererHTML):
    """Prints a slanted word as it was typed, and beside a link the address that it leads to."""

    def em_open(self, tokens: Tokens, at: int, options: OptionsDict, env: Any) -> str:
        return escape(tokens[at].markup)

    em_close = em_open

    def link_open(self, tokens: Tokens, at: int, options: OptionsDict, env: Any) -> str:
        return f'<a href="{escape(tokens[at].attrs["href"])}">'

    def link_close(self, tokens: Tokens, at: int, options: OptionsDict, env: Any) -> str:
        """Print the address, which paper shows and a screen does not."""
        opened = max(place for place in range(at) if tokens[place].type == "link_open")
        address = str(tokens[opened].attrs["href"])
        words = "".join(each.content for each in tokens[opened:at])
        shown = re.sub("^mailto:", "", address, flags=re.I)
        beside = "" if words in (address, shown) else f" ({escape(shown)})"
        return f'</a><span class="link-address">{beside}</span>' if beside else "</a>"

    def exempt_mark(self, tokens: Tokens, at: int, options: OptionsDict, env: Any) -> str:
        return f'<span class="exempt-mark">{escape(tokens[at].content)}</span> '


def exempt_mark(state: StateInline, silent: bool) -> bool:
    """Read the mark of a paragraph that is not for publication."""
    mark = exempt.MARK.match(state.src, state.pos)
    if mark is None:
        return False
    if not silent:
        token = state.push("exempt_mark", "", 0)
        token.content = f"Not for publication, paragraph {mark[1]}"
    state.pos = mark.end()
    return True


def markdown() -> MarkdownIt:
    made = MarkdownIt("zero", {"breaks": True, "html": False}, renderer_cls=Renderer).enable(RULES)
    made.inline.ruler.before("link", "exempt_mark", exempt_mark)
    made.validateLink = lambda url: ADDRESS.fullmatch(url) is not None  # type: ignore[method-assign]
    return made


MARKDOWN = markdown()


def html_of(text: str) -> SafeString:
    """Return the HTML of a text: paragraphs and lists."""
    return rendered(without_tags_in_lists(MARKDOWN.parse(text), depth=1))


def line_html_of(text: str) -> SafeString:
    """Return the HTML of a text that stands in a list itself."""
    return rendered(without_tags_in_lists(MARKDOWN.parse(text), depth=0))


def without_tags_in_lists(tokens: list[Token], depth: int) -> list[Token]:
    """Let a paragraph from a depth on be words alone, two line breaks between one and the next.

    In an item of a list its tag would make a PDF invalid.
    """
    for at, token in enumerate(tokens):
        if token.level >= depth and token.type in ("paragraph_open", "paragraph_close"):
            token.hidden = True
            if [each.type for each in tokens[at - 1 : at + 1]] == ["paragraph_close", token.type]:
                words = tokens[at + 1]
                words.children = [LINE_BREAK, LINE_BREAK, *(words.children or [])]
    return tokens


def rendered(tokens: Sequence[Token]) -> SafeString:
    html = MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})
    return SafeString(
        nh3.clean(
            html,
            tags=TAGS,
            attributes=ATTRIBUTES,
            allowed_classes=CLASSES,
            url_schemes=SCHEMES,
            link_rel="noopener noreferrer",
        )
    )
