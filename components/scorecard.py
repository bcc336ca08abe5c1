"""Scorecard: every indicator in one table, folded to a row a theme until it is sorted or narrowed."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from components import flags
from components.markup import render
from components.save import save
from components.site import desk
from safeguarding import discuss, periods, words
from safeguarding.against import RULE, by_difference, headings
from safeguarding.charts.svg import spark, spine
from safeguarding.discuss import Order, Tally
from safeguarding.drawings import spine_offer
from safeguarding.query import SORTS, STANDS, Query
from safeguarding.so_what import chosen, gap
from safeguarding.store.tables import Area
from safeguarding.summaries import IndicatorSummary
from safeguarding.themes import Theme, page_of
from safeguarding.verdicts.comparison import Compared, compare
from safeguarding.verdicts.neighbours import set_name
from safeguarding.vocabulary import Tolerance

# a two-sided band in a narrow cell; the indicator's own page has it in full
SHORT = {Tolerance.WITHIN: "In range", Tolerance.NEAR: "Edge of range", Tolerance.OUTSIDE: "Outside range"}


def scorecard(summaries: Sequence[IndicatorSummary], view: Query) -> str:
    """The table in the order and as narrow as the view says, with the ways to sort it."""
    here = desk()
    rows = [s for s in summaries if s.flagged or not view.flagged_only]
    rows = [s for s in rows if discuss.belongs(s, view.stands)]
    others = chosen(view, here.catalogue)
    ways = {k: said for k, said in SORTS.items() if others or k != "difference"}
    if others:
        ways["difference"] += f" from {words.the(others[0].name)}"
    wanted = view.sort if view.sort in ways else "theme" if view.sort else ""
    order = wanted or ("theme" if view.flagged_only or view.stands else "")
    region = here.catalogue.region_of(view.area)
    return render(
        "scorecard",
        area=here.catalogue.areas[view.area].name,
        region=words.capital(words.the(region.name)) if region else "Region",
        neighbours=_lists(rows),
        others=[other.name for other in others],
        proposed=discuss.proposed(summaries).strip(),
        order=order,
        rule=_order(order, others).rule if order not in ("", "theme") else "",
        ways=[(key, said, here.link("/", replace(view, sort=key))) for key, said in ways.items()],
        folded=here.link("/", replace(view, sort="", stands="", flagged_only=False)),
        narrowed=_narrowed(view).format(proposed=discuss.proposed(summaries)),
        total=len(rows),
        themes=[] if order else [_theme(page, members, view) for page, members in by_theme(rows)],
        groups=_groups(rows, order, view, others) if order else [],
    )


def by_theme(summaries: Sequence[IndicatorSummary]) -> list[tuple[Theme, list[IndicatorSummary]]]:
    """Summaries under the page of their theme, in their order."""
    grouped = groupby(summaries, key=lambda s: page_of(s.indicator.theme))
    return [(page, list(members)) for page, members in grouped]


def _narrowed(view: Query) -> str:
    """What the table is narrowed to, in words as STANDS has them; empty where it holds everything."""
    return ", ".join(filter(None, ["flagged" if view.flagged_only else "", STANDS.get(view.stands, "")]))


def _theme(page: Theme, members: list[IndicatorSummary], view: Query) -> dict:
    """The row of a theme, folded."""
    here, placed = desk(), [s for s in members if s.placed]
    proposed = discuss.proposed(members)
    return {
        "name": page.name,
        "link": here.link(page.path, view),
        "n": len(members),
        "tally": [
            (key, n, flags.standing_shape(key, bool(proposed)), STANDS[key].format(proposed=proposed))
            for key, n in Tally.of(members).parts
        ],
        "flagged": words.listed([words.uncapital(s.indicator.short_title) for s in members if s.flagged]),
        "watched": sum(discuss.belongs(s, "watch") for s in members),
        "good": sum(discuss.belongs(s, "better") for s in members),
        "menu": save(spine_offer(page.name, page.theme_id, placed), view, "/") if placed else None,
    }


def _groups(rows: list[IndicatorSummary], order: str, view: Query, others: list[Area]) -> list[dict]:
    """The rows in their order: under their themes, or under what the order divides them by."""
    if order == "theme":
        return [
            {"name": page.name, "link": desk().link(page.path, view), "rows": _rows(members, view, others)}
            for page, members in by_theme(rows)
        ]
    how = _order(order, others)
    keyed = sorted(((how.key(s), n, s) for n, s in enumerate(rows)), key=lambda found: found[:2])
    names = [name.format(proposed=discuss.proposed(rows)) for name in how.groups]
    return [
        {"name": names[group], "link": "", "rows": _rows([s for *_, s in members], view, others)}
        for group, members in groupby(keyed, key=lambda found: found[0][0])
    ]


def _order(name: str, others: list[Area]) -> Order:
    """The order of that name; by difference it is from the first of the areas chosen."""
    if name == "difference":
        first = others[0]
        return Order(lambda s: by_difference(s, compare(s, first)), RULE, headings(first))
    return discuss.ORDERS[name]


def _rows(summaries: Sequence[IndicatorSummary], view: Query, others: list[Area]) -> list[dict]:
    return [_row(s, view, others) for s in summaries]


def _row(summary: IndicatorSummary, view: Query, others: list[Area]) -> dict:
    """One indicator's row."""
    tolerance = flags.tolerance_mark(summary)
    if summary.tolerance.two_sided and summary.tolerance.verdict in SHORT:
        tolerance = replace(tolerance, word=SHORT[summary.tolerance.verdict])
    apart = [compare(summary, other) for other in others]
    year_type = summary.indicator.year_type
    return {
        "s": summary,
        "link": desk().link(f"/indicator/{summary.indicator.indicator_id}", view),
        "hooks": flags.hooks(summary),
        "when": periods.tick(summary.latest.period, year_type) if summary.latest else "",
        "tolerance": tolerance,
        "compared": [(flags.comparison_mark(c), _printed(summary, c)) for c in summary.comparisons.values()],
        "apart": [(_printed(summary, c), flags.comparison_mark(c), gap(summary, c)) for c in apart],
        "movement": flags.movement_mark(summary),
        "changed": flags.change_mark(summary),
        "spark": spark(summary),
        "spine": spine(summary),
        "band": summary.placed.band if summary.placed else None,
    }


def _printed(summary: IndicatorSummary, compared: Compared) -> str:
    """The benchmark's own value; a word where it is hidden or not held, and nothing of a count."""
    if compared.seen is None:
        return "" if summary.indicator.is_count else "not shown"
    return words.shown(compared.seen, summary.indicator)


def _lists(summaries: Sequence[IndicatorSummary]) -> str:
    """Which lists of neighbours the table holds: figures of one page may need two."""
    names = sorted({s.neighbours.neighbour_set for s in summaries if s.neighbours.neighbour_set})
    return words.listed([set_name(name) for name in names])
