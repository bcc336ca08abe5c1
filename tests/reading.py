"""What a reader finds in a file: its words and data, but not where something is drawn; and what data/ holds,
read plainly.
"""

import csv
import gzip
import io
from pathlib import Path
from xml.etree import ElementTree

from PIL import Image

# where and how a mark is drawn: 37.56 here is a place on the paper
GEOMETRY = {
    "cx",
    "cy",
    "d",
    "dx",
    "font-size",
    "height",
    "points",
    "r",
    "stroke-dasharray",
    "stroke-width",
    "style",
    "transform",
    "viewBox",
    "width",
    "x",
    "x1",
    "x2",
    "y",
}
GEOMETRY |= {"y1", "y2"}


def readable(body: bytes) -> str:
    """Text, titles, descriptions, metadata, comments and every attribute but geometry; a PNG's words."""
    if body.startswith(b"\x89PNG"):
        return repr(Image.open(io.BytesIO(body)).info)
    if not body.lstrip().startswith(b"<"):
        return body.decode("utf-8", "replace")
    parser = ElementTree.XMLParser(target=ElementTree.TreeBuilder(insert_comments=True))
    found = []
    for element in ElementTree.fromstring(body, parser).iter():
        found += [element.text or "", element.tail or ""]
        found += [value for name, value in element.attrib.items() if name not in GEOMETRY]
    return "\n".join(found)


def held(indicator_id: str, area_code: str) -> dict[str, float | None]:
    """The figures that data/ has of an indicator in an area, by period, oldest first; None where one is
    hidden.
    """
    found: dict[str, float | None] = {}
    for path in (Path(__file__).parents[1] / "data" / "observations").glob("*.csv.gz"):
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if (row["indicator_id"], row["area_code"]) == (indicator_id, area_code) and not row[
                    "breakdown"
                ]:
                    found[row["period"]] = float(row["value"]) if row["value"] else None
    return dict(sorted(found.items()))
