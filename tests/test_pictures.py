"""Pictures that can be read, and are as somebody wishes them."""

import io
import re
from xml.etree import ElementTree

import pytest
from PIL import Image

from safeguarding.charts.chart import Kind
from safeguarding.charts.foot import MORE, noted
from safeguarding.charts.picture import FORMATS, form
from safeguarding.charts.typeface import width
from safeguarding.drawings import drawing
from safeguarding.exports.files import credits
from safeguarding.wishes import CHOICES, LONGEST, Wishes, read
from tests.laid import SVG, laid
from tests.standing_in import asking, store_of
from tests.test_exports import ORIGIN

POINT = 72 / 96  # of a CSS pixel
CHARTS = [
    *(f"rereferrals_pct/{name}" for name in ("trend", "rank-0", "rank-1", "control", "difference", "funnel")),
    "rereferrals_pct/areas",
    "cpp_open_2y_plus_pct/trend",
    "plan_duration/parts",
    "factors/parts",
    "scorecard/spine-child-protection",
    "scorecard/spine-looked-after-children",
    "scorecard/page-child-protection",
]
KENT = "E10000016"


def words(svg: bytes) -> str:
    return " ".join("".join(e.itertext()) for e in ElementTree.fromstring(svg).iter(f"{SVG}text"))


# --- can it be read? ---


@pytest.mark.parametrize("area", ["", KENT])
@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("size", [*FORMATS, "90x70"])
def test_no_word_is_too_small_and_none_on_the_data_is_smaller_than_the_notes(client, chart, size, area):
    answer = client.get(f"/api/chart/{chart}.svg?size={size}&intervals=yes&area={area}")
    assert answer.status_code == 200
    marks = [m for m in laid(answer.data) if m.tag == "text" and m.text.strip()]
    sizes = [m.size * POINT for m in marks]
    # 1600 pixels fill a slide of 13.33 inches: a point in the file is 0.8 of one on the slide
    on_paper = [s * 0.8 for s in sizes] if size == "screen" else sizes
    assert min(on_paper) >= (11 if size in ("screen", "slide-half") else 7) - 0.01
    notes = [m for m in marks if m.text.startswith("Source:")]
    assert notes and min(sizes) >= max(m.size for m in notes) * POINT - 0.01


def test_a_picture_is_higher_where_its_rows_need_it_and_never_wider(client):
    made = {
        name: Image.open(
            io.BytesIO(client.get(f"/api/chart/rereferrals_pct/{name}.png?size=third-page").data)
        )
        for name in ("trend", "rank-0")
    }
    wide, high = FORMATS["third-page"].width, FORMATS["third-page"].height
    assert {image.width for image in made.values()} == {wide}
    assert made["trend"].height < high * 1.3 < made["rank-0"].height


@pytest.mark.parametrize("size", [*FORMATS, "90x90"])
@pytest.mark.parametrize("chart", [*CHARTS, "cla_rate/trend", "cla_rate/funnel"])
def test_a_line_of_notes_and_a_line_of_source_in_every_size(client, chart, size):
    """What stands below the chart, between its last words and the foot."""
    marks = laid(client.get(f"/api/chart/{chart}.svg?size={size}").data)
    texts = [m for m in marks if m.tag == "text"]
    source = next(m for m in texts if m.text.startswith("Source: "))
    assert re.search(r"Release \d+(, loaded [\w ]+)?\.$", source.text), "all of it, in one line"
    assert "OGL" in source.text
    left = source.at()[0]
    below = {m.text for m in texts if m.at()[0] == left and m.at()[1] > source.at()[1]}
    assert not below
    step = 1.3 * source.size
    near = [m for m in texts if m.at()[0] == left and 0 < source.at()[1] - m.at()[1] < 2.2 * step]
    assert len(near) <= 1, [m.text for m in near]


def test_notes_that_a_line_has_no_room_for_are_told_of():
    notes = ("First things first.", "A second note that is far too long for any such line.", "Third.")
    whole = " ".join(notes)
    assert noted(notes, 10, width(whole, 10) + 1) == whole
    room = width(f"First things first. Third. {MORE}", 10) + 1
    assert noted(notes, 10, room) == f"First things first. Third. {MORE}"
    cut = noted(notes[1:2], 10, 200)
    assert cut.startswith("A second note") and "…" in cut and width(cut, 10) <= 200


def test_a_source_is_named_as_fully_as_a_line_has_room_for(summary):
    drawn = drawing(summary("cla_rate"), Kind.TREND)
    ways = credits(drawn, ORIGIN)
    assert [width(way, 10) for way in ways] == sorted((width(way, 10) for way in ways), reverse=True)
    assert all(way.startswith("Source: ") and "OGL v3.0" in way and "Release 7" in way for way in ways)
    assert len(drawn.sources) > 2 and "and 1 more" in ways[-2] and ways[-1].startswith("Source: DfE. ")


@pytest.mark.parametrize("chart", CHARTS)
def test_one_line_of_source_and_nothing_for_maintainers(client, chart):
    text = words(client.get(f"/api/chart/{chart}.svg").data)
    assert text.count("Source:") == 1 and "OGL" in text and "Release" in text
    assert "Filters" not in text and "localhost" not in text and "Before you read it" not in text


def test_the_servers_own_address_is_nowhere_where_a_public_one_is_set(folder, tmp_path):
    with asking(store_of(folder, tmp_path), public_address="https://dashboard.example") as asked:
        text = words(asked.get("/api/chart/cla_rate/trend.svg?notes=full&size=full-page").data)
    assert (
        "https://dashboard.example/indicator/cla_rate" in text.replace(" ", "") or "dashboard.example" in text
    )
    assert "localhost" not in text


@pytest.mark.parametrize(
    "chart, said",
    [
        ("rereferrals_pct/rank-0", "Stockport is 15th of 24 authorities of the North West"),
        ("rereferrals_pct/control", "Stockport: no unusual point"),
        ("rereferrals_pct/funnel", "Stockport is within the limits of chance around England"),
        ("plan_duration/parts", "3 months or less is the largest part in Stockport: 35.2%"),
        (
            "scorecard/spine-child-protection",
            "Stockport is better on 1, worse on 1, lower on 1 of 13 measures",
        ),
        ("rereferrals_pct/areas", "highest in Tameside, lowest in Rochdale"),
        ("scorecard/page-child-protection", "of 15 measures flagged"),
    ],
)
def test_a_title_is_a_finding(client, chart, said):
    svg = client.get(f"/api/chart/{chart}.svg?to=2024-25").data
    assert said in ElementTree.fromstring(svg).find(f"{SVG}title").text


@pytest.mark.parametrize(
    "chart, said",
    [
        (
            "rereferrals_pct/funnel",
            ["95% limits of chance", "99.8% limits of chance", "statistical neighbours"],
        ),
        ("rereferrals_pct/control", ["upper limit 27.1%", "mean 21.2%", "lower limit 15.3%"]),
        ("rereferrals_pct/trend", ["95% interval", "expected next", "2014-15", "2020-21"]),
        ("plan_duration/parts", ["England, 31 March 2025", "31 March 2024", "hidden to protect identity"]),
        (
            "scorecard/spine-child-protection",
            ["better than England", "worse", "lower", "range of authorities"],
        ),
    ],
)
def test_what_marks_stand_for_is_said_where_they_are(client, chart, said):
    text = words(client.get(f"/api/chart/{chart}.svg?to=2024-25").data)
    assert [s for s in said if s not in text] == []


def test_a_row_of_a_spine_has_no_middle_half_where_more_than_a_tenth_is_hidden(summary):
    """Plans of one to two years, 2024-25: 98 of 153 authorities show a figure."""
    from safeguarding.charts.spine import row

    hidden, shown = (summary(i) for i in ("cpp_open_1_to_2y_pct", "cpp_subsequent_pct"))
    spread = hidden.placed.spread
    assert spread.hidden > 0.1 * (spread.n + spread.hidden)
    assert row(hidden, hidden.placed).q1 is None and row(hidden, hidden.placed).q3 is None
    assert row(shown, shown.placed).q1 is not None


def test_who_lies_beyond_a_row_of_a_spine_is_named(summary):
    """Section 47 enquiries, 2024-25: 541.3 in Middlesbrough, where half of authorities have 159 to 246."""
    from safeguarding.charts.spine import beyond, fences

    one = summary("s47_rate", to="2024-25")
    least, most = fences(one.placed)
    q1, q3 = one.placed.spread.q1, one.placed.spread.q3
    assert most == pytest.approx(q3 + 3 * (q3 - q1)) and least == one.placed.spread.minimum
    assert "Middlesbrough 541.3" in beyond(one, one.placed)


# --- as somebody wishes ---


def test_wishes_are_written_as_they_are_read():
    wishes = Wishes("A title & more", "Sub", "120x90", "full", "no", "yes")
    from safeguarding.query import keys

    assert read(keys(wishes.written)) == wishes and Wishes().written == ""


@pytest.mark.parametrize("key", CHOICES)
def test_a_choice_that_there_is_not_is_refused(client, key):
    assert read({key: "x"}) is None
    answer = client.get(f"/api/chart/cla_rate/trend.svg?{key}=x")
    assert answer.status_code == 400 and key in answer.json["message"]


@pytest.mark.parametrize(
    "size", ["1x1", "9999x9999", "301x90", "90x59", "-90x90", "90", "9e9x90", "²0x90", "a" * 9999]
)
def test_a_size_that_no_paper_has_is_refused(client, size):
    assert not form(size)
    assert client.get(f"/api/chart/cla_rate/trend.png?size={size}").status_code == 400


BAD = "<script>alert(1)</script>\"'&\x00\x0b\u202e"


def test_a_title_of_ones_own_is_text_and_of_a_bounded_length(client):
    svg = client.get("/api/chart/cla_rate/trend.svg", query_string={"title": BAD + "x" * 5000}).data
    title = ElementTree.fromstring(svg).find(f"{SVG}title").text
    assert title.startswith("<script>alert(1)</script>\"'&x") and len(title) == LONGEST["title"]
    assert b"<script" not in svg and "\u202e" not in svg.decode()
    page = client.get("/save/cla_rate/trend", query_string={"title": BAD, "subtitle": BAD, "mm": BAD})
    assert page.status_code == 200 and "<script" not in page.get_data(as_text=True)


def test_a_title_of_ones_own_stands_in_the_picture(client):
    text = words(client.get("/api/chart/cla_rate/trend.svg?title=Fewer+now&subtitle=Board,+March").data)
    assert "Fewer now" in text and "Board, March" in text and "higher than England" not in text


def test_events_and_notes_are_chosen(client):
    about = "/api/chart/rereferrals_pct/trend.svg?size=full-page"
    marked, bare = (
        ElementTree.fromstring(client.get(f"{about}&events={which}").data) for which in ("yes", "no")
    )
    assert [sum(e.get("data-mark") == "event" for e in root.iter()) > 0 for root in (marked, bare)] == [
        True,
        False,
    ]
    full, none = (words(client.get(f"{about}&notes={which}").data) for which in ("full", "none"))
    assert "Filters" in full and "Statistical neighbours" not in none


def test_an_interval_at_every_figure_is_a_wish(client):
    def bars(query: str) -> int:
        root = ElementTree.fromstring(client.get(f"/api/chart/rereferrals_pct/trend.svg{query}").data)
        return sum(e.get("data-mark") == "interval" for e in root.iter())

    assert bars("") == 1 and bars("?intervals=yes") == 13


def test_the_form_shows_what_it_asks_for_and_can_be_repeated(client):
    asked = "/save/rereferrals_pct/trend?lines=1&line=E92000001&mm=120+x+90&notes=none&title=Ours"
    page = client.get(asked).get_data(as_text=True)
    query = "?compare=E92000001&amp;title=Ours&amp;size=120x90&amp;notes=none"
    assert f'src="/api/chart/rereferrals_pct/trend.svg{query}"' in page
    saved = client.get(f"{asked}&as=png")
    assert saved.status_code == 303
    assert saved.headers["Location"].startswith("/api/chart/rereferrals_pct/trend.png?")
    assert "title=Ours" in saved.headers["Location"] and "as=" not in saved.headers["Location"]
    assert client.get(f"{asked}&as=exe").status_code == 200
    again = client.get(f"/save/rereferrals_pct/trend{query.replace('&amp;', '&')}").get_data(as_text=True)
    assert again == page and "<script" not in page and 'method="get"' in page
    wrong = client.get("/save/rereferrals_pct/trend?mm=5x5").get_data(as_text=True)
    assert 'role="alert"' in wrong
    assert client.get("/save/nothing/trend").status_code == 404
    assert client.get("/save/cla_rate/trend?area=nowhere").status_code == 400


def test_every_menu_leads_to_the_form(client):
    page = client.get("/indicator/rereferrals_pct?to=2018-19").get_data(as_text=True)
    assert 'href="/save/rereferrals_pct/trend?to=2018-19"' in page


def test_many_areas_are_those_that_are_chosen(client):
    import csv

    def names(query: str) -> set[str]:
        body = client.get(f"/api/chart/cla_rate/areas.csv{query}").get_data(as_text=True)
        return {row["area"] for row in csv.DictReader(io.StringIO(body.lstrip("\ufeff")))}

    assert names("") == names("?compare=GM") and len(names("")) == 10 and "Stockport" in names("")
    assert names("?compare=E08000003,E08000009") == {"Stockport", "Manchester", "Trafford"}
    assert len(names(f"?area={KENT}")) > 15


def test_files_of_views_that_differ_have_names_that_differ(client):
    address = "/api/chart/rereferrals_pct/trend.png"
    views = (
        "",
        "?from=2018-19",
        "?to=2018-19",
        "?compare=GM",
        "?compare=none",
        "?area=E08000003",
        "?size=square",
    )
    names = [client.get(address + view).headers["Content-Disposition"] for view in views]
    assert len(set(names)) == len(views)
    assert names[0] == client.get(f"{address}?compare=E92000001,E12000002,SN").headers["Content-Disposition"]
    assert all(re.search(r'filename="?[A-Za-z0-9._-]+"?$', name) for name in names)


def test_a_finding_of_five_years_over_two_says_so(client):
    address = "/api/chart/icpc_15_days_pct/trend.svg"
    told = "judged over the five years to 2024-25, of which 2 are drawn"
    assert told in words(client.get(f"{address}?from=2023-24").data)
    assert "of which" not in words(client.get(address).data)
