"""The dashboard: wires the parts together and serves them.

`gunicorn app:server` in production (see gunicorn.conf.py); `python app.py` where gunicorn does not run.
"""

import time
from collections.abc import Iterator

from dash import Dash
from flask_compress import Compress

from addresses import (
    api,
    callbacks,
    charts,
    data,
    embed,
    exported,
    figures,
    follow,
    gate,
    health,
    hosts,
    imports,
    kept,
    log,
    metrics,
    notes,
    packs,
    policy,
    problems,
    saving,
    search,
    sheet,
    signing,
    static,
)
from addresses.index import INDEX, missing
from components import filters
from components.site import Site, open_site
from safeguarding import loader
from safeguarding.refused import Refused
from safeguarding.settings import REFUSAL, Settings, check_home, from_environment, may_listen_on
from safeguarding.store.difference import in_a_line
from safeguarding.store.notes import Notes
from safeguarding.store.releases import Loaded, Store


class Dashboard(Dash):
    """Dash, with the page in its index: text, tables and charts are there before any script."""

    def interpolate_index(self, **parts: str) -> str:
        """The index page as Dash fills it in, the page that is asked for, and no script that no page uses."""
        address = kept.asked_address()
        ours = {
            "title": kept.titled(address),
            "scripts": static.UNUSED.sub("", parts["scripts"]),
            "config": static.END_ID.sub('"end_id":null', parts["config"]),
        }
        return kept.filled(super().interpolate_index(**parts | ours), address)


def say(text: str) -> None:
    """A line for whoever starts the dashboard."""
    log.LOG.info(text)


def _loaded(store: Store, settings: Settings) -> Loaded:
    """The data folder read, checked and made a release."""
    folder = loader.read(settings.data_folder)
    check_home(settings.home_area, {row["area_code"] for row in folder.tables["areas"]})
    reason = "The data folder, as it stood at the start"
    return store.load_folder(folder, author="the dashboard's start", reason=reason)


def _last_good(here: Site, broken: str) -> Loaded:
    """The published release, where the data folder cannot be loaded; the log has the problems.

    Raises what is being handled where there is none.
    """
    release = here.store.published()
    if release is None:
        raise  # noqa: PLE0704
    say(broken)
    say(f"The dashboard starts with release {release}, the last good one. Mend the folder and start again.")
    here.behind = True
    return Loaded(release, False, True)


def _check_templates(settings: Settings) -> None:
    """Raises Refused where a template that packs are to be made in is not there."""
    given = ((f"TEMPLATE_{kind.upper()}", path) for kind, path in settings.templates.items())
    missing = [f"{name} is {path}: there is no such file." for name, path in given if not path.is_file()]
    if missing:
        raise Refused(missing)


def told(loaded: Loaded, store: Store, before: int | None, took: float = 0.0) -> Iterator[str]:
    """What a start that took so many seconds says of the release it has loaded or found: no hidden figure.
    `before` was the published one until then.

    Raises Refused where it is not published, and no other is.
    """
    number = loaded.release_id
    if loaded.new:
        yield f"Loaded {loaded.figures:,} figures as release {number} in {took:.1f} s."
        if before:
            yield f"Against release {before}: {in_a_line(store.difference(before, number))}."
    if loaded.published:
        return
    why = f"`python -m safeguarding disclose {number}` says whether it may be shown."
    if loaded.refused:
        why = f"Hidden counts of it can be worked out ({len(loaded.refused)}). {why}"
    if store.published() is None:
        raise Refused([f"Release {number} is not published, and no other is. {why}"])
    yield (
        f"The data folder is release {number}, but release {store.published()} stays the published one. "
        f"{why} To show it: python -m safeguarding publish {number} --by NAME --note WHY"
    )


def create_app(settings: Settings) -> Dash:
    """Load `data/` if it is new, and make the application.

    Raises loader.BrokenData when `data/` cannot be loaded and there is no release to show instead.
    """
    log.begin(settings.log == "json")
    _check_templates(settings)
    here = open_site(settings)
    began, before = time.monotonic(), here.store.published()
    # what is held already has been checked when it was loaded
    try:
        loaded = here.store.held(loader.fingerprint(settings.data_folder)) or _loaded(here.store, settings)
    except loader.BrokenData as broken:
        loaded = _last_good(here, str(broken))
    Notes(here.store).overwrite_removed()
    for line in told(loaded, here.store, before, time.monotonic() - began):
        say(line)
    check_home(settings.home_area, here.desk.catalogue.areas)
    # in memory before gunicorn forks, so that the workers share it
    here.store.shown(here.desk.release)
    here.store.revisions(here.desk.release)
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
        assets_ignore=r"^(start\.js|.*\.css)$",  # named where they are wanted
        include_pages_meta=False,
        index_string=INDEX,
    )
    filters.register(app)
    server = app.server
    server.config["COMPRESS_STREAMING_ENDPOINT_CONDITIONAL"] = ["static", "_dash_assets.static"]
    server.config["SEND_FILE_MAX_AGE_DEFAULT"] = 31536000
    Compress(server)
    log.register(server)
    hosts.register(server, settings.allowed_hosts)
    problems.limit(server)
    gate.register(server)
    files = static.register(server)
    for addresses in (
        api,
        charts,
        data,
        embed,
        exported,
        figures,
        health,
        imports,
        metrics,
        notes,
        packs,
        problems,
        saving,
        search,
        sheet,
        signing,
    ):
        addresses.register(server)
    for wiring in (follow, callbacks, policy):
        wiring.register(app)
    kept.register(app, settings.allowed_hosts[0])
    static.keep(server, files, settings.allowed_hosts[0])
    here.store.be_brief()
    # what home needs is worked out before gunicorn forks, once for all workers
    kept.warm(server, settings.allowed_hosts[0], ["/"])
    return app


log.begin(as_json=False)
try:
    SETTINGS = from_environment()
    app = create_app(SETTINGS)
except (Refused, loader.BrokenData) as error:
    say(str(error))
    raise SystemExit(1) from None
server = app.server


if __name__ == "__main__":
    if not may_listen_on(SETTINGS.host, SETTINGS.access):
        say(REFUSAL.format(host=SETTINGS.host))
        raise SystemExit(1)
    say(f"Open http://{SETTINGS.host}:{SETTINGS.port} in a browser. Ctrl+C stops the dashboard.")
    app.run(host=SETTINGS.host, port=SETTINGS.port, debug=False, dev_tools_disable_version_check=True)
