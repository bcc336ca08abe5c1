"""The sentence of a card, from its verdicts. Made-up figures."""

import pytest

from safeguarding.store.tables import ENGLAND
from safeguarding.vocabulary import Change, Comparison, Movement, Tolerance
from tests.verdicts.made import country, made, years

RISING = ((100, 1000), (150, 1000), (200, 1000), (250, 1000), (300, 1000))


@pytest.mark.parametrize(
    "own, others, more, sentence",
    [
        (None, {}, {}, "Made up: no figure is held for Aville for this period."),
        (
            "c",
            {},
            {},
            "Made up: the figure for Aville in 2024-25 is hidden by the source to protect identity.",
        ),
        (
            20,
            {},
            {"to": "2026-27"},
            "Made up: 20.0% in Aville in 2024-25. "
            "This is the last known figure, more than a year old, and is not judged.",
        ),
        (20, {}, {}, "Made up: 20.0% in Aville in 2024-25. No figure for the year before."),
        (
            (50, 10000),
            {ENGLAND: 50},
            {"unit": "rate_per_10000", "year_type": "snapshot_31_mar"},
            "Made up: 50.0 per 10,000 children in Aville at 31 March 2025, similar to England (50.0). "
            "No figure for the year before.",
        ),
        (
            (50, 100000),
            {},
            {"unit": "rate_per_100000", "area": "RN"},
            "Made up: 50.0 per 100,000 children in Northland in 2024-25. No figure for the year before.",
        ),
        (
            (20, 100),
            {ENGLAND: 20, "RN": 21},
            {},
            "Made up: 20.0% in Aville in 2024-25, similar to England (20.0%) and Northland (21.0%). "
            "No figure for the year before.",
        ),
        # the two differ, and not by as much as is printed
        (
            (200_490, 1_000_000),
            {ENGLAND: (199_510, 1_000_000)},
            {},
            "Made up: 20.0% in Aville in 2024-25, worse than England (20.0%, before rounding). "
            "No figure for the year before.",
        ),
        (
            years(*RISING),
            {ENGLAND: years(20), "RN": years(30)},
            {},
            "Made up: 30.0% in Aville in 2024-25, worse than England (20.0%) and similar to "
            "Northland (30.0%), rising over the five years to 2024-25 (worsening). Up 5.0 points on the "
            "year.",
        ),
        (
            years(*RISING),
            {ENGLAND: years(20), "B": years(25), "C": years(26)},
            {"rule": "T1 green_at=1; red_at=2"},
            "Made up: 30.0% in Aville in 2024-25, outside proposed tolerance, worse than England (20.0%) and "
            "the statistical neighbours (25.5%), rising over the five years to 2024-25 (worsening). "
            "Up 5.0 points on the year.",
        ),
        (
            20,
            {},
            {"rule": "T1 green_at=30; red_at=40"},
            "Made up: 20.0% in Aville in 2024-25, within proposed tolerance. No figure for the year before.",
        ),
        (
            20,
            {},
            {"rule": "T1 green_at=10; red_at=40"},
            "Made up: 20.0% in Aville in 2024-25, borderline on proposed tolerance. "
            "No figure for the year before.",
        ),
        *(
            (
                value,
                {},
                {"rule": "T5 low_red=10; low_amber=20; high_amber=30; high_red=40"},
                f"Made up: {value}.0% in Aville in 2024-25, {where}. No figure for the year before.",
            )
            for value, where in (
                (25, "in the proposed range"),
                (35, "at the edge of the proposed range"),
                (45, "outside the proposed range"),
            )
        ),
    ],
)
def test_a_sentence_says_what_the_verdicts_found(own, others, more, sentence):
    assert made(own, others, **more).sentence == sentence


STRICT, CLOSE, MILD = "T1 green_at=1; red_at=2", "T1 green_at=10; red_at=95", "T1 green_at=90; red_at=95"
FLAT = ((101, 1000), (100, 1000), (101, 1000), (100, 1000), (101, 1000))
LEAP = ((100, 1000), (101, 1000), (100, 1000), (101, 1000), (160, 1000))
# a hundred and one authorities of which hardly any changes from year to year
AMONG = country(*([9 + n / 10 + k / 50 for k in range(101)] for n in range(5)), last=2024, base=1000)
HERE = {"areas": AMONG["areas"], "sets": {}}
SPAN = "over the five years to 2024-25"


@pytest.mark.parametrize(
    "own, england, rule, said",
    [
        (
            years(*LEAP),
            16,
            MILD,
            "Flagged for its rise in one year; its level is within proposed tolerance and similar to that of "
            f"England; no steady course {SPAN}.",
        ),
        (
            years(*LEAP),
            30,
            CLOSE,
            "Flagged for its rise in one year; its level is borderline on proposed tolerance but better than "
            f"that of England; no steady course {SPAN}.",
        ),
        (
            years(*FLAT),
            10,
            STRICT,
            "Flagged for lying outside proposed tolerance; its level is similar to that of England; no clear "
            f"course {SPAN}.",
        ),
        (
            years(*RISING),
            30,
            MILD,
            "Flagged for its course over the years and its rise in one year; its level is within proposed "
            "tolerance and similar to that of England.",
        ),
        (
            years(*RISING[::-1]),
            10,
            STRICT,
            "Flagged for lying outside proposed tolerance; its level is similar to that of England; "
            f"improving {SPAN}; an unusual change for the better on the year.",
        ),
        # nothing to bring together: no flag, or all speak against it
        (years(*FLAT), 10, MILD, ""),
        (20, None, STRICT, ""),
    ],
)
def test_why_it_is_flagged_and_what_speaks_for_it_are_one_sentence(own, england, rule, said):
    one = made(own, {**AMONG["others"], ENGLAND: england}, rule=rule, **HERE)
    assert one.reconciled == said and not_contradicted(one)


def not_contradicted(one) -> bool:
    """Does the sentence say nothing that a verdict denies, and name every flag or nothing?"""
    said = one.reconciled
    flagged, _, rest = said.partition(";")
    return all(
        (
            not said or one.flagged,
            ("its rise in one year" in flagged) <= (one.change.verdict is Change.UNUSUAL_RISE),
            ("its fall in one year" in flagged) <= (one.change.verdict is Change.UNUSUAL_FALL),
            ("its course" in flagged) <= (one.movement.verdict is Movement.WORSENING),
            ("its gap to England" in flagged) <= (one.england.verdict is Comparison.WORSE),
            ("outside" in flagged) <= (one.tolerance.verdict is Tolerance.OUTSIDE),
            ("is within" in rest or "is in the usual" in rest) <= (one.tolerance.verdict is Tolerance.WITHIN),
            ("close to" in rest or "at the edge" in rest) <= (one.tolerance.verdict is Tolerance.NEAR),
            ("similar to that of England" in rest) <= (one.england.verdict is Comparison.SIMILAR),
            ("better than that of England" in rest) <= (one.england.verdict is Comparison.BETTER),
            ("worse than that of England" in rest) <= (one.england.verdict is Comparison.WORSE),
            ("no clear course" in rest) <= (one.movement.verdict is Movement.NO_CHANGE),
            ("improving" in rest) <= (one.movement.verdict is Movement.IMPROVING),
            "worsening" not in rest,
        )
    )


@pytest.mark.parametrize("area", ["E08000007", "E08000003", "E10000016", "E09000001"])
def test_it_never_contradicts_a_verdict_of_the_real_figures(summary, catalogue, area):
    every = [summary(i, area=area) for i in catalogue.indicators]
    assert all(not_contradicted(s) for s in every)
    assert area != "E08000007" or [s.indicator.indicator_id for s in every if s.reconciled] == [
        "cpp_subsequent_pct"
    ]


def test_repeat_plans_are_told_in_one_sentence(summary, client):
    said = (
        "Flagged for its rise in one year; its level, in the worst quarter of authorities, is within "
        "proposed tolerance and similar to that of England; no clear course over the five years to 2024-25."
    )
    assert summary("cpp_subsequent_pct").reconciled == said
    for page in ("/child-protection", "/indicator/cpp_subsequent_pct"):
        assert said in client.get(page).get_data(as_text=True)
