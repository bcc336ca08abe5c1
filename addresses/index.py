"""Index: the HTML around every page, as Dash fills it in (documented as `interpolate_index`)."""

from pathlib import Path

from addresses import sheet
from safeguarding.charts.theme import FONT

ASSETS = Path(__file__).parents[1] / "assets"
VENDOR = ASSETS / "vendor"
PLOTLY, BOOTSTRAP = "plotly-basic.min.js", "bootstrap.min.css"
ARIMO = {weight: f"arimo-latin-{weight}-normal.woff2" for weight in (400, 700)}


def _vendor(name: str, tag: str) -> str:
    """The tag for a file that set-up brought from npm; nothing where it could not be had."""
    path = VENDOR / name
    return tag.format(f"/assets/vendor/{name}?v={int(path.stat().st_mtime)}") if path.exists() else ""


def _typeface() -> str:
    """Arimo in both weights that the sheets use, asked for at once.

    Where it is not there in time, text stands in Arial or Liberation Sans, whose letters are as wide and as
    high, until the next page (`optional`): a line whose break differs by a hair would else push down a page.
    """
    preloads = (
        _vendor(name, '<link rel="preload" href="{}" as="font" type="font/woff2" crossorigin>\n')
        for name in ARIMO.values()
    )
    faces = (
        _vendor(
            name,
            f"@font-face {{{{ font-family: Arimo; font-weight: {weight}; font-display: optional; "
            'src: url("{}") format("woff2"); }}\n',
        )
        for weight, name in ARIMO.items()
    )
    return f"{''.join(preloads)}<style>\n{''.join(faces)}:root {{ --font: {FONT}; }}\n</style>"


HERE = "<!-- the page -->"  # where addresses/kept.py puts it

# Until scripts are there a page is plain HTML, and without them it stays so: then the filters have their
# button, and what cannot work is not offered.
UNSCRIPTED = (
    "<noscript><style>.apply { visibility: visible !important; animation: none !important; } "
    "[data-write], [data-alter], [data-pack], [data-copy], [data-copies], [data-copy-image], .change, "
    ".meeting .controls { display: none !important; }</style></noscript>"
)

# Dash's scripts wait in a template until the page has been painted: assets/start.js.
INDEX = f"""<!DOCTYPE html>
<html lang="en-GB">
<head>
{{%metas%}}
<title>{{%title%}}</title>
<link rel="icon" href="/assets/favicon.svg" type="image/svg+xml">
{_typeface()}
{sheet.link()}
{{%css%}}
{UNSCRIPTED}
</head>
<body>
{HERE}
{{%app_entry%}}
{{%config%}}
<template id="scripts"{_vendor(PLOTLY, ' data-plotly="{}"')}>
{{%scripts%}}
{{%renderer%}}
</template>
<script src="/assets/start.js?v={int((ASSETS / "start.js").stat().st_mtime)}" defer></script>
</body>
</html>"""


def missing() -> list[str]:
    """The vendor files that set-up could not bring: the dashboard still runs, slower or plainer."""
    return [name for name in (PLOTLY, BOOTSTRAP, *ARIMO.values()) if not (VENDOR / name).exists()]
