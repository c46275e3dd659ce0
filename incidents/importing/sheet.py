"""A file as rows: its encoding, its delimiter, its header, and what is wrong with a row."""

import codecs
import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from incidents.importing.cells import Unexpected
from incidents.text import from_cell, is_unprintable

T = TypeVar("T")
PIECE = 1 << 20  # bytes decoded at a time, so that a large file never stands in memory twice
DELIMITERS = ",;"
SHOWN_CHARACTERS = 60


class Refused(Exception):
    """The import cannot be done; the message says why, for the person who gave the file."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell, or with a whole row where the column is empty."""

    line: int
    column: str
    value: str
    expected: str

    def __str__(self) -> str:
        if not self.column:
            return f"line {self.line}: {self.expected}"
        return f"line {self.line}, {self.column}: {shown(self.value)}; expected {self.expected}"


def shown(value: str) -> str:
    """Return a value between quotation marks, shortened, its control characters escaped."""
    if not value:
        return "empty"
    short = value if len(value) <= SHOWN_CHARACTERS else value[:SHOWN_CHARACTERS] + "…"
    return "“" + "".join(c if c.isprintable() else ascii(c)[1:-1] for c in short) + "”"


@dataclass(slots=True)
class Row:
    """One row by column name; reading a cell that is wrong adds a fault and gives None."""

    line: int
    cells: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def text(self, column: str) -> str:
        return self.cells.get(column, "")

    def refuse(self, column: str, expected: str) -> None:
        self.faults.append(Fault(self.line, column, self.text(column), expected))

    def read(self, column: str, reader: Callable[[str], T]) -> T | None:
        try:
            return reader(self.text(column))
        except Unexpected as error:
            self.refuse(column, str(error))
            return None

    def read_given(self, column: str, reader: Callable[[str], T]) -> T | None:
        """Read a cell that may be empty, which gives None without a fault."""
        return self.read(column, reader) if self.text(column) else None


@dataclass(frozen=True)
class Sheet:
    """A file whose header has been understood."""

    content: bytes
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    notes: tuple[str, ...]

    def rows(self) -> Iterator[Row]:
        """Give every row that holds anything; one that cannot be taken apart carries a fault."""
        width = len(self.header)
        lines = records(self.content, self.encoding, self.delimiter)
        for line, cells in islice(lines, 1, None):
            if isinstance(cells, str):
                yield Row(line, faults=[Fault(line, "", "", cells)])
            elif len(cells) != width:
                words = f"{len(cells)} cells, where the header has {width}"
                yield Row(line, faults=[Fault(line, "", "", words)])
            else:
                yield Row(line, dict(zip(self.header, cells, strict=True)))


def records(content: bytes, encoding: str, delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """Give each record that is not empty, with the line on which it starts.

    Blanks around a cell do not count, nor does the apostrophe by which `as_cell` keeps a
    spreadsheet from taking it for a formula.

    Where quotation marks are broken, the words for it stand in place of the cells, and nothing
    follows: no one can tell where the next record would begin.
    """
    text = io.TextIOWrapper(io.BytesIO(content), encoding=encoding, newline="")
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = [from_cell(cell.strip()).strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            yield line, f"{words_for(error)}; the rest of the file was not read"
            return
        if any(cells):
            yield line, cells


def words_for(error: csv.Error) -> str:
    if "field limit" in str(error):
        return f"a cell holds more than {csv.field_size_limit()} characters"
    return "a quotation mark is left open, or stands within a cell without being doubled"


def read_sheet(content: bytes, required: Sequence[str], optional: Sequence[str]) -> Sheet:
    """Find out how the file is written and check its header.

    Raises Refused for a file that is empty or no text, or whose header lacks a column, has one
    twice, or is missing.
    """
    encoding = encoding_of(content)
    known = [*required, *optional]
    headers = {mark: header_of(content, encoding, mark) for mark in DELIMITERS}
    delimiter = max(DELIMITERS, key=lambda mark: sum(name in known for name in headers[mark]))
    header = headers[delimiter]
    if any(is_unprintable(character) for name in header for character in name):
        raise Refused("This is not a text file. Save the table as CSV in UTF-8.")
    check_columns(header, required, known)
    notes = [f"column not known, not read: {shown(name)}" for name in header if name not in known]
    if encoding == "cp1252":
        notes.insert(0, "read as Windows-1252, since it is not UTF-8")
    return Sheet(content, encoding, delimiter, tuple(header), tuple(notes))


def encoding_of(content: bytes) -> str:
    if not content.strip(codecs.BOM_UTF8 + b" \t\r\n,;"):
        raise Refused("The file is empty.")
    for encoding in ("utf-8-sig", "cp1252"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            for start in range(0, len(content), PIECE):
                decoder.decode(content[start : start + PIECE])
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    raise Refused("This is not text in UTF-8 or Windows-1252. Save the table as CSV in UTF-8.")


def header_of(content: bytes, encoding: str, delimiter: str) -> list[str]:
    _, cells = next(records(content, encoding, delimiter), (1, ""))
    if isinstance(cells, str):
        return []
    return [cell.lower().replace(" ", "_") for cell in cells]


def check_columns(header: Sequence[str], required: Sequence[str], known: Sequence[str]) -> None:
    if not set(header) & set(known):
        raise Refused(
            "The first line is no header of this kind of file. Expected the columns "
            + ", ".join(required)
            + "."
        )
    if missing := [name for name in required if name not in header]:
        unknown = [shown(name) for name in header if name not in known]
        found = f" Not known: {', '.join(unknown)}." if unknown else ""
        raise Refused(f"The header lacks {', '.join(missing)}.{found}")
    if twice := sorted({name for name in header if name and header.count(name) > 1}):
        raise Refused(f"The header has {', '.join(map(shown, twice))} more than once.")
