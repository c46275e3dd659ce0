"""The report as one web page that stands by itself: no script, no link, its sheet inside."""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from reports.committee import CommitteeReportContent

# The sheets of the site's page, after what these lean on.
SHEETS = ("standalone.css", "tokens.css", "servicedesk.css", "report.css")
SHEET = re.compile(rb"<style>(.*?)</style>", re.DOTALL)
DARK = re.compile(r'\[data-bs-theme="dark"\] (\{[^}]*\})')


def web_page_of(report: CommitteeReportContent) -> bytes:
    """Write a report as an HTML file, from the template of the page."""
    context = report.context() | {"sheet": sheet(), "allowed": hash_of(sheet().encode())}
    return render_to_string("reports/publishing/standalone.html", context).encode()


@cache
def sheet() -> SafeString:
    """The sheets in one; where the site's script chooses dark, the file follows the reader."""
    folder = Path(settings.BASE_DIR) / "static"
    text = "\n".join((folder / name).read_text(encoding="utf-8") for name in SHEETS)
    followed = DARK.sub(r"@media (prefers-color-scheme: dark) { :root \1 }", text)
    # Our own files, in which nobody has typed.
    return mark_safe(followed)  # noqa: S308


def policy_for(page: bytes) -> str:
    """The content policy under which a kept page is shown: its own sheet, and nothing else."""
    found = SHEET.search(page)
    styles = hash_of(found[1]) if found else "'none'"
    return (
        f"default-src 'none'; style-src {styles}; object-src 'none'; script-src 'none'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def hash_of(text: bytes) -> str:
    """Name a text as a content policy does."""
    return f"'sha256-{b64encode(sha256(text).digest()).decode()}'"
