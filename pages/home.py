"""Home: what the figures say as a whole, what to discuss today, and every measure in one table."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import dash
from dash import html

from components import flags, packing
from components.flags import Mark
from components.markup import Markup, render
from components.scorecard import by_theme, scorecard
from components.shell import shell
from components.site import desk
from safeguarding import discuss, periods, words
from safeguarding.against import beside_in_short
from safeguarding.agenda import in_order
from safeguarding.charts.svg import course, spine
from safeguarding.desk import DATA, MEETING, Reading
from safeguarding.discuss import Tally
from safeguarding.journey import journey
from safeguarding.query import Pick, Query
from safeguarding.sentences import flags_to_expect
from safeguarding.so_what import chosen, quarter
from safeguarding.store.notes import Note
from safeguarding.store.tables import Area
from safeguarding.summaries import IndicatorSummary
from safeguarding.themes import Theme

dash.register_page(__name__, path="/", name="Home", order=0)

BRIEF = {"watch": 4, "better": 3, "changed": 4}  # rows beside what is discussed
WORST_FIRST = ("outside", "near", "within", discuss.UNJUDGED)


def layout(**address: str | list[str]) -> html.Div:
    """The conclusion, what to discuss with what stands beside it, the themes, the table, the journey."""
    here = desk()
    view = here.read(address)
    reading = here.reading(view)
    summaries = reading.summaries(in_order(here.catalogue))
    actions = [n for noted in here.noted(view).values() for n in noted if n.open]
    return shell(
        "/",
        "What needs attention",
        view,
        [
            Markup(_today(summaries, actions, view), id="today"),
            Markup(scorecard(summaries, view), id="scorecard"),
            Markup(_journey(reading), id="journey"),
            Markup(packing.form(view, MEETING), id="packing", className="packing"),
        ],
        lead=discuss.conclusion(summaries),
        without=("show",),
    )


def _today(summaries: list[IndicatorSummary], actions: list[Note], view: Query) -> str:
    """The first screen below the sentence."""
    here = desk()
    tally, first = Tally.of(summaries), discuss.to_discuss(summaries)
    flagged = sum(s.flagged for s in first)
    proposed = discuss.proposed(summaries)
    parts = (
        ("within", tally.within, f"within {proposed}tolerance"),
        ("near", tally.near, "borderline"),
        ("outside", tally.outside, f"outside {proposed}tolerance"),
        (discuss.UNJUDGED, tally.unjudged, "not judged"),
    )
    meeting = Meeting(view, tuple(Pick(s.indicator.indicator_id) for s in first))
    return render(
        "home",
        parts=[(key, n, flags.standing_shape(key, bool(proposed)), said) for key, n, said in parts],
        links={key: here.link("/", _narrowed(view, key)) for key in WORST_FIRST},
        narrowed=view.stands,
        ranged="proposed" if proposed else "usual",
        total=len(summaries),
        tally=tally,
        agreement=discuss.agreement(summaries),
        beside=[
            (beside_in_short(summaries, other), here.link("/", _sorted_by(view, other)))
            for other in chosen(view, here.catalogue)
        ],
        late=here.late(view, date.today()),
        supply=here.link(DATA, view) + "#supply",
        expected=flags_to_expect(summaries, view.to),
        rows=[_row(s, view, meeting) for s in first],
        filled=_filled(flagged, len(first)),
        flagged=sum(s.flagged for s in summaries),
        shown=flagged,
        all_flagged=here.link("/", replace(view, flagged_only=True, stands="")) + "#scorecard",
        slides=len(meeting.picks),
        proposed=here.link("/", replace(view, slides=())) if view.slides else "",
        begin=here.link(MEETING, view),
        actions=[_action(n, view) for n in sorted(actions, key=lambda n: (n.due or date.max, n.note_id))],
        asides=_asides(summaries, first, view, meeting),
        tiles=[_tile(page, members, view) for page, members in by_theme(summaries)],
    )


def _narrowed(view: Query, key: str) -> Query:
    """The view with the table narrowed to a verdict; with all of it where it is narrowed to that already."""
    return replace(view, stands="" if key == view.stands else key)


def _sorted_by(view: Query, other: Area) -> Query:
    """The view with all of the table, by the difference from an area, which comes first of those chosen."""
    first = [other.area_code, *(a.area_code for a in chosen(view, desk().catalogue) if a != other)]
    codes = iter(first)
    compare = tuple(next(codes) if code in first else code for code in view.compare)
    return replace(view, sort="difference", stands="", flagged_only=False, compare=compare)


def _filled(flagged: int, shown: int) -> str:
    """Whence the rows come, where not all of them are flagged."""
    if flagged == shown:
        return ""
    return f"{flagged} flagged, {shown - flagged} to watch" if flagged else "nothing is flagged: to watch"


@dataclass(frozen=True)
class Meeting:
    """The slides of a view's meeting: those that it names, else the `default`: what is discussed today."""

    view: Query
    default: tuple[Pick, ...]

    @property
    def picks(self) -> tuple[Pick, ...]:
        """The slides, in their order."""
        return self.view.slides or self.default

    def has(self, indicator_id: str) -> bool:
        """Whether an indicator is in it."""
        return any(p.indicator_id == indicator_id for p in self.picks)

    def toggle(self, indicator_id: str) -> str:
        """The way to the same meeting with an indicator, or without one that is in; empty for the only one.

        An address without slides means the default, so it names the others too, and cannot name none.
        """
        rest = tuple(p for p in self.picks if p.indicator_id != indicator_id)
        slides = rest if self.has(indicator_id) else (*self.picks, Pick(indicator_id))
        chosen = () if slides == self.default else slides
        return desk().link("/", replace(self.view, slides=chosen)) if slides else ""


def _row(summary: IndicatorSummary, view: Query, meeting: Meeting) -> dict:
    """A row of what to discuss; `toggle` adds it to the meeting, or takes it out again."""
    name = summary.indicator.indicator_id
    tone = "bad" if summary.flagged else "warn"
    return {
        "s": summary,
        "link": desk().link(f"/indicator/{name}", view),
        "hooks": flags.hooks(summary),
        "course": course(summary),
        "spine": spine(summary),
        "position": discuss.position(summary),
        # some figures that are not shown leave the place open, and yet not the quarter
        "quarter": quarter(summary) if summary.placed and summary.placed.band else "",
        "reason": discuss.reason(summary),
        "lead": Mark("⚑", "Flagged.", tone),
        "added": meeting.has(name),
        "toggle": meeting.toggle(name),
    }


def _asides(
    summaries: Sequence[IndicatorSummary], first: Sequence[IndicatorSummary], view: Query, meeting: Meeting
) -> list[dict]:
    """Watch, better and changed most: the first few of each that are not to be discussed, and the way to all
    of them, with how many they are.
    """
    watch, better = discuss.watched(summaries), discuss.good_news(summaries)
    lists = (
        ("watch", "Watch", watch, lambda s: "; ".join(w.short for w in s.watched)),
        ("better", "Better", better, lambda s: "; ".join(w.short for w in s.good)),
        ("changed", "Changed most", discuss.changed_most(summaries), lambda s: s.change.words),
    )
    asides = []
    for key, title, found, told in lists:
        held = [s for s in found if s in first and key == "watch"]
        rows = [s for s in found if s not in held][: BRIEF[key]]
        every = (
            replace(view, sort="change")
            if key == "changed"
            else replace(view, stands=key, flagged_only=False)
        )
        asides.append(
            {
                "id": key,
                "title": title,
                "n": "" if key == "changed" else len(found),
                "every": desk().link("/", every) if found else "",
                "held": len(held),
                "rows": [
                    {
                        "s": s,
                        "link": desk().link(f"/indicator/{s.indicator.indicator_id}", view),
                        "told": told(s),
                        "added": meeting.has(s.indicator.indicator_id),
                        "toggle": meeting.toggle(s.indicator.indicator_id) if key == "watch" else "",
                    }
                    for s in rows
                ],
            }
        )
    return asides


def _action(note: Note, view: Query) -> dict:
    """An open action in a line."""
    known = desk().catalogue.indicators.get(note.indicator_id)
    return {
        "link": desk().link(f"/indicator/{note.indicator_id}", view) + "#notes",
        "overdue": note.overdue(date.today()),
        "due": f"due {periods.in_words(note.due)}." if note.due else "",
        "measure": known.short_title if known else "",
        "owner": note.owner,
        "text": note.text,
    }


def _tile(page: Theme, members: list[IndicatorSummary], view: Query) -> dict:
    """A theme as a tile: a mark for each measure, its headline figure, how much there is to discuss."""
    lead = next((s for s in members if s.indicator.headline and s.value is not None), None)
    proposed = bool(discuss.proposed(members))
    marks = sorted((discuss.standing(s) for s in members), key=WORST_FIRST.index)
    flagged = sum(s.flagged for s in members)
    watch = sum(discuss.belongs(s, "watch") for s in members)
    said = [f"{flagged} flagged" if flagged else "", f"{watch} to watch" if watch else ""]
    return {
        "name": page.name,
        "link": desk().link(page.path, view),
        "dots": [(key, flags.standing_shape(key, proposed)) for key in marks],
        "headline": f"{lead.indicator.short_title} {lead.printed}" if lead else "",
        "said": words.listed([part for part in said if part]) or "nothing to discuss",
    }


def _journey(reading: Reading) -> str:
    """The strip from contact to care: a count for each step that has one, with the way to its theme."""
    stages = [
        {"stage": stage, "link": desk().link(f"/{stage.step.theme}", reading.view)}
        for stage in journey(reading.view, reading.figures)
        if stage.printed != "No count held"
    ]
    return render("journey", stages=stages)
