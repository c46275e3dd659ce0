"""Hostile text for every field of every form, who it would call, and what in a page could act."""

import csv
import io
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from threading import Thread

from django.test import Client

from tests.reports.typed import Form

MARK = "zq7"  # stands in all hostile text and nowhere else
TEXT_TYPES = {"text", "search", "email", "url", "tel"}
PLAIN_SCHEMES = {"", "http", "https", "mailto"}
# What a browser fetches without being asked, and what it follows on a click.
FETCHED = {"src", "srcset", "data", "poster", "background"}
FOLLOWED = {"href", "xlink:href", "action", "formaction"}
SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")
NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
CR = "\r"


class Listener:
    """A server on this machine that answers nobody and counts who calls."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.calls = 0
        Thread(target=self.listen, daemon=True).start()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.socket.getsockname()[1]}"

    def listen(self) -> None:
        while True:
            try:
                caller, _ = self.socket.accept()
            except OSError:
                return
            self.calls += 1
            caller.close()


@contextmanager
def listening() -> Iterator[Listener]:
    listener = Listener()
    try:
        yield listener
    finally:
        listener.socket.shutdown(socket.SHUT_RDWR)
        listener.socket.close()


def hostile_texts(address: str, canary: Path) -> list[str]:
    """Give hostile texts, the longest first: a short field takes the last that fits."""
    web, file = f"http://{address}", canary.as_uri()
    run = "window.zq7=1"
    return [
        f'=HYPERLINK("{web}/f","{MARK}") "\'><script>{run};fetch(\'{web}/s\')</script>'
        f"<img src={web}/i onerror={run}><svg onload={run}><image href={web}/v /></svg>"
        f"<style>@import '{web}/c';*{{background:url({web}/b)}}</style><base href={web}/>"
        f"<link rel=stylesheet href={file}><object data={file}></object>"
        f"<iframe srcdoc='<script>parent.{run}</script>'></iframe>"
        f" [link](javascript:{run}) ![picture]({web}/m) <{web}/auto> {{{{ 7|add:7 }}}}",
        f'=1+1 {MARK}"><img src={web}/i onerror={run}>',
        f'@{MARK}"><svg onload={run}>',
        f"={MARK}'<b>",
    ]


class TextFields(HTMLParser):
    """The fields of a page in which a person types, and how many characters each takes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.lengths: dict[str, int] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        is_text = tag == "input" and values.get("type", "text") in TEXT_TYPES
        if (is_text or tag == "textarea") and values.get("name"):
            self.lengths[values["name"]] = int(values.get("maxlength", "5000"))


class LiveParts(HTMLParser):
    """What in a page could run, fetch or lead astray; `found` names each."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            text = value or ""
            scheme = SCHEME.match(text)
            is_elsewhere = bool(scheme) or text.lstrip().startswith("//")
            astray = scheme is not None and scheme[1].lower() not in PLAIN_SCHEMES
            if (
                name.startswith("on")
                or name in ("style", "srcdoc")
                or (name in FETCHED and is_elsewhere)
                or (name in FOLLOWED and (astray or (is_elsewhere and tag not in ("a", "area"))))
                or (tag in ("base", "object", "embed", "iframe") and MARK in text)
            ):
                self.found.append(f"<{tag} {name}={text[:60]}>")

    def handle_data(self, data: str) -> None:
        if self.cdata_elem in ("script", "style") and MARK in data:
            self.found.append(f"<{self.cdata_elem}>{data[:60]}")


def formulas(text: str) -> list[str]:
    """Return the cells of a CSV file that a spreadsheet would work out."""
    cells = [cell for row in csv.reader(io.StringIO(text.lstrip("\ufeff"))) for cell in row]
    starts = ("=", "+", "-", "@", "\t", CR)
    return [each for each in cells if each.startswith(starts) and not NUMBER.fullmatch(each)]


def plant(client: Client, address: str, texts: list[str]) -> Iterator[tuple[str, str]]:
    """Type hostile text into each field of the form at an address, and send it as it stands else.

    Yields each field with the page that answers, which is "" where the form was taken.
    """
    for field in TextFields(client.get(address).text).lengths:
        page = client.get(address).text
        longest = TextFields(page).lengths.get(field, 0)
        fitting = [text for text in texts if len(text) <= longest] or [texts[-1][:longest]]
        answer = client.post(address, Form(page).sent | {field: fitting[0]})
        yield field, answer.text if answer.status_code == 200 else ""
