"""What a browser sends from the page on which a report is written."""

from html.parser import HTMLParser

from django.test import Client

EDIT = "/months/2019-03/report/edit/"
CORPORATION_LIST = "improvements-city-of-london-corporation"
POLICE_LIST = "improvements-city-of-london-police"


def typed(seen: str = "0", **changes: str) -> dict[str, str]:
    """A report with no lines; a list is given by its own names."""
    form = {
        "seen": seen,
        "subject": "IT service",
        "classification": "public",
        "report_of": "The Chamberlain",
        "opening_statement": "A quiet month.",
        "recommendations": "Note it.",
    }
    for prefix in ("committees", "authors", CORPORATION_LIST, POLICE_LIST):
        form |= {f"{prefix}-TOTAL_FORMS": "3", f"{prefix}-INITIAL_FORMS": "0"}
    return form | changes


def lines(prefix: str, *texts: str, field: str = "text") -> dict[str, str]:
    return {f"{prefix}-{number}-{field}": text for number, text in enumerate(texts)}


class Form(HTMLParser):
    """The fields of a page as a browser sends them; what a template holds is no part of it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: dict[str, str] = {}
        self.name, self.in_template = "", False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.in_template |= tag == "template"
        if self.in_template:
            return
        if tag in ("select", "textarea"):
            self.name = values.get("name", "")
        if tag == "textarea":
            self.sent[self.name] = ""
        counts = values.get("type") not in ("checkbox", "radio") or "checked" in values
        if tag == "input" and "name" in values and counts:
            self.sent[values["name"]] = values.get("value", "")
        if tag == "option" and self.name and "selected" in values:
            self.sent[self.name] = values["value"]

    def handle_endtag(self, tag: str) -> None:
        self.in_template &= tag != "template"
        if tag in ("select", "textarea"):
            self.name = ""

    def handle_data(self, data: str) -> None:
        if self.lasttag == "textarea" and self.name and not self.in_template:
            self.sent[self.name] += data.removeprefix("\n") if not self.sent[self.name] else data


def opened(client: Client, page: str = "") -> dict[str, str]:
    """What a person would send who changes nothing on the page, by default as it is opened."""
    return Form(page or client.get(EDIT).text).sent
