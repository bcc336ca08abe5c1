"""Parts of a whole: the right figures, hidden parts bounded and named, pictures that start at nought."""

import pytest

from safeguarding import query as queries
from safeguarding.breakdowns import breakdowns
from safeguarding.charts.parts import parts
from safeguarding.charts.plotly import as_plotly
from safeguarding.charts.theme import STYLES
from safeguarding.figures import Figures
from safeguarding.vocabulary import Role

HOME = "E08000007"


@pytest.fixture
def wholes(store, catalogue):
    """A function: the breakdowns of a page at an address, by their name."""

    def make(theme: str, **address: str):
        query = queries.read(address, catalogue, HOME)
        found = breakdowns(theme, query, Figures.of(store, 1))
        return {b.breakdown_id: b for b in found}

    return make


def test_plans_by_duration_hide_two_bands_and_bound_them(wholes):
    """docs/methods.md#check-values: 273 = 96 + 78 + 66 + c + c, so each hidden band is 0.4 to 11.7 %."""
    whole = wholes("child-protection")["plan_duration"]
    assert whole.period == "31 March 2025" and whole.period_before == "31 March 2024"
    assert [now.value for _, now, _ in whole.parts] == [35.2, 28.6, 24.2, None, None]
    for _, now, _ in whole.parts[3:]:
        assert now.printed == "hidden, 0.4% to 11.7%" and now.between == pytest.approx((0.4, 11.7), abs=0.05)
    assert "Not shown: 1 to 2 years and 2 years or more." in whole.sentence


def test_the_reports_category_table_stands_beside_the_year_before(wholes):
    """Report, lines 778 to 781."""
    whole = wholes("child-protection")["plan_category"]
    assert [(name, now.value, before.value) for name, now, before in whole.parts] == [
        ("Emotional abuse", 195, 233),
        ("Neglect", 113, 186),
        ("Physical abuse", 14, None),  # 16, beside
        ("Sexual abuse", 9, None),  # 2, which is hidden: they come to 18
    ]


def test_all_seven_outcomes_of_quarter_4(wholes):
    whole = wholes("front-door")["referral_outcome"]
    assert whole.period == "quarter 4 of 2018-19" and whole.period_before == ""
    shown = {name: now.value for name, now, _ in whole.parts}
    # 0.1 % and 0.4 % of around 800 are 1 and 3, and 0.9 % goes with them: 97.6 of the report's 99.0
    assert sum(value for value in shown.values() if value is not None) == pytest.approx(97.6)
    assert len(shown) == 7 and sum(value is None for value in shown.values()) == 3


def test_a_report_says_nothing_about_another_area_and_nothing_after_the_day(wholes):
    assert "plan_category" not in wholes("child-protection", area="E08000003")
    assert "plan_category" not in wholes("child-protection", to="2015-16")
    assert wholes("child-protection", to="2017-18")["plan_category"].period == "2017-18"


def test_every_breakdown_is_drawn_from_nought_with_a_value_or_a_word_on_each_bar(wholes, catalogue):
    seen = set()
    for theme in dict.fromkeys(p.theme for p in catalogue.parts):
        for whole in wholes(theme).values():
            figure = as_plotly(parts(whole))
            assert figure["layout"]["xaxis"]["range"][0] == 0
            for trace in figure["data"]:
                assert trace["orientation"] == "h" and all(text.strip() for text in trace["text"])
                shares = {
                    whole.period: [now for _, now, _ in whole.parts],
                    whole.period_before: [before for *_, before in whole.parts],
                    f"England, {whole.period}": list(whole.england),
                }[trace["name"]]
                for share, edge in zip(shares, trace["marker"]["line"]["width"], strict=True):
                    assert bool(edge) == (share is None or share.value is None)
            seen.add(whole.breakdown_id)
    assert seen == {p.breakdown_id for p in catalogue.parts}


def test_a_hidden_part_never_shows_a_count(wholes):
    figure = as_plotly(parts(wholes("child-protection")["plan_duration"]))
    now = figure["data"][-1]
    assert [t.strip() for t in now["text"][3:]] == ["hidden, 0.4% to 11.7%"] * 2
    assert now["x"][3] == now["x"][4] < 1, "the stub says nothing of the figure, nor of its bound"


def test_what_a_report_said_never_has_the_colour_of_current_figures(wholes):
    now, then = wholes("child-protection")["plan_duration"], wholes("child-protection")["plan_category"]
    assert then.stated and not now.stated
    colours = [as_plotly(parts(w))["data"][-1]["marker"]["color"][0] for w in (now, then)]
    assert colours == [STYLES[Role.FOCUS].colour, STYLES[Role.NEIGHBOURS].colour]


def test_contacts_stand_beside_those_that_went_on(wholes):
    """The report, line 698: 5,339 contacts, of which 3,476 (65 %) proceeded to social care."""
    whole = wholes("front-door", to="2018-19")["contacts"]
    assert [(name, now.printed) for name, now, _ in whole.parts] == [
        ("Contacts received", "5,339"),
        ("Went on to social care", "3,476"),
    ]
    assert (
        whole.sentence == "Largest in Stockport, 2018-19: contacts received, 5,339." and "65%" in whole.note
    )


def test_observations_that_carry_a_breakdown_are_drawn_without_code(catalogue):
    """A synthetic breakdown: plans started by age, a local count of 4 hidden where its source is local."""
    from datetime import date

    from safeguarding.breakdowns import of_observations
    from safeguarding.store.observations import without_figure
    from safeguarding.store.tables import Observation
    from safeguarding.vocabulary import Status

    def row(period: str, category: str, value: float) -> Observation:
        year = int(period[:4])
        return Observation(
            "cpp_started_count",
            HOME,
            period,
            date(year, 4, 1),
            date(year + 1, 3, 31),
            value,
            Status.OK,
            False,
            None,
            None,
            "dfe_cin_d3_2025",
            "age",
            category,
        )

    rows = [
        row("2023-24", "Under 1", 30),
        row("2024-25", "Under 1", 40),
        row("2024-25", "1 to 4", 90),
        row("2024-25", "16 and over", 4),
    ]
    rows[-1] = without_figure(rows[-1])
    (whole,) = of_observations(queries.read({}, catalogue, HOME), catalogue, rows)
    assert (
        whole.breakdown_id == "cpp_started_count-age"
        and whole.title == "Child protection plans started, by age"
    )
    assert [(name, now.printed, before.printed) for name, now, before in whole.parts] == [
        ("1 to 4", "90", "no figure"),
        ("Under 1", "40", "30"),
        ("16 and over", "hidden", "no figure"),
    ]
    assert "4" not in "".join(t for trace in as_plotly(parts(whole))["data"] for t in trace["text"][2:])
