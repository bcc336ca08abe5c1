"""Index: the HTML that every address answers with before Dash takes over."""

from pathlib import Path

VENDOR = Path(__file__).parents[1] / "assets" / "vendor"
PLOTLY, BOOTSTRAP = "plotly-basic.min.js", "bootstrap.min.css"


def _vendor(name: str, tag: str) -> str:
    """The tag for a file that set-up brought from npm; nothing where it could not be had."""
    path = VENDOR / name
    return tag.format(f"/assets/vendor/{name}?v={int(path.stat().st_mtime)}") if path.exists() else ""


# The small plotly.js must be a plain script: with `defer` or `async` Dash fetches its own large one as well.
INDEX = f"""<!DOCTYPE html>
<html lang="en-GB">
<head>
{{%metas%}}
<title>{{%title%}}</title>
<link rel="icon" href="/assets/favicon.svg" type="image/svg+xml">
{_vendor(BOOTSTRAP, '<link rel="stylesheet" href="{}">')}
{{%css%}}
</head>
<body>
{{%app_entry%}}
<noscript>This dashboard draws its charts in the browser and needs JavaScript. The same figures are in the data folder of its repository.</noscript>

{_vendor(PLOTLY, '<script src="{}"></script>')}
{{%config%}}
{{%scripts%}}
{{%renderer%}}

</body>
</html>"""


def missing() -> list[str]:
    """The vendor files that set-up could not bring: the dashboard still runs, slower or plainer."""
    return [name for name in (PLOTLY, BOOTSTRAP) if not (VENDOR / name).exists()]
