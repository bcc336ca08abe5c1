"""Lines: what is logged, plainly or as a JSON object a line, and never what a fault or a client says.

gunicorn's own log is written so too, before there is any application, so nothing of ours is imported here.
"""

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from typing import Any

from flask import g, has_request_context

# where gunicorn and Flask quote what was sent
_QUOTING = re.compile(r"(Invalid request from ip=\S+|Error handling request|Exception on)\b.*", re.DOTALL)


def _through(fault: Any) -> list[str]:
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(fault[2])]


class Plain(logging.Formatter):
    """A line in words; below it a fault as its kind, the number of the request, and the places that it came
    through.
    """

    def formatMessage(self, record: logging.LogRecord) -> str:
        """The line, without what it quotes."""
        return _QUOTING.sub(r"\1", super().formatMessage(record))

    def formatException(self, ei: Any) -> str:
        """A fault, without its message."""
        number = f", request {g.request_id}" if has_request_context() and "request_id" in g else ""
        return "\n".join([f"  {ei[0].__name__}{number}", *(f"  {place}" for place in _through(ei))])


class AsJson(logging.Formatter):
    """A line as a JSON object; a fault as its kind and the places that it came through."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
        }
        asked = getattr(record, "asked", None)
        if asked is None:
            line["said"] = _QUOTING.sub(r"\1", record.getMessage())
            if has_request_context() and "request_id" in g:
                line["request_id"] = g.request_id
        else:
            line |= asked
        if record.exc_info and record.exc_info[0]:
            line["fault"] = record.exc_info[0].__name__
            line["through"] = _through(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
