"""The dashboard: wires the parts together and serves them.

`gunicorn app:server` in production (see gunicorn.conf.py); `python app.py` where gunicorn does not run.
"""

import sys
import time

from dash import Dash
from flask_compress import Compress

from addresses import (
    api,
    charts,
    health,
    hosts,
    notes,
    packs,
    page_data,
    policy,
    problems,
    router,
    search,
    static,
)
from addresses.index import INDEX, missing
from components import filters
from components.site import open_site
from safeguarding import loader
from safeguarding.refused import Refused
from safeguarding.settings import REFUSAL, Settings, from_environment, may_listen_on


class Dashboard(Dash):
    """Dash, without the script files that no page here uses."""

    def interpolate_index(self, **parts: str) -> str:
        """The index page, as Dash fills it in."""
        return super().interpolate_index(**parts | {"scripts": static.UNUSED.sub("", parts["scripts"])})


def say(text: str) -> None:
    """A line for whoever starts the dashboard."""
    print(text, file=sys.stderr, flush=True)


def create_app(settings: Settings) -> Dash:
    """Load `data/` if it is new, and make the application.

    Raises loader.BrokenData when `data/` cannot be loaded.
    """
    here = open_site(settings)
    began = time.monotonic()
    folder = loader.read(settings.data_folder)
    if settings.home_area not in {row["area_code"] for row in folder.tables["areas"]}:
        raise Refused(
            [
                f"HOME_AREA is {settings.home_area!r}, which is not in areas.csv. "
                "Give a code from there, such as E08000007."
            ]
        )
    loaded = here.store.load_folder(
        folder, author="the dashboard's start", reason="The data folder, as it stood at the start"
    )
    if loaded.new:
        took = time.monotonic() - began
        say(
            f"Loaded {loaded.figures:,} figures from {settings.data_folder} as release {loaded.release_id} "
            f"in {took:.1f} s."
        )
    if not loaded.published:
        say(
            f"The data folder is release {loaded.release_id}, but a person has published release "
            f"{here.store.published()}, so that one stays. Publish the new one if it should be shown."
        )
    here.store.shown(here.desk.release)  # in memory before gunicorn forks, so that the workers share it
    if missing():
        say(
            f"Without {' and '.join(missing())} in assets/vendor the dashboard runs slower or plainer. "
            "`make setup` brings them from npm."
        )
    app = Dashboard(
        "app",
        use_pages=True,
        pages_folder="pages",
        title="Safeguarding children",
        update_title="",
        suppress_callback_exceptions=True,
        assets_path_ignore=["vendor"],
        include_pages_meta=False,
        index_string=INDEX,
    )
    filters.register(app)
    server = app.server
    server.config["COMPRESS_STREAMING_ENDPOINT_CONDITIONAL"] = ["static", "_dash_assets.static"]
    server.config["SEND_FILE_MAX_AGE_DEFAULT"] = 31536000
    Compress(server)
    hosts.register(server, settings.allowed_hosts)
    kept = static.register(server)
    for addresses in (api, charts, health, notes, packs, problems, router, search):
        addresses.register(server)
    for addresses in (page_data, policy):
        addresses.register(app)
    static.keep(server, kept, settings.allowed_hosts[0])
    return app


try:
    SETTINGS = from_environment()
    app = create_app(SETTINGS)
except (Refused, loader.BrokenData) as error:
    say(str(error))
    raise SystemExit(1) from None
server = app.server


if __name__ == "__main__":
    if not may_listen_on(SETTINGS.host, SETTINGS.allow_public):
        say(REFUSAL.format(host=SETTINGS.host))
        raise SystemExit(1)
    say(f"Open http://{SETTINGS.host}:{SETTINGS.port} in a browser. Ctrl+C stops the dashboard.")
    app.run(host=SETTINGS.host, port=SETTINGS.port, debug=False, dev_tools_disable_version_check=True)
