"""Words: lists and p values as sentences have them."""

import pytest

from safeguarding import words


@pytest.mark.parametrize(
    "parts, said",
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (["school missed, children in need", "b", "c"], "school missed, children in need; b and c"),
        (["a", "one, of b"], "a and one, of b"),
    ],
)
def test_a_list_is_read_part_by_part(parts, said):
    assert words.listed(parts) == said


@pytest.mark.parametrize(
    "p, said",
    [
        (0.049, "p = 0.049"),
        (0.0005, "p = 0.001"),
        (0.00049, "p < 0.001"),
        (0.0, "p < 0.001"),
        (1, "p = 1.000"),
    ],
)
def test_a_p_value_is_never_nought(p, said):
    assert words.probability(p) == said
