"""When an indicator was flagged before, and what followed. Made-up figures."""

import pytest

from safeguarding.history import history, told
from tests.verdicts.made import made, years

STRICT = "T1 green_at=20; red_at=25"


def past(*values, **more):
    one = made(years(*values), rule=STRICT, **more)
    return [(p.period, p.reasons) for p in history(one)], told(history(one), one.flagged)


def test_every_earlier_figure_is_judged_as_at_its_own_end():
    found, said = past(30, 31, 10, 30, 10)
    assert found == [
        ("2020-21", ("outside proposed tolerance",)),
        ("2021-22", ("outside proposed tolerance",)),
        ("2022-23", ()),
        ("2023-24", ("outside proposed tolerance",)),
    ]
    assert said == (
        "Of the 4 earlier figures 3 were flagged: 2020-21 (outside proposed tolerance; again a year later), "
        "2021-22 (outside proposed tolerance; not a year later) and 2023-24 (outside proposed tolerance; not "
        "a year later). A flag stood again a year later 1 of 3 times."
    )


@pytest.mark.parametrize(
    "values, said",
    [
        ((10,), ""),
        ((10, 30), "Of the one earlier figure none was flagged."),
        ((10, 10, 30), "Of the 2 earlier figures none was flagged."),
        (
            (30, 30),
            "Of the one earlier figure 1 was flagged: 2023-24 (outside proposed tolerance; again a year "
            "later).",
        ),
    ],
)
def test_the_history_in_words(values, said):
    assert past(*values)[1] == said


def test_what_is_hidden_has_no_history():
    assert [period for period, _ in past(30, "c", 10, 10)[0]] == ["2021-22", "2023-24"]


def test_a_day_in_the_midst_of_a_financial_year_is_judged_as_at_its_end(summary):
    """Academic years end in August, snapshots of the workforce are of September."""
    for indicator_id in ("cin_overall_absence_pct", "sw_vacancy_pct", "funded_2yr_uptake_pct"):
        one = summary(indicator_id)
        held = [o.period for o in one.own[:-1] if o.value is not None]
        assert [p.period for p in history(one)] == held
