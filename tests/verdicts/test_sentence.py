"""The sentence of a card, from its verdicts. Made-up figures."""

import pytest

from safeguarding.store.tables import ENGLAND
from tests.verdicts.made import made, years

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
            "Made up: 20.0% in Aville in 2024-25, close to the proposed limit. "
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
