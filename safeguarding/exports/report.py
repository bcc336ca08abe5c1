"""Report: the pack as a paper for a board: what is to be known first, two indicators a page, and behind them
the figures, the methods and the sources.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from docx.document import Document as Paper
from docx.shared import Mm, Pt

from safeguarding import periods, words
from safeguarding.beside import printed
from safeguarding.breakdowns import Breakdown
from safeguarding.captions import heading_of_parts
from safeguarding.charts.chart import Chart, Kind
from safeguarding.discuss import agreement, conclusion, counted, good_news, reason
from safeguarding.drawing import Drawing
from safeguarding.drawings import TOLD, parts_drawing
from safeguarding.exports.pack import Item, Pack
from safeguarding.exports.plain import bare, needed, plain
from safeguarding.exports.sheets import lines as lines_of
from safeguarding.exports.word import (
    across,
    caption,
    down,
    kept,
    listed,
    marked,
    opened,
    table,
)
from safeguarding.exports.wording import NOTES, PARTS, absent, address, lines_told, method, sources
from safeguarding.sentences import by_evidence
from safeguarding.store.tables import cited
from safeguarding.summaries import IndicatorSummary
from safeguarding.verdicts.comparison import Compared
from safeguarding.vocabulary import Comparison, Movement

LICENCE = "Contains public sector information licensed under the Open Government Licence v3.0."
INCH = 25.4  # millimetres
HIGH, LETTERS, DPI = 57.0, 8.0, 220  # a picture: millimetres, points of its text, pixels an inch
A_LINE, A_SMALL, A_HEADING = 5.2, 4.3, 11.0  # millimetres of a line of text, of small text, of a heading
LETTERS_A_LINE, LETTERS_SMALL = 88, 106  # that a line of text holds, on 160 mm
MOST_FINDINGS, MOST_PERIODS, AREA = 6, 13, 12.5  # AREA: per cent of a table's width
SPARE = 6.0  # millimetres of a page that are left free, since nobody's lines are measured here
LETTERS_A_CELL = (20, 8, 12, 11, 13, 11, 11, 11, 13)  # that a line of each column of the scorecard holds
UNCOMPARED = "–"
EARLIER = "from an earlier report"


@dataclass
class Pages:
    """Where a paper stands: the page it is on and how much of it is taken, in millimetres; what its lists
    lead to.
    """

    high: float
    page: int = 1
    taken: float = 0.0
    figures: list[tuple[str, str, int]] = field(default_factory=list)
    headings: list[tuple[str, str, int]] = field(default_factory=list)
    tables: int = 0
    marks: int = 0

    def take(self, high: float, anew: bool = False) -> bool:
        """Take so much of the page; answers whether a new one has to begin for it."""
        begins = self.taken > 0 and (anew or self.taken + high > self.high)
        if begins:
            self.page, self.taken = self.page + 1, 0.0
        self.taken += high
        while self.taken > self.high:
            self.page, self.taken = self.page + 1, self.taken - self.high
        return begins

    def mark(self) -> int:
        """The number of the next bookmark."""
        self.marks += 1
        return self.marks


def report(pack: Pack, step: Callable[[str], None]) -> bytes:
    """The pack as a Word document. `step` is told before each indicator.

    Each indicator stays together on a page, and the pages are known when the paper is made: its lists have
    their numbers before Word is asked for them. Raises Refused for a template that cannot be used.
    """
    # where everything stands is known once the paper is made, and its lists are as long as what they list: it
    # is made without pictures first, and again with lists
    plan = Pages(0)
    for _ in range(2):
        plan = _made(pack, lambda _: None, plan, pictures=False)[1]
    paper, _ = _made(pack, step, plan, pictures=True)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _made(pack: Pack, step: Callable[[str], None], plan: Pages, pictures: bool) -> tuple[Paper, Pages]:
    paper = opened(pack.templates.get("docx"), pack.origin.marking, f"{pack.title}, page ")
    about = paper.core_properties
    about.title, about.author, about.language = pack.title, pack.author or pack.partnership, "en-GB"
    pages = Pages(down(paper) - SPARE)
    _first(paper, pack, pages)
    if not pack.short:
        _lists(paper, pages, plan)
    if pack.spine is not None and not pack.short:
        _spine(paper, pack, pack.spine, pages, pictures)
    # the order of a meeting is its own: themes that take turns would begin a page each
    group = pack.groups[0][0] if len(pack.groups) == 1 else "The indicators"
    for k, one in enumerate(pack.pages):
        step(one.summary.indicator.title)
        opens = group if k == 0 and not pack.short else ""
        _indicator(paper, one, pages, opens, pictures, anew=bool(opens))
    for k, whole in enumerate(pack.wholes_now):
        step(whole.title)
        _parts(paper, whole, pages, PARTS if k == 0 else "", pictures)
    if pack.spine is not None and pack.short:
        _spine(paper, pack, pack.spine, pages, pictures)
    if any(one.notes for one in pack.items):
        _heading(paper, NOTES, pages, anew=not pack.short)
        for one in pack.items:
            _notes(paper, one, pages)
    if pack.short:
        _behind(paper, pack, pages)
        return paper, pages
    letters = iter("ABCD")
    _figures(paper, pack, pages, next(letters))
    for k, whole in enumerate(pack.wholes_then):
        step(whole.title)
        _parts(paper, whole, pages, f"Appendix {next(letters)}: {EARLIER}" if k == 0 else "", pictures, True)
    _methods(paper, pack, pages, next(letters))
    _sources(paper, pack, pages, next(letters))
    return paper, pages


# --- the first page ---


def _first(paper: Paper, pack: Pack, pages: Pages) -> None:
    """What it is, what was found, and every indicator in a line."""
    paper.add_paragraph(pack.title, style="Title")
    until = f" Official figures to {periods.in_words(pack.to)}." if pack.to else ""
    if pack.by_line:
        paper.add_paragraph(f"{pack.by_line}.")
        pages.take(A_LINE + 1.8)
    paper.add_paragraph(f"{pack.partnership}.{until} {pack.origin.filters}")
    pages.take(14 + 2 * A_LINE)
    found = pack.summaries
    kept(paper.add_paragraph("Findings", style="Heading 2"))
    paper.add_paragraph(conclusion(found))
    said = [f"{_value(s)}. {reason(s)}" for s in by_evidence(found)[:MOST_FINDINGS]]
    good = [words.uncapital(s.indicator.short_title) for s in good_news(found)]
    said += [f"Good news: {words.listed(good)}."] if good else []
    for text in said:
        paper.add_paragraph(text, style="List Bullet").paragraph_format.space_after = Pt(2)
    pages.take(
        A_HEADING + sum(A_LINE * lines_of(text, LETTERS_A_LINE) for text in (conclusion(found), *said))
    )
    told = "Scorecard. In bold: flagged. A dash: not compared, or not tested."
    if any(c.benchmark is not None and c.hidden for s in found for c in s.comparisons.values()):
        told += " In brackets: how many of the authorities have a figure that is shown."
    _table_caption(paper, pages, f"{told} {agreement(found)}".strip())
    region = found[0].region.name if found else "Region"
    headings = ["Indicator", "Value", "On the year", "Period", "Tolerance"]
    headings += ["England", region, "Neighbours", "Direction"]
    rows = [_scored(s) for s in found]
    table(
        paper,
        headings,
        rows,
        (32, 13, 18, 18, 20, 18, 18, 20, 19),
        8,
        "Every indicator with its value, its period and its verdicts.",
        bold=[k for k, s in enumerate(found) if s.flagged],
    )
    pages.take(7)
    for row in [headings, *rows]:
        high = max(lines_of(text, letters) for text, letters in zip(row, LETTERS_A_CELL, strict=True))
        pages.take(1.2 + 3.3 * high)
    told = counted(found)
    paper.add_paragraph().add_run(told).font.size = Pt(9)
    pages.take(A_SMALL * lines_of(told, LETTERS_SMALL) + 1.8)


def _value(summary: IndicatorSummary) -> str:
    return f"{summary.indicator.short_title}: {summary.printed} {summary.when}"


def _scored(summary: IndicatorSummary) -> list[str]:
    """An indicator as a row of the scorecard; a dash for what was not compared or tested."""
    compared = [_beside(summary, c) for c in summary.comparisons.values()]
    moved = summary.movement.verdict
    tested = UNCOMPARED if moved is Movement.NOT_TESTED else words.MOVEMENT_WORDS[moved]
    return [
        summary.indicator.short_title,
        summary.printed,
        summary.change.short or UNCOMPARED,
        summary.period_label,
        summary.tolerance.words.partition(":")[0],
        *compared,
        tested,
    ]


def _beside(summary: IndicatorSummary, against: Compared) -> str:
    """What it is compared with, and the verdict where there is one: "81.4% worse"."""
    value = printed(summary, against) or against.printed
    if against.benchmark is not None and against.hidden and against.n is not None:
        value += f" ({against.n} of {against.n + against.hidden})"
    verdict = "" if against.verdict is Comparison.NOT_COMPARED else against.words.lower()
    return " ".join(filter(None, (value, verdict))) or UNCOMPARED


def _lists(paper: Paper, pages: Pages, plan: Pages) -> None:
    """The contents and the figures, with the pages that `plan` has found."""
    pages.take(0.1, anew=True)
    kept(paper.add_paragraph("Contents", style="Heading 3")).paragraph_format.page_break_before = True
    listed(paper, 'TOC \\o "1-1" \\h', plan.headings or [("_Toc1", "", 1)])
    kept(paper.add_paragraph("Figures", style="Heading 3"))
    listed(paper, 'TOC \\h \\z \\c "Figure"', plan.figures or [("_Figure1", "", 1)])
    pages.take(2 * 9 + 4.6 * (len(plan.headings) + sum(lines_of(t, 96) for _, t, _ in plan.figures)))


# --- the body ---


def _heading(paper: Paper, text: str, pages: Pages, anew: bool = False, room: float = A_HEADING) -> None:
    """A heading of the contents, with room for what has to stay with it."""
    begins = pages.take(room, anew)
    paragraph = kept(paper.add_paragraph(text, style="Heading 1"))
    paragraph.paragraph_format.page_break_before = begins
    if not begins:
        paragraph.paragraph_format.space_before = Pt(12)
    name = f"_Toc{len(pages.headings) + 1}"
    pages.headings.append((name, text, pages.page))
    marked(paragraph, name, pages.mark())


def _figure(
    paper: Paper, drawing: Drawing, chart: Chart, pages: Pages, pictures: bool, told: Sequence[str] = ()
) -> None:
    """A picture without words of its own, its alternative text, its caption with a number, and in small
    letters what is `told` of it and its source.
    """
    holder = kept(paper.add_paragraph())
    holder.paragraph_format.space_after = Pt(0)
    if pictures:
        wide = across(paper) / INCH
        body, _ = plain(bare(chart), wide, HIGH / INCH, LETTERS, DPI)
        shape = holder.add_run().add_picture(io.BytesIO(body), width=Mm(across(paper)))
        shape._inline.docPr.set("descr", drawing.short_text)
        shape._inline.docPr.set("title", drawing.title)
    number = len(pages.figures) + 1
    said = caption(paper, "Figure", number, f"{drawing.subtitle}.")
    name = f"_Figure{number}"
    pages.figures.append((name, f"Figure {number}. {drawing.subtitle}", pages.page))
    marked(kept(said), name, pages.mark())
    paper.add_paragraph().add_run(_small(drawing, told)).font.size = Pt(9)


def _small(drawing: Drawing, told: Sequence[str]) -> str:
    return " ".join((*told, drawing.source))


def _high(drawing: Drawing, told: Sequence[str] = ()) -> float:
    """How much of a page a picture takes with what stands below it, in millimetres."""
    taken = lines_of(f"Figure 10. {drawing.subtitle}.", LETTERS_SMALL - 8)
    taken += lines_of(_small(drawing, told), LETTERS_SMALL)
    return max(HIGH, needed(drawing.chart, LETTERS) * INCH) + 4.5 + A_SMALL * taken


def _spine(paper: Paper, pack: Pack, drawing: Drawing, pages: Pages, pictures: bool) -> None:
    """Where the area stands among English authorities, and on which measures it does."""
    said = _stand(pack.summaries)
    high = A_HEADING * 1.5 + A_LINE * lines_of(said, LETTERS_A_LINE) + _high(drawing)
    begins = pages.take(high)
    title = kept(paper.add_paragraph(drawing.headline, style="Heading 2"))
    title.paragraph_format.page_break_before = begins
    kept(paper.add_paragraph(said))
    _figure(paper, drawing, drawing.chart, pages, pictures)


def _stand(summaries: Sequence[IndicatorSummary]) -> str:
    """Which measures of a spine chart differ from England and how, and how many do not, as "Better: plans
    reviewed on time. The other 12 are similar, or not judged." says it.
    """
    placed = [s for s in summaries if s.placed]
    by = {
        v: [words.uncapital(s.indicator.short_title) for s in placed if s.england.verdict is v] for v in TOLD
    }
    said = [f"{words.COMPARISON_WORDS[v]}: {words.listed(names)}." for v, names in by.items() if names]
    rest = len(placed) - sum(map(len, by.values()))
    others = {0: "", 1: "The other one is similar, or not judged."}
    return " ".join((*said, others.get(rest, f"The other {rest} are similar, or not judged."))).strip()


def _indicator(paper: Paper, one: Item, pages: Pages, group: str, pictures: bool, anew: bool = False) -> None:
    """An indicator on half a page: its name, what was found, its picture, what to ask."""
    summary, drawing = one.summary, one.drawing
    name = f"{summary.indicator.short_title}: "
    finding = words.capital(summary.sentence.removeprefix(name))
    told = []
    if drawing is not None and drawing.chart.kind is Kind.TREND:
        own = f"No value, {summary.area.name}:"
        told = [text for text in absent(summary) if text.startswith(own)]
        told += lines_told(summary, [line.name for line in summary.lines])
    ask = f"To ask: {summary.indicator.question}"
    high = A_HEADING + 2 + A_LINE * (lines_of(finding, LETTERS_A_LINE) + lines_of(ask, LETTERS_A_LINE)) + 4
    high += _high(drawing, told) if drawing else 0
    _begun(paper, summary.indicator.title, group, high, pages, anew)
    kept(paper.add_paragraph(finding))
    if drawing is not None:
        _figure(paper, drawing, drawing.chart, pages, pictures, told)
        kept(paper.paragraphs[-1])
    asked = paper.add_paragraph()
    asked.add_run("To ask: ").bold = True
    asked.add_run(summary.indicator.question)


def _begun(paper: Paper, title: str, group: str, high: float, pages: Pages, anew: bool = False) -> None:
    """The heading of an indicator or a breakdown, under that of its group where it opens one."""
    if group:
        _heading(paper, group, pages, anew, A_HEADING + 7 + high)
        begins = False
    else:
        begins = pages.take(high)
    paragraph = kept(paper.add_paragraph(title, style="Heading 2"))
    paragraph.paragraph_format.page_break_before = begins


def _parts(
    paper: Paper, whole: Breakdown, pages: Pages, group: str, pictures: bool, anew: bool = False
) -> None:
    drawing = parts_drawing(whole)
    said = whole.sentence if not whole.stated else f"{whole.sentence} As a report printed it."
    high = A_HEADING + 2 + A_LINE * lines_of(said, LETTERS_A_LINE) + _high(drawing, drawing.notes)
    _begun(paper, heading_of_parts(whole) if whole.stated else whole.title, group, high, pages, anew)
    kept(paper.add_paragraph(said))
    _figure(paper, drawing, drawing.chart, pages, pictures, drawing.notes)


def _notes(paper: Paper, one: Item, pages: Pages) -> None:
    if not one.notes:
        return
    kept(paper.add_paragraph(one.summary.indicator.title, style="Heading 3"))
    pages.take(9)
    for n in one.notes:
        due = f" {n.owner}, due {periods.in_words(n.due)}." if n.due else ""
        state = "Done." if n.done_by else "Action." if n.kind == "action" else "Note."
        said = f"{state} {n.text}{due} ({n.author}, {periods.in_words(n.written_at.date())})"
        paper.add_paragraph(said, style="List Bullet")
        pages.take(1.8 + A_LINE * lines_of(said, LETTERS_A_LINE - 6))


# --- behind it ---


def _table_caption(paper: Paper, pages: Pages, text: str) -> None:
    pages.tables += 1
    kept(caption(paper, "Table", pages.tables, text))


def _behind(paper: Paper, pack: Pack, pages: Pages) -> None:
    """What a short paper says of its figures: what is flagged, defined; the sources; where the rest is."""
    defined = [f"{s.indicator.title}. {method(s)['definition']}" for s in (one.summary for one in pack.pages)]
    held = {s.source_id: s for one in pack.items for s in one.summary.sources}
    rest = "The rule behind each verdict, and every measure with its years, are in the whole paper."
    said = f"{cited(held.values())}. {LICENCE} Release {pack.origin.held}. {rest} {address(pack)}".strip()
    for heading, lines in (("Definitions", defined), ("Sources", [said])):
        high = [A_SMALL * lines_of(text, LETTERS_SMALL) + 1 for text in lines]
        if not lines:
            continue
        begins = pages.take(A_HEADING + sum(high))
        title = kept(paper.add_paragraph(heading, style="Heading 2"))
        title.paragraph_format.page_break_before = begins
        for text in lines:
            paragraph = paper.add_paragraph()
            paragraph.add_run(text).font.size = Pt(9)
            paragraph.paragraph_format.space_after = Pt(2)


def _figures(paper: Paper, pack: Pack, pages: Pages, letter: str) -> None:
    """The figures behind the pictures, a table an indicator."""
    _heading(paper, f"Appendix {letter}: the figures", pages, anew=True)
    symbols = dict.fromkeys(
        (p.status.value, p.status.words)
        for s in pack.summaries
        for line in s.lines
        for p in line.points[-MOST_PERIODS:]
        if p.value is None and p.note != "no figure"
    )
    told = "; ".join(f"{symbol}: {meant}" for symbol, meant in symbols)
    said = f"The years that are drawn, as published. A dash: no figure.{f' {told}.' if told else ''}"
    paper.add_paragraph(said)
    pages.take(A_LINE * lines_of(said, LETTERS_A_LINE))
    for summary in (s for s in pack.summaries if s.periods):
        shown = [periods.tick(p, summary.indicator.year_type) for p in summary.periods][-MOST_PERIODS:]
        rows = [[line.short_name, *_cells(summary, k)] for k, line in enumerate(summary.lines)]
        begins = pages.take(9 + 4.6 * (len(rows) + 2))
        pages.tables += 1
        title = words.measured(summary.indicator, summary.area.name)
        said = f"The figures of {title}, by area and period."
        named = kept(caption(paper, "Table", pages.tables, f"{title}."))
        named.paragraph_format.page_break_before = begins
        # as many columns in each, so that a year stands below the same year
        empty = [""] * (MOST_PERIODS - len(shown))
        widths = (AREA, *[(100 - AREA) / MOST_PERIODS] * MOST_PERIODS)
        cells = [[*row, *empty] for row in rows]
        made = table(paper, ["", *shown, *empty], cells, widths, 7, said, numbers=MOST_PERIODS, tight=True)
        for row in made.rows[:-1]:
            for cell in row.cells:
                kept(cell.paragraphs[0])


def _cells(summary: IndicatorSummary, k: int) -> list[str]:
    line = summary.lines[k]
    found = []
    for value, point in list(zip(line.shown, line.points, strict=True))[-MOST_PERIODS:]:
        if value is not None:
            found.append(words.shown(value, summary.indicator, line.decimals))
        else:
            found.append(UNCOMPARED if point.note == "no figure" else point.status.value)
    return found


def _methods(paper: Paper, pack: Pack, pages: Pages, letter: str) -> None:
    """Definitions, and the rules behind the verdicts."""
    _heading(paper, f"Appendix {letter}: methods", pages, anew=True)
    paper.add_paragraph("How each indicator is defined, and the rule behind each verdict in full.")
    pages.take(A_LINE)
    _table_caption(paper, pages, "Definitions and rules.")
    found = [method(one) for one in pack.summaries]
    rows = [[row["indicator"], row["definition"], row["rules"]] for row in found]
    table(paper, ["Indicator", "Definition", "Rules"], rows, (30, 48, 82), 7.5, "Definitions and rules.")
    for row in rows:
        high = max(lines_of(row[0], 22), lines_of(row[1], 34), lines_of(row[2], 56))
        pages.take(1.4 + 3.1 * high)


def _sources(paper: Paper, pack: Pack, pages: Pages, letter: str) -> None:
    """Where the figures come from."""
    _heading(paper, f"Appendix {letter}: sources", pages, room=40)
    _table_caption(paper, pages, "Sources.")
    held = sources(pack)
    rows = ((row["source"], row["supplied_by"], row["licence"], row["next_due"]) for row in held)
    once = list(dict.fromkeys(rows))  # tables of one publication are one source to a board
    headings = ["Source", "Supplied by", "Licence", "Next due"]
    table(paper, headings, once, (68, 40, 34, 18), 8, "Where the figures come from.")
    paper.add_paragraph(f"{LICENCE} Release {pack.origin.held}. {address(pack)}".strip())
