"""Index: the HTML that every address answers with before Dash takes over."""

from pathlib import Path

from safeguarding.charts.theme import FONT

VENDOR = Path(__file__).parents[1] / "assets" / "vendor"
PLOTLY, BOOTSTRAP = "plotly-basic.min.js", "bootstrap.min.css"
ARIMO = {weight: f"arimo-latin-{weight}-normal.woff2" for weight in (400, 700)}


def _vendor(name: str, tag: str) -> str:
    """The tag for a file that set-up brought from npm; nothing where it could not be had."""
    path = VENDOR / name
    return tag.format(f"/assets/vendor/{name}?v={int(path.stat().st_mtime)}") if path.exists() else ""


def _typeface() -> str:
    """Arimo in both weights that the sheets use, asked for at once.

    Until it is there, text stands in Arial or Liberation Sans, whose letters are as wide and as high: nothing
    moves when it comes, and no `size-adjust` is needed.
    """
    preloads = (
        _vendor(name, '<link rel="preload" href="{}" as="font" type="font/woff2" crossorigin>\n')
        for name in ARIMO.values()
    )
    faces = (
        _vendor(
            name,
            f"@font-face {{{{ font-family: Arimo; font-weight: {weight}; font-display: swap; "
            'src: url("{}") format("woff2"); }}\n',
        )
        for weight, name in ARIMO.items()
    )
    return f"{''.join(preloads)}<style>\n{''.join(faces)}:root {{ --font: {FONT}; }}\n</style>"


WITHOUT_SCRIPTS = (
    "This dashboard draws its charts in the browser and needs JavaScript. "
    "The same figures are in the data folder of its repository."
)

# The small plotly.js must be a plain script: with `defer` or `async` Dash fetches its own large one as well.
INDEX = f"""<!DOCTYPE html>
<html lang="en-GB">
<head>
{{%metas%}}
<title>{{%title%}}</title>
<link rel="icon" href="/assets/favicon.svg" type="image/svg+xml">
{_typeface()}
{_vendor(BOOTSTRAP, '<link rel="stylesheet" href="{}">')}
{{%css%}}
</head>
<body>
{{%app_entry%}}
<noscript>{WITHOUT_SCRIPTS}</noscript>

{_vendor(PLOTLY, '<script src="{}"></script>')}
{{%config%}}
{{%scripts%}}
{{%renderer%}}

</body>
</html>"""


def missing() -> list[str]:
    """The vendor files that set-up could not bring: the dashboard still runs, slower or plainer."""
    return [name for name in (PLOTLY, BOOTSTRAP, *ARIMO.values()) if not (VENDOR / name).exists()]
