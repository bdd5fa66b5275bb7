"""A cohort's ranking: what the stored model says is what is derived, and nothing is imputed."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import standings
from analysis.assessment import assessed
from analysis.ranking import chances
from analysis.standings import Call

CRITERIA = pd.DataFrame({"criterion": ["a", "b", "c"], "share_weight": [0.75, 0.25, 0.0]})
LOW, SPAN = 1.0, 9.0


def panel(seed=1, applications=12, reviewers=5, each=3, missing=0.0, noise=1.0):
    """Scores from 1 to 10 as `queries/panel_reviews.sql` gives them, of a made-up panel."""
    rng = np.random.default_rng(seed)
    rows = []
    for n in range(applications):
        level = rng.normal(6, 1.5)
        for reviewer in rng.choice(reviewers, each, replace=False):
            for criterion, weight in (("a", 3.0), ("b", 1.0), ("c", 0.0)):
                if rng.random() >= missing:
                    score = np.clip(level + noise * rng.normal(), 1, 10)
                    rows.append((f"A{n:02}", f"R{reviewer}", criterion, score, weight, 1.0, 10.0))
    names = ["application_id", "reviewer", "criterion", "score"]
    return pd.DataFrame(rows, columns=[*names, "weight", "scale_min", "scale_max"])


def two_panels():
    """Two that share nothing; in each everybody gave everything the same."""
    one = panel(noise=0.0).assign(score=5.0)
    other = one.assign(application_id="B" + one["application_id"], reviewer="S" + one["reviewer"])
    return pd.concat([one, other.assign(score=7.0)], ignore_index=True)


def means_of(scores):
    scaled = (scores["score"] - LOW) / SPAN
    by = [scores["application_id"], scores["criterion"]]
    return scaled.groupby(by).mean().round(12).rename("scaled").reset_index()


def facts_of(scores):
    names = sorted(scores["application_id"].unique())
    return pd.DataFrame({"application_id": names, "place": 0, "complete": True})


def told(scores, call):
    cohort = standings.prepared(CRITERIA, means_of(scores), call)
    noise = None if call.noise == "weights" else standings.noise(scores, cohort, call)
    chunks = None if noise and noise.reason else standings.draws(cohort, call, noise)
    found = standings.chances(cohort, call, chunks, noise)
    return standings.ranked(standings.placed(facts_of(scores), cohort), found)


def test_totals_and_places_are_those_of_the_weights():
    scores = pd.DataFrame(
        [("A1", "a", 0.5), ("A1", "b", 1.0), ("A2", "a", 1.0), ("A2", "b", 0.0), ("A3", "a", 1.0)],
        columns=["application_id", "criterion", "scaled"],
    )
    facts = pd.DataFrame(
        {"application_id": ["A2", "A1"], "place": [1, 2], "complete": [True, False]}
    )
    cohort = standings.prepared(CRITERIA, scores, Call(1, LOW, SPAN))
    found = standings.placed(facts, cohort).set_index("application_id")
    # A3 was not scored on b, which counts.
    assert found["total"].to_dict() == {"A2": 1 + 9 * 0.75, "A1": 1 + 9 * 0.625}
    assert found["place"].to_dict() == {"A2": 1, "A1": 2}
    moved = Call(1, LOW, SPAN, weights=(("a", 0.25), ("b", 0.75), ("c", 0.0)))
    found = standings.placed(facts, standings.prepared(CRITERIA, scores, moved))
    assert list(found["application_id"]) == ["A1", "A2"]
    assert list(found["place"]) == [1, 2] and list(found["official_place"]) == [2, 1]
    # 100^.25 · 1^.75 = 3.2 against 50.5^.25 · 100^.75 = 84.3.
    assert list(found["geometric_place"]) == [1, 2]


def test_what_is_derived_is_what_was_stored():
    scores = panel(missing=0.1)
    scored_on_b = means_of(scores).query("criterion == 'b'")["application_id"]
    scores = scores[scores["application_id"].isin(scored_on_b)]
    call = Call(4, LOW, SPAN)
    found = told(scores, call).set_index("application_id").sort_index()
    cohort = standings.prepared(CRITERIA, means_of(scores), call)
    pool = pd.DataFrame(
        {
            "application_id": cohort.ids,
            "region": ["AFR", "EUR"] * (len(cohort.ids) // 2) + ["AFR"] * (len(cohort.ids) % 2),
            "total": cohort.totals,
            "places": 4,
            "total_min": LOW,
            "total_max": LOW + SPAN,
        }
    )
    stored = assessed(scores, pool).applications.set_index("application_id").sort_index()
    assert list(found.index) == list(stored.index)
    told_, kept = (frame[list(standings.CHANCES)].astype(float) for frame in (found, stored))
    assert np.allclose(told_, kept, atol=1e-12, equal_nan=True)


def test_both_with_no_points_is_the_panel_alone_and_with_many_more_uncertain():
    scores = panel()
    columns = list(standings.CHANCES)
    alone = told(scores, Call(4, LOW, SPAN, "panel"))
    still = told(scores, Call(4, LOW, SPAN, "both", 0.0))
    pd.testing.assert_frame_equal(alone[columns], still[columns])
    wide = told(scores, Call(4, LOW, SPAN, "both", None))
    assert (wide["rank_high"] - wide["rank_low"]).sum() >= (
        alone["rank_high"] - alone["rank_low"]
    ).sum()


def test_a_panel_without_noise_leaves_the_weights_alone():
    # Reviewers agree in everything but how severe they are.
    rows = [
        (f"A{n}", f"R{r}", key, 3 + n + shift - gap, weight, 1.0, 10.0)
        for n, gap in enumerate((0.0, 0.6, 1.4, 1.5))
        for r, shift in enumerate((-0.5, 0.0, 0.5))
        for key, weight in (("a", 3.0), ("b", 1.0))
    ]
    names = ["application_id", "reviewer", "criterion", "score"]
    scores = pd.DataFrame(rows, columns=[*names, "weight", "scale_min", "scale_max"])
    both = told(scores, Call(2, LOW, SPAN, "both", 5.0))
    weights = told(scores, Call(2, LOW, SPAN, "weights", 5.0))
    columns = ["application_id", *standings.CHANCES, "standing"]
    pd.testing.assert_frame_equal(both[columns], weights[columns])


def test_without_a_complete_review_nothing_is_told_and_the_others_are_ranked_with_it():
    scores = panel()
    own = scores["application_id"] == "A03"
    first = scores["reviewer"] == scores.loc[own, "reviewer"].iloc[0]
    # One review lacks b, the others lack a: each criterion has a score, and no review has both.
    gone = own & ((first & (scores["criterion"] == "b")) | (~first & (scores["criterion"] == "a")))
    found = told(scores[~gone], Call(4, LOW, SPAN)).set_index("application_id")
    assert found.loc["A03", "place"] > 0
    assert found.loc["A03", list(standings.CHANCES)].isna().all()
    assert found.loc["A03", "reason"] == "no_complete_review"
    assert found.loc["A03", "standing"] is None
    assert found.drop("A03")["above"].notna().all()
    assert found.drop("A03")["reason"].isna().all()


@pytest.mark.parametrize(
    "scores, reason",
    [
        (panel(applications=1), "one_application"),
        (panel(reviewers=1, each=1), "one_reviewer"),
        (panel(each=1), "one_review_each"),
        (panel(noise=0.0).assign(score=5.0), "all_equal"),
        (two_panels(), "sets_apart"),
    ],
)
def test_a_panel_that_carries_no_model_gives_its_reason_and_the_places(scores, reason):
    found = told(scores, Call(1, LOW, SPAN))
    assert set(found["reason"]) == {reason}
    assert found["place"].min() == 1
    assert found[list(standings.CHANCES)].isna().all(axis=None)
    assert found["standing"].isna().all()


@settings(max_examples=6)
@given(
    random=st.randoms(use_true_random=False),
    noise=st.sampled_from(["panel", "weights", "both"]),
    seed=st.integers(1, 50),
)
def test_the_order_of_rows_changes_nothing(random, noise, seed):
    scores = panel(seed, applications=8, reviewers=4)
    call = Call(4, LOW, SPAN, noise, 10.0)
    order = list(range(len(scores)))
    random.shuffle(order)
    pd.testing.assert_frame_equal(told(scores.iloc[order], call), told(scores, call))


@settings(max_examples=6)
@given(shift=st.integers(-20, 20), stretch=st.integers(1, 40), seed=st.integers(1, 50))
def test_shifting_or_stretching_the_scale_changes_no_place_and_no_chance(shift, stretch, seed):
    scores = panel(seed, applications=8, reviewers=4)
    scores["score"] = scores["score"].round(1)
    other = scores.copy()
    for name in ("score", "scale_min", "scale_max"):
        other[name] = shift + stretch * other[name]
    found = told(scores, Call(4, LOW, SPAN))
    cohort = standings.prepared(CRITERIA, means_of(scores), Call(4, LOW, SPAN))
    call = Call(4, shift + stretch * LOW, stretch * SPAN)
    moved = standings.prepared(CRITERIA, means_of(scores), call)
    noise = standings.noise(other, moved, call)
    again = chances(standings.draws(moved, call, noise), 4)
    again = again.assign(application_id=cohort.ids).set_index("application_id")
    found = found.set_index("application_id").loc[cohort.ids]
    assert (
        np.argsort(-cohort.totals, kind="stable") == np.argsort(-moved.totals, kind="stable")
    ).all()
    # To the Monte Carlo error: the last digit of a variance shifts which draws are made.
    assert (again["above"] - found["above"]).abs().max() <= 0.02
    assert (again["expected_rank"] - found["expected_rank"]).abs().max() <= 0.1
