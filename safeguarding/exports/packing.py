"""Packing: the documents, images and tables of a pack, made in one go, all or nothing."""

import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from safeguarding.drawings import parts_drawing
from safeguarding.exports.files import KINDS, named
from safeguarding.exports.pack import Pack
from safeguarding.origin import file_name
from safeguarding.refused import Refused

DOCUMENTS, IMAGES = ("pptx", "xlsx", "docx"), ("png", "svg", "csv")


class Cancelled(Exception):
    """Somebody has asked for the making to end; nothing was left behind."""


def write(
    pack: Pack,
    formats: Sequence[str],
    out: Path,
    *,
    bundle: bool = False,
    tell: Callable[[int, int, str], None] = lambda *_: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[Path]:
    """Make the files of `formats` in the folder `out`; answer their paths. With `bundle` the images go into
    one archive.

    `tell` is given how many steps are done, how many there are and what comes next. Everything is made aside
    and moved into `out` at the end, so that a pack that fails or is cancelled leaves nothing half-written.
    Raises Cancelled once `cancelled` answers True, Refused for a format that is not known or a folder that
    cannot be made.
    """
    unknown = [f for f in formats if f not in (*DOCUMENTS, *IMAGES)]
    if unknown or not formats:
        names = ", ".join((*DOCUMENTS, *IMAGES))
        raise Refused([f"No format is known as {', '.join(unknown) or 'nothing'}. They are: {names}."])
    images = [f for f in IMAGES if f in formats]
    total = (len(pack.items) + len(pack.wholes)) * (len(images) + sum(f in formats for f in DOCUMENTS))
    done = 0

    def step(what: str) -> None:
        nonlocal done
        if cancelled():
            raise Cancelled
        tell(done, total, what)
        done += 1

    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused([f"The folder {out} cannot be made: {error.strerror}."]) from error
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
                path = aside / named(drawing, pack.origin, kind)
                path.write_bytes(KINDS[kind].made(drawing, pack.origin, "screen"))
                yield path


def name(pack: Pack, kind: str) -> str:
    """The file name of a document of the pack."""
    place = pack.items[0].summary.area.name if pack.items else ""
    return file_name(pack.origin.marking, pack.title, place, f"r{pack.origin.release}", kind=kind)


def _bundled(paths: Sequence[Path], pack: Pack, aside: Path) -> Path:
    target = aside / name(pack, "zip")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for path in paths:
            archive.write(path, path.name)
    return target
