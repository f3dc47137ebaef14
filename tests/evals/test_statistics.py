"""Intervals and the paired test, on numbers that can be counted by hand or looked up."""

from __future__ import annotations

import pytest

from evals.metrics import NOTHING, Ratio, percentile, total
from evals.statistics import Comparison, bootstrap, compare, holm, parity, sight, wilson


def ratios(values: dict[str, float]) -> dict[str, Ratio]:
    return {name: Ratio(value, 1) for name, value in values.items()}


def compared(before: list[float], after: list[float], **options) -> Comparison:
    """One item in each event."""
    names = [f"q{n}" for n in range(len(before))]
    old, new = ratios(dict(zip(names, before, strict=True))), ratios(dict(zip(names, after, strict=True)))
    return compare("accuracy", old, new, {name: name for name in names}, **options)


def test_the_wilson_interval_is_that_of_the_textbook():
    found = wilson(Ratio(81, 263))  # Newcombe, Statistics in Medicine 17 (1998), table I
    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (0.2553, 0.3662)


def test_all_right_and_none_right_are_not_certain_and_nothing_measured_has_no_interval():
    all_right, none_right = wilson(Ratio(10, 10)), wilson(Ratio(0, 10))
    assert all_right is not None and none_right is not None
    assert (round(all_right.low, 2), round(all_right.high, 9)) == (0.72, 1.0)
    assert (none_right.low, round(none_right.high, 2)) == (0.0, 0.28)
    assert wilson(NOTHING) is None


def test_items_of_one_event_do_not_make_an_interval_narrower():
    apart = [(n, Ratio(n % 2, 1)) for n in range(20)]
    together = [(n // 10, Ratio(n // 10, 1)) for n in range(20)]
    wide, narrow = bootstrap(together), bootstrap(apart)
    assert wide is not None and narrow is not None
    assert wide.high - wide.low > narrow.high - narrow.low
    assert bootstrap([("one", Ratio(1, 1)), ("one", Ratio(0, 1))]) is None


def test_the_same_numbers_give_the_same_interval():
    pairs = [(n % 7, Ratio(n % 3 == 0, 1)) for n in range(40)]
    assert bootstrap(pairs) == bootstrap(list(pairs))


def test_two_equal_runs_are_unchanged():
    found = compared([1, 0, 1], [1, 0, 1])
    assert (found.verdict, found.changed, found.p_worse, found.difference) == ("unchanged", 0, 1.0, 0.0)


def test_losses_in_five_events_are_a_regression_and_in_four_inconclusive():
    five, four = compared([1] * 20, [0] * 5 + [1] * 15), compared([1] * 20, [0] * 4 + [1] * 16)
    assert (five.verdict, five.p_worse) == ("regression", 1 / 32)
    assert (four.verdict, four.p_worse) == ("inconclusive", 1 / 16)
    assert five.difference == pytest.approx(-0.25)


def test_gains_are_an_improvement_and_gains_with_losses_inconclusive():
    assert compared([0] * 6, [1] * 6).verdict == "improvement"
    assert compared([1, 1, 0, 0], [0, 0, 1, 1]).verdict == "inconclusive"


def test_where_lower_is_better_a_rise_is_a_regression():
    assert compared([0] * 6, [1] * 6, lower_is_better=True).verdict == "regression"


def test_many_losses_within_one_event_are_one_observation():
    names = [f"q{n}" for n in range(10)]
    found = compare(
        "x", ratios(dict.fromkeys(names, 1.0)), ratios(dict.fromkeys(names, 0.0)), dict.fromkeys(names, "e")
    )
    assert (found.changed, found.verdict) == (1, "inconclusive")


def test_what_one_run_did_not_measure_is_left_out_and_counted():
    found = compare("x", {"a": Ratio(1, 1), "b": NOTHING}, {"a": Ratio(1, 1), "b": Ratio(1, 1)}, {"a": 1, "b": 2})
    assert (found.items, found.before) == (1, 1.0)
    nothing = compare("x", {"a": Ratio(1, 1)}, {"a": NOTHING}, {"a": 1})
    assert (nothing.before, nothing.verdict) == (None, "inconclusive")


def test_a_large_set_is_tested_by_fixed_draws():
    before, after = [1.0] * 60, [0.0] * 20 + [1.0] * 40
    first = compared(before, after)
    assert first.verdict == "regression" and 0 < first.p_worse < 0.001
    assert compared(before, after) == first


def test_a_regression_must_stand_among_all_that_were_tested():
    weak = compared([1] * 20, [0] * 5 + [1] * 15)
    strong = compared([1] * 20, [0] * 12 + [1] * 8)
    assert [one.verdict for one in holm([weak])] == ["regression"]
    same = [Comparison(**{**dict(fields(weak)), "name": f"m{n}"}) for n in range(3)]
    assert [one.verdict for one in holm([*same, strong])] == ["inconclusive"] * 3 + ["regression"]


def fields(one: Comparison):
    return ((name, getattr(one, name)) for name in one.__slots__)


def test_the_smallest_drop_that_can_be_seen_is_five_events():
    seen = sight([(n, Ratio(n % 2, 1)) for n in range(100)])
    assert (seen.at_best, seen.clusters) == (0.05, 100)
    assert seen.with_power is not None and 0.1 < seen.with_power < 0.3
    assert sight([(n, Ratio(1, 1)) for n in range(4)]).at_best is None
    assert sight([(n, Ratio(1, 1)) for n in range(40)]).with_power is None


def test_twins_that_agree_show_no_difference_and_a_difference_names_its_language():
    assert parity([(n, 1.0, 1.0) for n in range(30)]).verdict == "no difference seen"
    assert parity([(n, 1.0, 0.0) for n in range(30)]).verdict == "French is better"
    assert parity([(n, n % 2, 1.0) for n in range(30)]).verdict == "English is better"
    assert parity([(n, n % 2, (n + 1) % 2) for n in range(6)]).verdict == "inconclusive"
    assert parity([]).verdict == "no pairs"


def test_ratios_add_up_and_percentiles_are_values_that_were_measured():
    assert total([Ratio(1, 2), NOTHING, Ratio(0.5, 1)]) == Ratio(1.5, 3)
    assert [percentile([3.0, 1.0, 2.0], at) for at in (0.0, 0.5, 0.95, 1.0)] == [1.0, 2.0, 3.0, 3.0]
    assert percentile([], 0.5) == 0.0
