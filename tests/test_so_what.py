"""So what: place, quarter, record, limit, base and what is expected. Made-up figures and real ones."""

import pytest

from safeguarding.so_what import base, limit, so_what
from safeguarding.store.tables import ENGLAND
from tests.verdicts.made import made, years


@pytest.mark.parametrize(
    "value, rule, said",
    [
        (20, "T1 green_at=22; red_at=30", "22.0% (limit, proposed): 2.0 points inside"),
        (25, "T1 green_at=22; red_at=30", "22.0% (limit, proposed): 3.0 points beyond it"),
        (22, "T1 green_at=22; red_at=30", "22.0% (limit, proposed): on it"),
        (25, "T2 target=20; points=2", "20.0% (limit, proposed): 5.0 points beyond it"),
        (13, f"T3 benchmark={ENGLAND}; points=2", "12.0% (limit, proposed): 1.0 points beyond it"),
        (
            29,
            "T5 low_red=1; low_amber=2; high_amber=30; high_red=40",
            "30.0% (edge of the proposed range): 1.0 points inside",
        ),
        (
            3,
            "T5 low_red=1; low_amber=2; high_amber=30; high_red=40",
            "2.0% (edge of the proposed range): 1.0 points inside",
        ),
        (20, None, ""),
        ("c", "T1 green_at=22; red_at=30", ""),
    ],
)
def test_how_far_the_figure_is_from_its_limit(value, rule, said):
    more = {"rule": rule} if rule else {}
    assert limit(made(value, {ENGLAND: 10}, **more)) == said


def test_the_limit_of_a_rate_where_higher_is_better():
    one = made(50, rule="T1 green_at=60; red_at=40", polarity="higher_better")
    assert limit(one) == "60.0% (limit, proposed): 10.0 points beyond it"


def test_the_base_is_the_count_and_what_it_is_a_part_of():
    assert base(made((99, 353))).startswith("99 of 353")
    assert base(made(20)) == ""
    assert base(made("c")) == ""


def test_what_is_not_known_is_left_out():
    assert so_what(made(None)) == []
    found = dict(so_what(made(years(10, 11, 12, 13, 14))))
    assert found["Record"] == "The highest of its figures from 2020-21 on"


def test_a_hidden_part_says_where_it_lies(summary):
    """Two hidden bands of the 273 plans sum to 33: each is 1 to 32. docs/methods.md#check-values."""
    found = dict(so_what(summary("cpp_open_2y_plus_pct")))
    assert found["Hidden"] == "somewhere from 0.4% to 11.7%, by what the other parts leave for it"
    assert "Hidden" not in dict(so_what(made("c")))


def test_repeat_plans_as_a_meeting_asks_for_them(summary):
    found = dict(so_what(summary("cpp_subsequent_pct", compare="E92000001,E08000006")))
    assert found["Place"].startswith("121st of 153 English authorities (by chance ")
    assert found["Place"].endswith("21st of 24 authorities of the North West (by chance 11th to 24th)")
    assert found["Quarter of England"] == "D, the worst quarter"
    assert found["Record"] == "The highest of its figures from 2012-13 on"
    assert found["Children"] == "99 of 353 (child protection plans that began in the year)"
    assert found["Salford"].startswith("17.6%; Stockport is 10.4 points higher (")
    there = dict(so_what(summary("cpp_subsequent_pct", area="E08000006")))["Place"]
    its = found["Salford"].partition(". Salford is ")[2]
    assert its.endswith(" of 153 English authorities") and there.startswith(its), "as its own page says"


def test_where_neither_end_is_better_the_direction_is_said_once(summary):
    found = dict(so_what(summary("cla_rate", compare="E92000001,E08000006")))
    assert found["Salford"] == (
        "88; Stockport is 13 lower (beyond chance). Salford is 41st to 42nd of 152 English authorities"
    )
