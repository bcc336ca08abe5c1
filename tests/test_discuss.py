"""What to discuss first: the conclusion, its tally, the order of rows and of the table. Made-up figures, and
the real ones of four areas.
"""

import re

import pytest

from components import flags
from safeguarding import discuss
from safeguarding.agenda import in_order
from safeguarding.discuss import Tally
from safeguarding.store.tables import ENGLAND, Spread
from safeguarding.themes import THEMES, page_of
from safeguarding.vocabulary import Change, Comparison, Polarity
from tests.verdicts.made import country, made, years

STRICT, MILD = "T1 green_at=1; red_at=2", "T1 green_at=90; red_at=95"
RISING = ((100, 1000), (150, 1000), (200, 1000), (250, 1000), (300, 1000))
AMONG = country(*([9 + n / 10 + k / 50 for k in range(101)] for n in range(5)), last=2024, base=1000)
NEIGHBOURED = {"areas": AMONG["areas"], "sets": {}}
FAR = Spread(150, 0, 0, 5, 10, 15, 30)


def named(title, value=20, others=None, **more):
    return made(value, others, short_title=title, **more)


@pytest.fixture(scope="module", params=["E08000003", "E10000016", "E09000001", "E92000001"])
def every(request, summary, catalogue):
    """Every indicator of Manchester, Kent, the City of London and England."""
    return [summary(i.indicator_id, area=request.param) for i in in_order(catalogue)]


def test_one_measure_that_has_a_place_has_it(summary):
    said = discuss.counted([summary("rereferrals_pct"), summary("referrals_count")])
    assert said.endswith(
        "1 has a place among English authorities (not: 1 count, which depends on the size of the area)."
    )


def test_the_tally_adds_up_to_every_indicator(every):
    tally = Tally.of(every)
    assert tally.judged + tally.unjudged == len(every)
    for key, n in (("within", tally.within), ("near", tally.near), ("outside", tally.outside)):
        assert n == sum(discuss.standing(s) == key for s in every)
    assert sum(int(part.split()[0]) for part in tally.why_unjudged.split(", ") if part) == tally.unjudged


def test_the_tally_tells_a_limit_from_a_range_and_no_rule_from_one_that_cannot_be_applied():
    band = "T5 low_red=0; low_amber=10; high_amber=30; high_red=40"
    tally = Tally.of(
        [
            *(named("Limit", rule=MILD), named("Range", rule=band, polarity="neutral")),
            *(named("None"), named("No list", rule="T3 benchmark=SN; points=2", sets={})),
        ]
    )
    assert (tally.within, tally.ranged, tally.judged) == (2, 1, 2)
    assert tally.why_unjudged == "1 no tolerance, 1 with a rule that cannot be applied"


def test_the_conclusion_keeps_to_its_words_and_counts(every):
    said, tally = discuss.conclusion(every), Tally.of(every)
    assert len(said.split()) <= 25
    assert (f"{tally.within} of {tally.judged} measures" in said) == bool(tally.judged)


def test_what_to_discuss_is_five_at_most_flagged_first_and_nothing_twice(every):
    first = discuss.to_discuss(every)
    assert len(first) == 5 and len({s.indicator.indicator_id for s in first}) == 5
    flagged = [s.flagged for s in first]
    assert flagged == sorted(flagged, reverse=True)
    assert sum(flagged) == min(5, sum(s.flagged for s in every))
    assert not {s.indicator.indicator_id for s in discuss.watched(every) if s.flagged}


def test_the_orders_of_the_table_hold_every_indicator_worst_first(every):
    for key in (discuss.by_change, discuss.by_position, discuss.by_verdict):
        assert len(sorted(every, key=key)) == len(every)
    told = [(s.indicator.polarity, s.change) for s in sorted(every, key=discuss.by_change)]
    sides = [0 if c.adverse else 1 if p is Polarity.NEUTRAL else 2 for p, c in told if c.usual]
    assert sides == sorted(sides)
    assert not any(c.adverse for _, c in told[sides.count(0) :])
    standing = [discuss.standing(s) for s in sorted(every, key=discuss.by_verdict)]
    assert standing == sorted(standing, key=["outside", "near", "within", "unjudged"].index)


def test_the_conclusion_groups_what_is_flagged_under_what_flags_it():
    out = [named(title, rule=STRICT) for title in ("Short waits", "Caseload")]
    worse = named("Repeat plans", years(*RISING), rule=MILD)
    calm = named("Calm", rule=MILD)
    said = discuss.conclusion([worse, *out, calm])
    assert said == (
        "Worsening: repeat plans. Outside proposed tolerance: short waits and caseload. "
        "2 of 4 measures are within proposed tolerance."
    )


def test_where_words_are_scarce_the_conclusion_names_fewer_and_counts_the_rest():
    many = [named(f"A measure whose title is number {k}", rule=STRICT) for k in range(6)]
    said = discuss.conclusion(many)
    assert said.count("A measure") + said.count("a measure") == 1
    assert "and 5 more" in said and len(said.split()) <= 25
    assert discuss.conclusion([named("Calm", rule=MILD)]) == (
        "Nothing is flagged. 1 of 1 measures is within proposed tolerance."
    )
    assert discuss.conclusion([named("Calm")]) == (
        "Nothing is flagged. No measure here has a tolerance that can be judged."
    )


def test_a_reason_says_what_speaks_against_and_what_speaks_for():
    one = named("Plans", (30, 100), {ENGLAND: 15}, rule=MILD, spread=FAR)
    assert discuss.reason(one) == (
        "Worse than England; worst quarter of England. But within proposed tolerance."
    )
    assert discuss.reason(named("Calm", rule=MILD)) == ""


def test_what_an_address_narrows_to_is_what_the_lists_count(every):
    for key, found in (("watch", discuss.watched(every)), ("better", discuss.good_news(every))):
        assert {id(s) for s in every if discuss.belongs(s, key)} == {*map(id, found)}
    for key in ("within", "near", "outside", "unjudged"):
        assert sum(discuss.belongs(s, key) for s in every) == dict(Tally.of(every).parts)[key]
    assert all(discuss.belongs(s, "") for s in every)


@pytest.mark.parametrize("area", ["", "area=E10000016"])
def test_home_its_themes_and_its_table_count_the_same_to_watch(client, area):
    page = client.get(f"/?{area}").get_data(as_text=True)
    counted = int(re.search(r"stands=watch[^>]*>all (\d+)", page)[1])
    tiles = page[page.index('class="tiles"') :].partition("</ul>")[0]
    assert sum(map(int, re.findall(r"(\d+) to watch", tiles))) == counted > 0
    table = client.get(f"/?{area}&stands=watch").get_data(as_text=True)
    assert "Every measure: to watch" in table
    assert table[table.index('class="scorecard"') :].count("data-indicator=") == counted


def test_good_news_is_good_by_the_measures_that_flag():
    better = named("Better", years(*RISING[::-1]), rule=MILD)
    within = named("Within", rule=MILD)
    assert discuss.good_news([within, better]) == [better]
    assert [s.short for s in better.good] == ["improving"]


def test_the_change_for_the_worse_comes_before_that_for_the_better():
    worse, better = (
        named(title, years(first, last), AMONG["others"], **NEIGHBOURED)
        for title, first, last in (("Worse", (100, 1000), (160, 1000)), ("Better", (160, 1000), (100, 1000)))
    )
    bare = named("Bare", 20)
    assert sorted([bare, better, worse], key=discuss.by_change) == [worse, better, bare]
    assert discuss.changed_most([bare, worse]) == [worse]


def test_a_change_for_the_worse_is_sorted_by_how_unusual_it_is_wherever_the_figure_stands():
    """A small change may be the more unusual one, and a figure better than England's may have got worse."""
    calm = country(*([9 + n / 10 + k / 50 for k in range(101)] for n in range(5)), last=2024, base=1000)
    wild = country(*([10 * (n % 2) + k / 2 for k in range(101)] for n in range(5)), last=2024, base=1000)
    small = named("Small", years((20, 1000), (50, 1000)), {**calm["others"], ENGLAND: 10}, **NEIGHBOURED)
    large = named("Large", years((100, 1000), (170, 1000)), wild["others"], **NEIGHBOURED)
    assert small.england.verdict is Comparison.BETTER and small.change.adverse and large.change.adverse
    assert small.change.difference < large.change.difference
    assert sorted([large, small], key=discuss.by_change) == [small, large]


def test_an_order_says_its_rule_and_names_every_group_of_its_key(every):
    for order in discuss.ORDERS.values():
        assert order.rule.startswith("Sorted by ")
        assert {order.key(s)[0] for s in every} <= set(range(len(order.groups)))


@pytest.mark.parametrize(
    "first, last, polarity, tone",
    [
        (100, 160, "lower_better", "bad"),  # unusual
        (160, 100, "lower_better", "good"),
        (160, 100, "higher_better", "bad"),
        (100, 160, "neutral", "note"),
    ],
)
def test_a_change_has_the_colour_of_what_it_means(first, last, polarity, tone):
    one = named("One", years((first, 1000), (last, 1000)), AMONG["others"], polarity=polarity, **NEIGHBOURED)
    assert flags.change_mark(one).tone == tone


def test_a_change_that_worsens_and_does_not_flag_is_a_warning_never_neutral(summary):
    worsening = summary("icpc_15_days_pct")
    assert worsening.change.verdict is Change.MORE_THAN_CHANCE and worsening.change.adverse
    assert flags.change_mark(worsening).tone == "warn"


def test_the_farthest_on_the_worse_side_comes_first():
    worst, middle = (named(str(v), v, {ENGLAND: 10}, spread=FAR) for v in (25, 12))
    neither = named("Neither", 29, {ENGLAND: 10}, spread=FAR, polarity="neutral")
    nowhere = named("Nowhere", 29)
    assert sorted([nowhere, neither, middle, worst], key=discuss.by_position) == [
        worst,
        middle,
        neither,
        nowhere,
    ]


def test_a_place_is_said_in_few_words(summary):
    assert discuss.position(summary("cpp_subsequent_pct")) == "121st of 153"
    assert discuss.position(summary("referral_source_police_pct")) == "9th highest of 153"
    assert discuss.position(summary("factor_neglect_pct")) == "17th to 18th lowest of 153"
    assert discuss.position(summary("cpp_count")) == ""
    assert discuss.position(summary("cpp_subsequent_pct", area=ENGLAND)) == ""


@pytest.mark.parametrize("area", ["E10000016", "E06000053", "E08000007"])
def test_home_says_how_many_flagged_it_does_not_show(client, summary, catalogue, area):
    flagged = sum(summary(i.indicator_id, area=area).flagged for i in in_order(catalogue))
    page = client.get(f"/?area={area}").get_data(as_text=True)
    heading = re.search(r'<h2 id="attention">(.*?)</h2>', page)[1]
    told = re.search(r'(\d+) of <a href="[^"]*only=flagged[^"]*#scorecard">(\d+) flagged</a>', heading)
    assert bool(told) is (flagged > discuss.MOST)
    assert not told or (int(told[1]), int(told[2])) == (discuss.MOST, flagged)


def test_a_theme_says_which_measures_are_anothers(client, catalogue):
    """Home counts each on its own page, so that the two numbers differ."""
    for theme in THEMES.values():
        page = client.get(theme.path).get_data(as_text=True)
        guests = [
            page_of(i.theme).name for i in catalogue.theme(theme.theme_id) if i.also_on == theme.theme_id
        ]
        for name in set(guests):
            assert re.search(rf"{guests.count(name)} of the measures (is|are) {name}’s", page)
        assert guests or "of the measures" not in page
