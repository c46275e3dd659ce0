"""The tokens of the design, for what no style sheet reaches: pictures on paper and in Word."""

import re
from pathlib import Path

SHEET = Path(__file__).parents[1] / "static" / "tokens.css"
TOKEN = re.compile(r"--([\w-]+): ([^;]+);")


def on_paper() -> dict[str, str]:
    """Return the first block of the sheet, that of light paper, as templates name tokens."""
    light, _, _ = SHEET.read_text().partition("}")
    return {name.replace("-", "_"): value for name, value in TOKEN.findall(light)}


ON_PAPER = on_paper()
