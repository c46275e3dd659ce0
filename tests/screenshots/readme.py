"""The pictures on README, in few colours so that they stay small."""

import io
import subprocess
from pathlib import Path

from PIL import Image

FOLDER = Path(".pictures")
PAGES = ("month", "wall")
TALLEST = 1090  # pixels of a page, which is where the gauges of March 2019 end
COLOURS = 96
# The first page and the one with the gauges, in dots per inch, and the pixels around them.
LEAVES, RESOLUTION, EDGE = (1, 6), 78, 12


def keep(name: str, drawn: bytes) -> None:
    """Keep the top of a page."""
    picture = Image.open(io.BytesIO(drawn)).convert("RGB")
    write(name, picture.crop((0, 0, picture.width, min(picture.height, TALLEST))))


def keep_paper(file: Path) -> None:
    """Lay two pages of the committee report beside each other."""
    leaves = [leaf(file, number) for number in LEAVES]
    width, height = leaves[0].size
    picture = Image.new("RGB", (2 * width + 3 * EDGE, height + 2 * EDGE), "#d5dbe4")
    for place, each in enumerate(leaves):
        picture.paste(each, (EDGE + place * (width + EDGE), EDGE))
    write("report", picture)


def leaf(file: Path, number: int) -> Image.Image:
    command = ["pdftoppm", "-png", "-r", str(RESOLUTION), "-f", str(number), "-singlefile"]
    drawn = subprocess.run([*command, file], stdout=subprocess.PIPE, check=True).stdout
    return Image.open(io.BytesIO(drawn)).convert("RGB")


def write(name: str, picture: Image.Image) -> None:
    picture.quantize(COLOURS).save(FOLDER / f"{name}.png", optimize=True)
