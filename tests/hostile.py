"""Hostile: requests that nobody sends by accident, made from a seed, so that each can be sent again."""

import json
import random
import socket
import string
from typing import NamedTuple
from urllib.parse import quote

PATHS = (
    *(
        "/",
        "/front-door",
        "/indicator/cla_rate",
        "/view",
        "/meeting",
        "/data",
        "/search",
        "/methods",
        "/context",
    ),
    *("/healthz", "/readyz", "/metrics", "/sign-in", "/account", "/audit", "/import", "/sign-out"),
    *("/api/scorecard.json", "/api/indicator/cla_rate.csv", "/api/chart/cla_rate/trend.csv"),
    *("/api/chart/cla_rate/trend.svg", "/api/figure/cla_rate/trend.json", "/api/reconciliation.csv"),
    *("/api/search.json", "/api/notes", "/api/notes/1/done", "/api/packs", "/api/packs/abcdefghijklmnopqrst"),
    *("/_dash-layout", "/_dash-dependencies", "/_dash-update-component", "/_reload-hash", "/_favicon.ico"),
    *("/_dash-component-suites/dash/x.js", "/assets/dashboard.js", "/assets/../app.py", "/sheet.css"),
)
KEYS = (
    *("area", "from", "to", "compare", "show", "only", "theme", "result", "indicator", "add", "slides", "q"),
    *("size", "sort", "stands", "apply", "next", "address", "title", "author", "date", "paper"),
)
VALUES = (
    *(
        "9999-00",
        "0000-01-Q1",
        "２０１８-１９",
        "2030-31",
        "E99",
        "E08000007",
        "cla_rate:rank",
        "cla_count",
        "SN",
    ),
    *("none", "\x00", "\ud800", "../../etc/passwd", "<script>alert(1)</script>", "{{7*7}}", "${7*7}", "=1+1"),
    *(
        "' OR 1=1 --",
        "%00",
        "%",
        "&",
        "1e999",
        "-1",
        "9" * 400,
        "a" * 3000,
        "\r\nSet-Cookie: x=y",
        "\u202e",
        "🙈",
    ),
)
METHODS = (
    ("GET",) * 8 + ("POST",) * 5 + ("PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "PROPFIND", "get")
)
HEADERS = {
    "Accept": ("application/json", "text/html", "*/*;q=x", "a" * 500, ",,,;"),
    "Accept-Encoding": ("br", "gzip;q=0", "*;q=0", "br;q=2", "\xff"),
    "Authorization": ("Bearer x", "Bearer", "Basic !!!", "Basic " + "A" * 900, "Digest x=y", "Negotiate"),
    "Content-Type": (
        "application/json",
        "text/plain",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "x",
    ),
    "Cookie": ("session=" + "a" * 900, "=;=;", "_csrf_token=x; session=x", "\xe9=\xff"),
    "If-None-Match": ("*", '"x"', 'W/"', '"' * 99, ",".join(['"a"'] * 200)),
    "If-Modified-Since": ("yesterday", "Mon, 99 Foo 9999 99:99:99 GMT"),
    "Origin": ("http://evil.example", "null", "http://[", "//"),
    "Range": ("bytes=0-", "bytes=-1", "bytes=9-1", "bytes=" + "0-1," * 200, "lines=1"),
    "Referer": ("http://localhost/indicator/%0a?to=9999-00", "http://[::1", "javascript:x"),
    "X-CSRFToken": ("x", "0" * 64),
    "X-Forwarded-For": ("1.1.1.1", "::ffff:1.1.1.1, x", "a" * 900),
    "X-Forwarded-User": ("administrator",),
    "X-Request-ID": ("x", "a b", "\xff"),
}
# what no client library would send: whole requests as bytes
RAW = (
    b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
    b"GET /\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"GET / HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\n: x\r\n\r\n",
    b"GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET //evil.example/%2e%2e/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: y\r\n" * 300 + b"\r\n",
    b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"y" * 70000 + b"\r\n\r\n",
    b"POST /api/notes HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"POST /api/notes HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: x\r\n\r\n",
    b"POST /api/notes HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
    b"POST /api/notes HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"POST /api/notes HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
    b"POST /api/notes HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\nx",
    b"POST /api/notes HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n{}",
)


class Sent(NamedTuple):
    """A request: as bytes alone, or in its parts."""

    raw: bytes | None
    method: str = "GET"
    target: str = "/"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


def requests(seed: int, count: int, raw: bool = True) -> list[Sent]:
    """So many requests of a seed; without `raw` those alone that a client library can send."""
    dice = random.Random(seed)
    return [_one(dice, raw) for _ in range(count)]


def _one(dice: random.Random, raw: bool) -> Sent:
    if raw and dice.random() < 0.06:
        whole = dice.choice(RAW)
        if dice.random() < 0.3:  # a byte is another one
            at = dice.randrange(len(whole))
            whole = whole[:at] + bytes([dice.randrange(256)]) + whole[at + 1 :]
        return Sent(whole)
    path = (
        dice.choice(PATHS)
        if dice.random() < 0.75
        else "/" + "/".join(_text(dice) for _ in range(dice.randrange(4)))
    )
    if dice.random() < 0.1:
        path = path.replace(dice.choice(path), dice.choice(("%00", "%2f", "%C0%AF", "..", "//", "é")), 1)
    keys = [(_key(dice), _value(dice)) for _ in range(dice.choice((0, 0, 1, 1, 2, 3, 30)))]
    query = "&".join(f"{_sent(k)}={_sent(v)}" for k, v in keys)
    headers = tuple(
        (name, dice.choice(HEADERS[name]))
        for name in dice.sample(sorted(HEADERS), dice.choice((0, 1, 1, 2, 4)))
    )
    method = dice.choice(METHODS)
    body = _body(dice) if method in ("POST", "PUT", "PATCH", "DELETE") else b""
    if body and dice.random() < 0.8:
        headers = (*(h for h in headers if h[0] != "Content-Type"), ("Content-Type", "application/json"))
    return Sent(None, method, quote(path, safe="/%:@") + (f"?{query}" if query else ""), headers, body)


def _sent(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"))


def _text(dice: random.Random) -> str:
    letters = string.printable + "éß漢\u0301\u202e\u0000"
    return "".join(dice.choice(letters) for _ in range(dice.randrange(12)))


def _key(dice: random.Random) -> str:
    return dice.choice(KEYS) if dice.random() < 0.85 else _text(dice)


def _value(dice: random.Random) -> str:
    return dice.choice(VALUES) if dice.random() < 0.7 else _text(dice)


def _body(dice: random.Random) -> bytes:
    kind = dice.randrange(6)
    if kind == 0:
        return dice.randbytes(dice.randrange(200))
    if kind == 1:
        return dice.choice((b"[", b'{"a":')) * dice.choice((1, 900, 9000))
    if kind == 2:
        return dice.choice(
            (b"null", b"[]", b"{}", b'"x"', b"9" * 5000, b'{"text": "\\ud800"}', b"NaN", b"\xff\xfe")
        )
    return json.dumps(_thing(dice, 3)).encode()


def _thing(dice: random.Random, deep: int) -> object:
    known = (
        "indicator_id",
        "text",
        "output",
        "inputs",
        "changedPropIds",
        "state",
        "format",
        "author",
        "by",
        "period",
    )
    match dice.randrange(7 if deep else 4):
        case 0:
            return dice.choice((None, True, 0, -1, 2**70, 1e308, ""))
        case 1 | 2 | 3:
            return _value(dice)
        case 4:
            return [_thing(dice, deep - 1) for _ in range(dice.randrange(4))]
        case _:
            return {dice.choice(known): _thing(dice, deep - 1) for _ in range(dice.randrange(5))}


def send(host: str, port: int, sent: Sent, patience: float) -> int:
    """Send a request as bytes; the status of its answer, 0 where there was none. Raises OSError where the
    server does not take a connection, or lets go of one without a word in time.
    """
    if sent.raw is not None:
        whole = sent.raw
    else:
        lines = [f"{sent.method} {sent.target} HTTP/1.1", f"Host: localhost:{port}", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in sent.headers]
        lines += [f"Content-Length: {len(sent.body)}"] if sent.body else []
        whole = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + sent.body
    with socket.create_connection((host, port), timeout=patience) as to:
        try:
            to.sendall(whole)
            to.shutdown(socket.SHUT_WR)
            answer = b""
            while more := to.recv(65536):
                answer = answer or more[:64]
        except (BrokenPipeError, ConnectionResetError):
            return 0  # it had enough
    first = answer.partition(b"\r\n")[0].split()
    return int(first[1]) if len(first) > 1 and first[1].isdigit() else 0
