"""Lines: what is logged, as a JSON object a line. gunicorn's own log is written so too, before there is any
application, so nothing of ours is imported here.
"""

import json
import logging
import re
import traceback
from datetime import UTC, datetime

from flask import g, has_request_context

# where gunicorn and Flask quote what was sent
_QUOTING = re.compile(r"(Invalid request from ip=\S+|Error handling request|Exception on)\b.*", re.DOTALL)


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
            frames = traceback.extract_tb(record.exc_info[2])
            line["through"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        return json.dumps(line, ensure_ascii=False)
