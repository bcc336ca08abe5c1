"""Template: a partnership's own file, opened as a document whether it was saved as one or as a template."""

import io
import re
import zipfile
from pathlib import Path

from safeguarding.refused import Refused

NOT_OFFICE = (KeyError, ValueError, zipfile.BadZipFile)  # what is raised of a file of another kind
# where a file says that it is a template: with these words it opens as a document
TEMPLATE = re.compile(rb"(presentationml|wordprocessingml)\.template\.main\+xml")
AS_DOCUMENT = {b"presentationml": b"presentation", b"wordprocessingml": b"document"}


def as_document(path: Path) -> bytes:
    """A template's bytes as those of a document.

    Raises Refused where it cannot be read, BadZipFile where it is no Office file.
    """
    try:
        body = path.read_bytes()
    except OSError as error:
        raise Refused([f"The template {path} cannot be read: {error.strerror}."]) from error
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in given.infolist():
            held = given.read(entry)
            if entry.filename == "[Content_Types].xml":
                held = TEMPLATE.sub(lambda m: m[1] + b"." + AS_DOCUMENT[m[1]] + b".main+xml", held)
            made.writestr(entry.filename, held)
    return out.getvalue()
