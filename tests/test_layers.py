"""The order of the house, read from the imports: who may know whom, and where a library lives.

The order within a package is written in its docstring: `a ► b, c ► d; a ► e; f`. What stands to
the left of a module, directly or through others, it may import; f alone between semicolons stands
beside the line and may import all of it. An import for the type checker alone does not count.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HOUSE = {"servicedesk", "incidents", "reports", "tests"}
MAY_IMPORT = {"incidents": {"incidents"}, "reports": {"incidents", "reports"}}
HOMES = {
    "plotly": {"reports/charts"},
    "weasyprint": {"reports/pdf"},
    "docx": {"reports/word"},
    "resvg_py": {"reports/word"},
    "holidays": {"incidents/clock/bank_holidays"},
    "a2wsgi": {"servicedesk/asgi"},
    "django_tables2": {"incidents/tables", "reports/tables"},
    "django_filters": {"incidents/filters", "reports/filters"},
    "allauth": {"servicedesk/accounts"},
    "axes": {"servicedesk/accounts"},
    "cryptography": {"servicedesk/accounts/sealing"},
}
# Django finds these by their names, in an order of its own.
DJANGOS_OWN = {"apps", "migrations", "management", "templatetags"}
TOP_LEVEL = HOUSE | {
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "manage.py",
    "pyproject.toml",
    "requirements.lock",
    "static",
    "templates",
}
LOAD_EVERY_ADDRESS = """
import django, sys
django.setup()
import servicedesk.urls
print("weasyprint" in sys.modules)
"""


class WithoutTypeChecking(ast.NodeTransformer):
    """Drops what stands under `if TYPE_CHECKING`, which never runs."""

    def visit_If(self, node: ast.If) -> ast.AST:
        return node if ast.unparse(node.test) != "TYPE_CHECKING" else ast.Pass()


def dotted(file: Path) -> str:
    """incidents/models/__init__.py → incidents.models"""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


def imports_of(file: Path) -> Iterator[str]:
    """Yield the dotted name of every module that a file imports, wherever in the file."""
    for node in ast.walk(WithoutTypeChecking().visit(ast.parse(file.read_text()))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports name the whole module here"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if is_module(inner) else str(node.module)


def files_of(*folders: str) -> list[Path]:
    return [file for folder in folders for file in sorted((ROOT / folder).rglob("*.py"))]


def line_of(docstring: str) -> dict[str, set[str]]:
    """Return for each module that a docstring puts in order all that stands to its left."""
    paragraphs = [p for p in docstring.split("\n\n") if "►" in p or "to its left:" in p]
    text = ";".join(paragraph.rpartition(":")[2] for paragraph in paragraphs)
    left: dict[str, set[str]] = {}
    beside: set[str] = set()
    for chain in filter(None, map(str.strip, text.split(";"))):
        ranks = [{name.strip() for name in rank.split(",")} for rank in chain.split("►")]
        if len(ranks) == 1:
            beside |= ranks[0]
        for before, rank in pairwise([set(), *ranks]):
            for name in rank:
                left.setdefault(name, set()).update(before)
    for _ in left:  # as many rounds as the longest line could need
        for known in left.values():
            known.update(*(left[name] for name in tuple(known)))
    return left | {name: left.keys() - beside for name in beside}


def line_of_package(package: Path) -> dict[str, set[str]]:
    """Return the line of a folder; where it names none, its modules know nothing of each other."""
    line = line_of(ast.get_docstring(ast.parse((package / "__init__.py").read_text())) or "")
    ours = {name: left for name, left in line.items() if name.split("/")[0] not in DJANGOS_OWN}
    return ours or {name: set() for name in modules_in(package)}


def packages() -> list[Path]:
    """The apps and what signs people in, and every folder in them that is not one of Django's."""
    files = files_of("incidents", "reports", "servicedesk/accounts")
    folders = [file.parent for file in files if file.stem == "__init__"]
    return [folder for folder in folders if not DJANGOS_OWN & set(folder.parts)]


def modules_in(package: Path) -> set[str]:
    """The names in a package that need a place in its line."""
    files = {file.stem for file in package.glob("*.py")}
    folders = {file.parent.name for file in package.glob("*/__init__.py")}
    return (files | folders) - DJANGOS_OWN - {"__init__"}


in_every_package = pytest.mark.parametrize(
    "package", packages(), ids=lambda package: dotted(package / "__init__.py")
)


def test_a_line_is_read_through_its_branches() -> None:
    assert line_of("The house.\n\nEach to its left:\na ► b, c\n► d;  a ► e;  f") == {
        "a": set(),
        "b": {"a"},
        "c": {"a"},
        "d": {"a", "b", "c"},
        "e": {"a"},
        "f": {"a", "b", "c", "d", "e"},
    }


@in_every_package
def test_every_module_has_its_place_in_the_line(package: Path) -> None:
    assert modules_in(package) == line_of_package(package).keys()


@in_every_package
def test_a_line_never_comes_back_to_itself(package: Path) -> None:
    assert [name for name, left in line_of_package(package).items() if name in left] == []


@in_every_package
def test_each_module_imports_only_what_stands_to_its_left(package: Path) -> None:
    line = line_of_package(package)
    prefix = dotted(package / "__init__.py")
    wrong = []
    for file in package.rglob("*.py"):
        place = file.relative_to(package).with_suffix("").parts[0]
        if place not in line:
            continue
        for imported in imports_of(file):
            name, _, inside = f"{imported}.".partition(f"{prefix}.")
            if name == "" and inside.split(".")[0] not in line[place] | {place}:
                wrong.append(f"{file.relative_to(ROOT)} imports {imported}")
    assert wrong == []


@pytest.mark.parametrize("app", MAY_IMPORT)
def test_an_app_knows_no_part_of_the_house_but_its_own(app: str) -> None:
    wrong = [
        f"{file.relative_to(ROOT)} imports {imported}"
        for file in files_of(app)
        for imported in imports_of(file)
        if imported.split(".")[0] in HOUSE - MAY_IMPORT[app]
    ]
    assert wrong == []


@pytest.mark.parametrize("library", HOMES)
def test_a_library_has_one_home(library: str) -> None:
    users = {
        str(file.relative_to(ROOT).with_suffix(""))
        for file in files_of("servicedesk", "incidents", "reports")
        for imported in imports_of(file)
        if imported.split(".")[0] == library
    }
    strangers = {
        user for user in users if not any(f"{user}/".startswith(f"{h}/") for h in HOMES[library])
    }
    assert strangers == set()


def test_a_command_does_not_wait_for_the_library_of_the_pdf() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", LOAD_EVERY_ADDRESS], cwd=ROOT, capture_output=True, text=True
    )
    assert answer.stdout.strip() == "False", answer.stderr


def test_the_top_level_holds_what_the_map_shows_and_nothing_else() -> None:
    ignored = (ROOT / ".gitignore").read_text().split()
    found = {
        path.name
        for path in ROOT.iterdir()
        if not path.name.startswith(".")
        and not any(fnmatch(path.name, pattern.rstrip("/")) for pattern in ignored)
    }
    assert found == TOP_LEVEL
