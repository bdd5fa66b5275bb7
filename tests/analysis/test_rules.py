"""The best selection under rules, against every selection there is."""

from itertools import combinations
from time import perf_counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis.program import GROUPS, Rule
from analysis.rules import best, by_total, conflict, of_kind, possible, regions_of, tightened

COUNTRIES = pd.DataFrame(
    [
        ("KEN", "AFR", False, False, False),
        ("RWA", "AFR", True, True, False),
        ("MOZ", "AFR", True, False, False),
        ("FJI", "ASP", False, False, True),
        ("KIR", "ASP", True, False, True),
        ("UZB", "CIS", False, True, False),
    ],
    columns=["country", "region", *GROUPS],
)


def pool(*applications):
    """Applications as (id, country, total), in any order."""
    frame = pd.DataFrame(applications, columns=["application_id", "country", "total"])
    return frame.astype({"total": float}).merge(COUNTRIES, on="country", how="left")


FOUR = pool(("A", "KEN", 9), ("B", "KEN", 8), ("C", "RWA", 5), ("D", "FJI", 4))


def kept(rows, rules):
    """Whether a selection keeps the rules, told from its rows one by one."""
    ids = list(rows["application_id"])
    for kind, n, of in rules:
        if kind == "least" and list(rows["region"]).count(of) < n:
            return False
        if kind == "most" and rows["country"].value_counts().max() > n:
            return False
        if kind in GROUPS and rows[kind].sum() < n:
            return False
        if kind in ("in", "out") and (of in ids) != (kind == "in"):
            return False
    return True


def all_best(frame, places, rules):
    """Every selection with the largest sum, in the order of the list of totals; [] where none."""
    ranked = frame.dropna(subset="total").sort_values(
        ["total", "application_id"], ascending=[False, True], ignore_index=True
    )
    out = {rule.of for rule in rules if rule.kind == "out"}
    filled = min(places, len(set(ranked["application_id"]) - out))
    found = [list(them) for them in combinations(range(len(ranked)), filled) if filled]
    found = [them for them in found if kept(ranked.iloc[them], rules)]
    sums = [ranked["total"].iloc[them].sum() for them in found]
    return [
        ranked.iloc[them]
        for them, total in zip(found, sums, strict=True)
        if total > max(sums) - 1e-6
    ]


@st.composite
def questions(draw):
    """A small pool, places and rules; totals from few values, so that many are tied."""
    highest = draw(st.sampled_from([0, 1, 4, 20]))
    size = draw(st.integers(1, 9))
    frame = pool(
        *(
            (
                f"A{i}",
                draw(st.sampled_from(list(COUNTRIES["country"]))),
                draw(st.none() if draw(st.integers(0, 9)) == 0 else st.integers(0, highest)),
            )
            for i in draw(st.permutations(range(size)))
        )
    )
    named = sorted(frame.loc[frame["total"].notna(), "application_id"])
    rules = of_kind("least", draw(st.integers(0, 2)), regions_of(frame))
    rules += [Rule("most", n) for n in draw(st.lists(st.integers(1, 3), max_size=1))]
    for group in GROUPS:
        rules += of_kind(group, draw(st.sampled_from([0, 0, 1, 2])), [])
    if named:
        some = st.lists(st.sampled_from(named), max_size=2, unique=True)
        rules += [Rule("in", of=it) for it in draw(some)]
        rules += [Rule("out", of=it) for it in draw(some)]
    return frame, draw(st.integers(1, 6)), rules


@settings(max_examples=60)
@given(questions())
def test_no_selection_is_better_and_of_equal_ones_it_is_the_first(question):
    frame, places, rules = question
    expected = all_best(frame, places, rules)
    found = best(frame, places, rules)
    assert (found is None) == (not expected)
    if found:
        # combinations() goes through the list in order, so the first is the first by the rule.
        assert found.chosen == tuple(expected[0]["application_id"])
        assert found.mean == pytest.approx(expected[0]["total"].mean(), abs=1e-9)
        assert bool(found.tied_out) == bool(found.tied_in) == (len(expected) > 1)


@settings(max_examples=60)
@given(questions())
def test_a_conflict_is_impossible_and_without_any_one_of_its_rules_it_is_not(question):
    frame, places, rules = question
    assume(frame["total"].notna().any())
    found = conflict(frame, places, rules)
    assert bool(found) == (not all_best(frame, places, rules))
    assert set(found) <= set(rules)
    if found:
        assert not all_best(frame, places, found)
    for rule in found:
        assert all_best(frame, places, [each for each in found if each != rule])


@settings(max_examples=60)
@given(questions(), st.randoms(use_true_random=False))
def test_permuting_the_rows_changes_nothing(question, random):
    frame, places, rules = question
    order = list(frame.index)
    random.shuffle(order)
    assert best(frame.loc[order].reset_index(drop=True), places, rules) == best(
        frame, places, rules
    )


@settings(max_examples=60)
@given(questions())
def test_without_rules_it_is_the_list_of_totals(question):
    frame, places, _rules = question
    plain, found = by_total(frame, places), best(frame, places, [])
    assert (plain is None) == (found is None)
    if plain:
        assert (plain.chosen, plain.mean) == (found.chosen, pytest.approx(found.mean))
        assert (plain.tied_in, plain.tied_out) == (found.tied_in, found.tied_out)


def test_a_rule_brings_in_the_best_it_asks_for():
    assert by_total(FOUR, 2).chosen == ("A", "B")
    assert best(FOUR, 2, [Rule("most", 1)]).chosen == ("A", "C")
    assert best(FOUR, 2, [Rule("least", 1, "ASP")]).chosen == ("A", "D")
    assert best(FOUR, 2, [Rule("ldc", 1), Rule("sids", 1)]).chosen == ("C", "D")
    assert best(FOUR, 2, [Rule("in", of="D"), Rule("out", of="A")]).chosen == ("B", "D")


def test_a_tie_is_told_and_the_first_code_goes_in():
    frame = pool(("A2", "KEN", 7), ("A1", "RWA", 7), ("A3", "FJI", 7), ("A0", "UZB", 9))
    found = best(frame, 2, [Rule("most", 1)])
    assert (found.chosen, found.tied_in, found.tied_out) == (("A0", "A1"), ("A1",), ("A2", "A3"))


def test_a_tie_of_two_for_two_is_told():
    # 8 + 4 = 7 + 5, and no one of the four can take the place of another.
    frame = pool(("A", "KEN", 8), ("B", "FJI", 4), ("C", "RWA", 7), ("D", "KIR", 5))
    found = best(frame, 2, [Rule("least", 1, "AFR"), Rule("most", 1), Rule("out", of="D")])
    assert (found.chosen, found.tied_out) == (("A", "C"), ())
    rules = [Rule("ldc", 1), Rule("least", 1, "ASP"), Rule("least", 1, "AFR")]
    frame = pool(("A", "KEN", 8), ("B", "KIR", 4), ("C", "RWA", 7), ("D", "FJI", 5))
    found = best(frame, 2, rules)
    assert (found.chosen, found.tied_in, found.tied_out) == (("A", "B"), ("A", "B"), ("C", "D"))


def test_rules_that_exclude_each_other_are_named_and_no_others():
    least = of_kind("least", 1, regions_of(FOUR))
    assert least == [Rule("least", 1, "AFR"), Rule("least", 1, "ASP")]
    rules = [*least, Rule("most", 1), Rule("in", of="A"), Rule("in", of="B")]
    assert conflict(FOUR, 3, rules) == [Rule("most", 1), Rule("in", of="A"), Rule("in", of="B")]
    assert conflict(FOUR, 3, [*least, Rule("ldc", 2)]) == [Rule("ldc", 2)]
    assert conflict(FOUR, 1, least) == least
    assert conflict(FOUR, 4, [Rule("most", 1)]) == [Rule("most", 1)]
    assert conflict(FOUR, 2, [Rule("in", of="A"), Rule("out", of="A")]) == [
        Rule("in", of="A"),
        Rule("out", of="A"),
    ]
    assert conflict(FOUR, 3, least) == []


def test_a_curve_falls_and_ends_where_no_selection_is_left():
    frame = tightened(FOUR, 3, [Rule("ldc", 0)], "least", 0, 3)
    assert frame.to_dict("list") == {
        "n": [0, 1, 2],
        "mean": [pytest.approx(22 / 3), pytest.approx(7.0), pytest.approx(np.nan, nan_ok=True)],
    }
    frame = tightened(FOUR, 2, [], "most", 2, 1)
    assert list(frame["n"]) == [2, 1]
    assert list(frame["mean"]) == [8.5, 7.0]


def test_a_long_curve_is_shown_at_few_points_with_its_ends():
    frame = pool(*((f"A{i:03}", "RWA" if i % 2 else "KEN", 200 - i) for i in range(200)))
    curve = tightened(frame, 100, [], "ldc", 0, 101)
    assert len(curve) == 25
    assert (curve["n"].iloc[0], curve["n"].iloc[-2], curve["n"].iloc[-1]) == (0, 100, 101)
    assert curve["mean"].dropna().is_monotonic_decreasing


@pytest.mark.parametrize(
    "frame, places, chosen",
    [
        (FOUR, 9, ("A", "B", "C", "D")),  # more places than applications
        (FOUR.head(1), 1, ("A",)),
        (pool(("A", "KEN", None), ("B", "KEN", 3)), 2, ("B",)),  # one without a total
        (pool(("B", "KEN", 3), ("A", "RWA", 3)), 1, ("A",)),  # all totals equal
    ],
)
def test_few_applications_have_a_best_selection_too(frame, places, chosen):
    assert best(frame, places, [Rule("most", 4)]).chosen == chosen


def test_where_nobody_has_a_total_nobody_is_picked():
    frame = pool(("A", "KEN", None))
    assert best(frame, 1, [Rule("most", 1)]) is None
    assert by_total(frame, 1) is None
    assert regions_of(frame) == []


def test_who_cannot_be_picked_cannot_be_asked_for():
    with pytest.raises(ValueError, match="Z cannot be picked"):
        best(FOUR, 2, [Rule("in", of="Z")])


def large(applications, step=None, seed=0):
    """As many applications from 190 countries; totals in steps, where one is given."""
    random = np.random.default_rng(seed)
    countries = pd.DataFrame(
        {
            "country": [f"C{i:03}" for i in range(190)],
            "region": random.choice(["AFR", "AMS", "ARB", "ASP", "CIS", "EUR"], 190),
            "ldc": random.random(190) < 0.23,
            "lldc": random.random(190) < 0.16,
            "sids": random.random(190) < 0.2,
        }
    )
    totals = random.normal(6, 1, applications).clip(1, 10)
    frame = pd.DataFrame(
        {
            "application_id": [f"A{i:05}" for i in range(applications)],
            "country": random.choice(countries["country"], applications),
            "total": totals.round(10) if step is None else (totals / step).round() * step,
        }
    )
    return frame.merge(countries, on="country")


@pytest.mark.long
@pytest.mark.parametrize("step", [None, 0.25, 100], ids=["all differ", "many tied", "all equal"])
@pytest.mark.parametrize("places", [100, 1500, 2500])
def test_five_thousand_applications_with_every_rule_take_at_most_five_seconds(places, step):
    frame = large(5000, step)
    rules = [
        *of_kind("least", places // 8, regions_of(frame)),
        Rule("most", places // 60 + 1),
        Rule("ldc", places * 3 // 10),
        Rule("lldc", places // 5),
        Rule("sids", places // 4),
        *(Rule("in", of=it) for it in ("A00003", "A00013")),
        Rule("out", of="A00005"),
    ]
    possible(frame, places, rules)  # what it takes to load the optimizer is taken once
    begun = perf_counter()
    found = best(frame, places, rules)
    taken = perf_counter() - begun
    print(f"{places} places, {taken:.2f} s, mean {found.mean:.4f}")
    assert kept(frame[frame["application_id"].isin(found.chosen)], rules)
    assert len(found.chosen) == places
    assert taken <= 5
