"""The settings as a process meets them when it starts."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
PRODUCTION = {"DEBUG": "0", "SECRET_KEY": "k3y-" * 13, "ALLOWED_HOSTS": "desk.example"}


def start(**variables: str) -> subprocess.CompletedProcess[str]:
    """Run `manage.py check` in a process that knows these variables and no other settings."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=kept | {"DATABASE_URL": "sqlite://:memory:"} | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_starts_for_a_newcomer_without_any_setting() -> None:
    assert start().returncode == 0


def test_it_starts_in_production_with_a_key_and_hosts() -> None:
    assert start(**PRODUCTION).returncode == 0


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_it_refuses_to_start_in_production_without(name: str) -> None:
    refused = start(**PRODUCTION | {name: ""})
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"{name} is not set")
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "perhaps"),
        ("ALLOWED_HOSTS", "https://desk.example"),
        ("CSRF_TRUSTED_ORIGINS", "desk.example"),
        ("DATABASE_URL", "oracle://desk"),
        ("TIME_ZONE", "Mars/Olympus"),
        ("NPS_VERY_GOOD", "101"),
        ("SATISFACTION_FLOOR", "few"),
        ("SSL_REDIRECT", "sometimes"),
        ("SIGN_IN_TRIES", "0"),
        ("SIGN_IN_WAIT_MINUTES", "long"),
        ("TRUSTED_PROXIES", "proxy.example"),
        ("EMAIL_URL", "mail.example"),
        ("DEFAULT_FROM_EMAIL", "servicedesk"),
        ("OIDC_ISSUER", "http://login.example"),
    ],
)
def test_it_refuses_a_wrong_value_by_its_name(name: str, value: str) -> None:
    refused = start(**PRODUCTION | {name: value})
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"{name}: expected ")
    assert "Traceback" not in refused.stderr


def test_it_refuses_single_sign_on_by_halves() -> None:
    refused = start(**PRODUCTION, OIDC_ISSUER="https://login.example", OIDC_CLIENT_ID="desk")
    assert refused.returncode == 1
    assert refused.stderr.startswith("OIDC_CLIENT_SECRET is not set")


def variables_read() -> set[str]:
    """The first argument of every call on `environment` in the modules that read settings."""
    modules = [ROOT / "servicedesk/settings.py", ROOT / "servicedesk/management/commands/serve.py"]
    calls = [
        node
        for module in modules
        for node in ast.walk(ast.parse(module.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and ast.unparse(node.func.value).lower() in {"environment", "environment()"}
    ]
    return {ast.literal_eval(call.args[0]) for call in calls}


def test_the_readme_lists_every_variable_and_no_other() -> None:
    section = README.split("## Settings")[1].split("\n## ")[0]
    listed = {line.split("`")[1] for line in section.splitlines() if line.startswith("| `")}
    assert "DATABASE_URL" in listed
    assert listed == variables_read()
