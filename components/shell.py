"""Shell: what stands on every page around its content."""

from collections.abc import Collection, Sequence
from datetime import date

from dash import html

from components.filters import filters
from components.markup import Markup, render
from components.site import NAVIGATION, desk
from safeguarding import periods
from safeguarding.desk import SEARCH
from safeguarding.query import Query

FIRST_YEAR = "2012-13"


def shell(
    path: str,
    heading: str,
    view: Query,
    content: Sequence,
    *,
    lead: str = "",
    without: Collection[str] = (),
    filtered: bool = True,
    ways: Sequence[tuple[str, str]] = (),
) -> html.Div:
    """A whole page: header with the ways on, filters, messages about the address, content and footer.

    `path` is the page's own address, `without` the controls it has no use for, `lead` the sentence under its
    heading, which is also announced when a filter has changed it. Every link carries the view along. `ways`
    are links beside the heading.
    """
    here = desk()
    latest = here.store.latest_period_end(here.release)
    area = here.catalogue.areas[view.area]
    carried = [(k, v) for k, v in here.keys_of(SEARCH, view).items() if isinstance(v, str) and k != "q"]
    links = [(name, here.link(target, view), target == path) for target, name in NAVIGATION.items()]
    return html.Div(
        [
            Markup(
                render(
                    "header",
                    partnership=here.partnership,
                    links=links,
                    home=here.link("/", view),
                    question=view.q if path == SEARCH else "",
                    search=SEARCH,
                    carried=carried,
                ),
                id="header",
                className="top",
            ),
            *([filters(path, view, _years_to(latest), without)] if filtered else []),
            html.Main(
                [
                    Markup(
                        render(
                            "heading",
                            heading=heading,
                            area=area.name,
                            lead=lead,
                            messages=(*filter(None, [here.catalogue.lifetime(view.area)]), *view.messages),
                            ways=ways,
                        ),
                        id="heading",
                    ),
                    *content,
                ],
                id="main",
                tabIndex="-1",
            ),
            Markup(
                render(
                    "footer",
                    settings=here.settings,
                    release=here.release,
                    audience=here.audience,
                    hides=here.hides,
                    **_currency(latest),
                ),
                id="footer",
                className="bottom",
            ),
        ],
        id="page",
        **{
            "data-path": path,
            "data-address": here.address(path, view),
            "data-title": f"{heading}, {area.name}",
            "data-said": " ".join([f"{heading} {area.name}", lead, *view.messages]),
        },
    )


def _currency(latest: date) -> dict:
    """How current the figures are: the last official year, when the next is due, who supplies them."""
    catalogue = desk().catalogue
    due = next((s.next_due for s in catalogue.sources.values() if s.next_due), "")
    suppliers = list(dict.fromkeys(s.supplier for s in catalogue.sources_for(desk().settings.home_area)))
    year = f"{latest.year - 1}-{latest.year % 100:02d}"
    return {"latest": periods.in_words(latest), "year": year, "due": due, "suppliers": suppliers}


def _years_to(latest: date) -> list[str]:
    return periods.years_between(FIRST_YEAR, f"{latest.year - 1}-{latest.year % 100:02d}")
