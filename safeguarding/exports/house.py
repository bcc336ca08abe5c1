"""House: the template of a presentation, the partnership's own or ours.

Ours is made here from the plain one of python-pptx: a theme of the dashboard's colours, and four layouts. A
partnership's own is honoured as it is: its slides are left out, its layouts used by their names, and where it
has not the names of ours, those that every PowerPoint template has.
"""

import io
import re
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.presentation import Presentation as Deck
from pptx.slide import SlideLayout
from pptx.util import Emu, Inches

from safeguarding.charts.theme import EXPECTED, IMPROVEMENT, INK, NEUTRAL, PAPER, STYLES
from safeguarding.exports.template import NOT_OFFICE, as_document
from safeguarding.refused import Refused
from safeguarding.vocabulary import Role

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
OPENING, CONTENT, INDICATOR, PICTURE = "Title Slide", "Title and Content", "Indicator", "Picture"
TWO = "Two Content"  # what a template that is not ours has for text beside a chart
ACCENTS = (Role.FOCUS, Role.ENGLAND, Role.REGION, Role.NEIGHBOURS, Role.GROUP, Role.OTHER)

# left, top, width and height in inches; size in points; type of placeholder; what an editor is told
Box = tuple[float, float, float, float]
TITLE: Box = (0.5, 0.4, 12.33, 0.7)
UNDER: Box = (0.9, 3.5, 11.5, 2.6)
MEASURE: Box = (0.5, 1.08, 12.33, 0.4)
FINDING: Box = (0.5, 1.6, 3.8, 4.75)
CHART: Box = (4.5, 1.6, 8.33, 4.75)
WHOLE: Box = (0.5, 1.6, 12.33, 4.75)
SOURCE: Box = (0.5, 6.4, 12.33, 0.5)
FOOTER: Box = (0.5, 6.98, 10.5, 0.32)
NUMBER: Box = (11.83, 6.98, 1.0, 0.32)


def house(given: Path | None) -> Deck:
    """A presentation without slides, in the partnership's own template or in ours.

    Raises Refused where the template is not there, is none, or has no layout with a title and a text.
    """
    if given is None:
        return _ours()
    try:
        deck = Presentation(io.BytesIO(as_document(given)))
    except NOT_OFFICE as error:
        raise Refused([f"TEMPLATE_PPTX: {given} is not a PowerPoint template (.pptx or .potx)."]) from error
    for slide in list(deck.slides._sldIdLst):
        deck.part.drop_rel(slide.rId)
        deck.slides._sldIdLst.remove(slide)
    if layout_of(deck, CONTENT) is None:
        raise Refused([f"TEMPLATE_PPTX: no layout of {given} has a title and a text below it."])
    return deck


def layout_of(deck: Deck, name: str) -> SlideLayout | None:
    """The layout of a name; the nearest that every template has where it has not that one.

    None where no layout has a title and a text.
    """
    for wanted in {INDICATOR: (INDICATOR, TWO, CONTENT), PICTURE: (PICTURE, CONTENT)}.get(name, (name,)):
        found = next((one for one in deck.slide_layouts if one.name == wanted), None)
        if found is not None:
            return found
    titled = [one for one in deck.slide_layouts if 0 in {p.placeholder_format.idx for p in one.placeholders}]
    return next((one for one in titled if texts_of(one)), None)


def texts_of(layout: SlideLayout) -> list[Any]:
    """The placeholders of a layout for text, charts or anything, from left to right."""
    body = {2, 7, 8, 18, None}  # PowerPoint's numbers of body, object, chart and picture
    found = [p for p in layout.placeholders if p.placeholder_format.idx and p.placeholder_format.type in body]
    return sorted(found, key=lambda p: (p.left, p.top))


# --- ours ---


def _ours() -> Deck:
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    package = deck.part.package
    for rel in [r for r in package._rels.values() if r.reltype.endswith("/thumbnail")]:
        package._rels.pop(rel.rId)  # a picture of another presentation
    _themed(deck)
    named = {"Two Content": INDICATOR, "Picture with Caption": PICTURE}
    for layout in list(deck.slide_layouts):
        name = named.get(layout.name, layout.name)
        if name not in LAYOUTS:
            deck.slide_layouts.remove(layout)
            continue
        layout._element.cSld.set("name", name)
        if name != layout.name or name in named.values():
            layout._element.attrib.pop("type", None)
        _fill(layout, LAYOUTS[name])
    _fill(deck.slide_master, (TITLE_OF_ALL, BODY_OF_ALL, *FEET), band=True)
    return deck


def _themed(deck: Deck) -> None:
    """The dashboard's colours and letters as the theme, so that a change of theme changes every slide."""
    part = next(r.target_part for r in deck.slide_master.part.rels.values() if r.reltype.endswith("/theme"))
    colours = {"dk2": STYLES[Role.FOCUS].colour, "lt2": EXPECTED, "hlink": IMPROVEMENT, "folHlink": NEUTRAL}
    colours |= {f"accent{n}": STYLES[role].colour for n, role in enumerate(ACCENTS, 1)}
    colours = {"dk1": INK, "lt1": PAPER, **colours}
    order = ("dk1", "lt1", "dk2", "lt2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")
    said = "".join(f'<a:{name}><a:srgbClr val="{colours[name][1:]}"/></a:{name}>' for name in order)
    body = part.blob.decode()
    body = re.sub(r"<a:clrScheme .*?</a:clrScheme>", f'<a:clrScheme name="House">{said}</a:clrScheme>', body)
    body = re.sub(r'(<a:m..orFont>\s*<a:latin typeface=)"[^"]*"', r'\1"Arial"', body)
    part._blob = body.replace('name="Office Theme"', 'name="House"').encode()


def _shape(number: int, name: str, kind: str, box: Box, text: str, look: str, body: str = "") -> str:
    left, top, width, height = (Emu(int(Inches(part))) for part in box)
    return (
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/>'
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr>'
        f'<p:spPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f'<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" {body}><a:normAutofit/></a:bodyPr>'
        f"<a:lstStyle>{look}</a:lstStyle><a:p>{text}</a:p></p:txBody></p:sp>"
    )


def _look(size: float, colour: str = "tx1", bold: bool = False, align: str = "l", after: float = 0) -> str:
    shade = '<a:lumMod val="65000"/><a:lumOff val="35000"/>' if colour == "muted" else ""
    scheme = "tx1" if colour == "muted" else colour
    return (
        f'<a:lvl1pPr marL="0" indent="0" algn="{align}"><a:spcBef><a:spcPts val="0"/></a:spcBef>'
        f'<a:spcAft><a:spcPts val="{int(after * 100)}"/></a:spcAft><a:buNone/>'
        f'<a:defRPr sz="{int(size * 100)}" b="{int(bold)}"><a:solidFill><a:schemeClr val="{scheme}">{shade}'
        "</a:schemeClr></a:solidFill></a:defRPr></a:lvl1pPr>"
    )


def _run(text: str) -> str:
    return f'<a:r><a:rPr lang="en-GB"/><a:t>{text}</a:t></a:r>'


_FIELD = (
    '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr lang="en-GB"/>'
    "<a:t>‹#›</a:t></a:fld>"
)
_FOOT, _RIGHT = _look(10), _look(10, align="r")
FEET = (
    ("Footer", 'type="ftr" sz="quarter" idx="20"', FOOTER, "", _FOOT, 'anchor="ctr"'),
    ("Slide Number", 'type="sldNum" sz="quarter" idx="21"', NUMBER, _FIELD, _RIGHT, 'anchor="ctr"'),
)
TITLE_OF_ALL = ("Title", 'type="title"', TITLE, _run("Title"), _look(28, bold=True), 'anchor="ctr"')
BODY_OF_ALL = ("Text", 'type="body" idx="1"', WHOLE, _run("Text"), _look(18, after=6), "")
_MEASURE = ("Measure", 'type="body" idx="10"', MEASURE, _run("What is measured"), _look(14, "muted"), "")
_SOURCE = ("Source", 'type="body" idx="13"', SOURCE, _run("Source"), _look(11, "muted"), 'anchor="b"')
LAYOUTS = {
    OPENING: (
        (
            "Title",
            'type="ctrTitle"',
            (0.9, 1.7, 11.5, 1.5),
            _run("Title"),
            _look(44, bold=True),
            'anchor="b"',
        ),
        (
            "Subtitle",
            'type="subTitle" idx="1"',
            (0.9, 3.5, 11.5, 2.6),
            _run("Subtitle"),
            _look(18, after=8),
            "",
        ),
        *FEET,
    ),
    CONTENT: (TITLE_OF_ALL, ("Content", 'idx="1"', WHOLE, _run("Text"), _look(18, after=6), ""), *FEET),
    INDICATOR: (
        TITLE_OF_ALL,
        _MEASURE,
        ("Finding", 'type="body" idx="11"', FINDING, _run("Finding"), _look(14, after=5), ""),
        ("Chart", 'type="chart" idx="12"', CHART, _run("Chart"), _look(14), ""),
        _SOURCE,
        *FEET,
    ),
    PICTURE: (
        TITLE_OF_ALL,
        _MEASURE,
        ("Picture", 'type="pic" idx="12"', WHOLE, _run("Picture"), _look(14), ""),
        _SOURCE,
        *FEET,
    ),
}


def _fill(page: Any, shapes: Any, band: bool = False) -> None:
    """Give a layout or the master these placeholders and no other."""
    tree = page.shapes._spTree
    for shape in list(page.shapes):
        tree.remove(shape._element)
    if band:
        tree.append(parse_xml(_BAND))
    for number, given in enumerate(shapes, 3):
        tree.append(parse_xml(_shape(number, *given)))


_BAND = (
    f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="2" name="Band"/><p:cNvSpPr/><p:nvPr userDrawn="1"/>'
    f'</p:nvSpPr><p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{WIDTH}" cy="{Inches(0.14)}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="accent1"/></a:solidFill>'
    "<a:ln><a:noFill/></a:ln></p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p>"
    '<a:endParaRPr lang="en-GB"/></a:p></p:txBody></p:sp>'
)
