"""Pack: the indicators of a theme, a meeting or a view as PowerPoint, Excel, Word and images, made in one go."""

import json
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from safeguarding.breakdowns import Breakdown
from safeguarding.drawings import Drawing, Origin, drawings, file_name, parts_drawing, plate
from safeguarding.exports.tables import csv_file
from safeguarding.figures.picture import FORMATS, picture
from safeguarding.notes import Note
from safeguarding.query import Pick
from safeguarding.summaries import IndicatorSummary

DOCUMENTS, IMAGES = ("pptx", "xlsx", "docx"), ("png", "svg", "csv")


@dataclass(frozen=True)
class Item:
    """One indicator of a pack: its summary, the chart that was picked (None where there is none to draw), its notes where they were asked for."""

    summary: IndicatorSummary
    drawing: Drawing | None
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Pack:
    """What a pack holds: a title, the partnership, the items by the name of their theme, where it was made, and a theme's breakdowns."""

    title: str
    partnership: str
    groups: tuple[tuple[str, tuple[Item, ...]], ...]
    origin: Origin
    wholes: tuple[Breakdown, ...] = ()

    @property
    def items(self) -> list[Item]:
        """Every item in its order."""
        return [item for _, items in self.groups for item in items]


class Cancelled(Exception):
    """Somebody has asked for the making to end; nothing was left behind."""


def item(pick: Pick, summary: IndicatorSummary, notes: Sequence[Note]) -> Item:
    """An indicator as a pack holds it."""
    every = drawings(summary)
    # of two rankings the shorter one can be read; where the chart picked cannot be drawn, the trend stands in
    found = sorted((d for d in every if d.chart.startswith(pick.show)), key=lambda d: len(d.rows)) or every
    return Item(summary, found[0] if found else None, tuple(notes))


def write(
    pack: Pack,
    formats: Sequence[str],
    out: Path,
    *,
    bundle: bool = False,
    tell: Callable[[int, int, str], None] = lambda *_: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[Path]:
    """Make the files of `formats` in the folder `out`; answer their paths. With `bundle` the images go into one archive.

    `tell` is given how many steps are done, how many there are and what comes next. Everything is made aside and
    moved into `out` at the end, so that a pack that fails or is cancelled leaves nothing half-written. Raises
    Cancelled once `cancelled` answers True, ValueError for a format that is not known.
    """
    unknown = [f for f in formats if f not in (*DOCUMENTS, *IMAGES)]
    if unknown or not formats:
        raise ValueError(
            f"No format is known as {', '.join(unknown) or 'nothing'}. They are: {', '.join((*DOCUMENTS, *IMAGES))}."
        )
    images = [f for f in IMAGES if f in formats]
    total = (len(pack.items) + len(pack.wholes)) * (len(images) + sum(f in formats for f in DOCUMENTS))
    done = 0

    def step(what: str) -> None:
        nonlocal done
        if cancelled():
            raise Cancelled
        tell(done, total, what)
        done += 1

    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out, prefix=".making-") as aside:
        made = list(_files(pack, formats, images, Path(aside), step))
        if bundle and images:
            made = [
                *(p for p in made if p.suffix[1:] in DOCUMENTS),
                _bundled([p for p in made if p.suffix[1:] in images], pack, Path(aside)),
            ]
        if cancelled():
            raise Cancelled
        for path in made:
            path.replace(out / path.name)
    tell(total, total, "")
    return [out / path.name for path in made]


def _files(
    pack: Pack, formats: Sequence[str], images: Sequence[str], aside: Path, step: Callable[[str], None]
) -> Iterator[Path]:
    # these are slow to import, and an image needs none of them
    from safeguarding.exports.powerpoint import presentation
    from safeguarding.exports.report import report
    from safeguarding.exports.workbook import workbook

    makers = {"pptx": presentation, "xlsx": workbook, "docx": report}
    for kind in DOCUMENTS:
        if kind in formats:
            path = aside / name(pack, kind)
            path.write_bytes(makers[kind](pack, step))
            yield path
    every = [(one.summary.indicator.title, one.drawing) for one in pack.items]
    every += [(whole.title, parts_drawing(whole)) for whole in pack.wholes]
    for kind in images:
        for title, drawing in every:
            step(title)
            if drawing is not None:
                path = aside / file_name(drawing, pack.origin, kind)
                if kind == "csv":
                    path.write_bytes(csv_file(drawing, pack.origin))
                else:
                    path.write_bytes(
                        picture(drawing.figure, plate(drawing, pack.origin), FORMATS["screen"], kind)
                    )
                yield path


def name(pack: Pack, kind: str) -> str:
    """The file name of a document of the pack."""
    place = pack.items[0].summary.area.name if pack.items else ""
    words = (pack.origin.marking, pack.title, place, f"r{pack.origin.release}")
    return (
        "_".join(
            "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in w).split())
            for w in words
            if w
        )
        + f".{kind}"
    )


def _bundled(paths: Sequence[Path], pack: Pack, aside: Path) -> Path:
    target = aside / name(pack, "zip")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for path in paths:
            archive.write(path, path.name)
    return target


# --- the state of a pack that somebody waits for ---


@dataclass(frozen=True)
class Progress:
    """How far a pack is: `state` is making, done, cancelled or failed; `files` its names once done; `message` what went wrong."""

    state: str
    done: int = 0
    total: int = 0
    what: str = ""
    files: tuple[str, ...] = ()
    message: str = ""

    def save(self, path: Path) -> None:
        """Write it to a file, whole or not at all."""
        half = path.with_suffix(".half")
        half.write_text(json.dumps(self.__dict__))
        half.replace(path)

    @classmethod
    def load(cls, path: Path) -> "Progress":
        """Read it back. Raises OSError where nothing has been written yet."""
        read = json.loads(path.read_text())
        return cls(**{**read, "files": tuple(read["files"])})


def clear(folder: Path) -> None:
    """Take a folder of packs away, with what is in it."""
    shutil.rmtree(folder, ignore_errors=True)
