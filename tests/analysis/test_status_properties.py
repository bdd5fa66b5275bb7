"""What holds for every series there can be, whatever its numbers."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.status import STATUSES, judged

# From worst to best; the other three say something else than how good.
ORDER = ["moved away", "off course", "behind", "on course", "achieved"]
EXAMPLES = 40  # of up to five series each
NEGATED = ["baseline", "value", "mean_v", "s_tv"]

missing = st.none()
whole = st.integers(-200, 200).map(float)
day = st.integers(-500, 700).map(lambda n: str(date(2025, 1, 1) + timedelta(n)))


@st.composite
def a_case(draw, kinds=("cumulative", "level", "yes/no"), baseline=missing):
    kind = draw(st.sampled_from(kinds))
    number = st.sampled_from([0.0, 1.0]) if kind == "yes/no" else whole
    by_day = st.dictionaries(day, number, max_size=8)
    return {
        "kind": kind,
        "direction": draw(st.sampled_from(["up", "down"])),
        "baseline": draw(baseline | number),
        "baseline_on": draw(st.none() | day),
        "starts_on": draw(st.none() | day),
        "reports": list(draw(by_day).items()),
        "targets": list(draw(st.dictionaries(day, number, max_size=3)).items()),
    }


many = st.lists(a_case(), min_size=1, max_size=5)
graded = st.lists(a_case(["level", "cumulative"]), min_size=1, max_size=5)
# Without a baseline only positive numbers can be compared with a target.
based = st.lists(a_case(["level"], st.nothing()), min_size=1, max_size=5)


@settings(max_examples=EXAMPLES)
@given(cases=many)
def test_every_series_has_a_status_and_its_reason_where_it_needs_one(cases, frames, as_of, bands):
    told = judged(*frames(*cases), as_of, bands)
    assert told["status"].isin(STATUSES).all()
    assert ((told["status"] == "not calculable") == told["reason"].notna()).all()
    assert not (told["reason"] == "").any()
    silent = told["value"].isna()
    assert told.loc[silent, ["ratio", "required_pace", "actual_pace"]].isna().all(axis=None)
    assert told.loc[silent, "status"].isin(["no report", "not yet due", "not calculable"]).all()
    assert not (told["past_due"] & (told["status"] == "on course")).any()


@settings(max_examples=EXAMPLES)
@given(cases=many, random=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(cases, random, frames, as_of, bands):
    series, path = frames(*cases)
    told = judged(series, path, as_of, bands)
    shuffled = series.sample(frac=1, random_state=random.randrange(1000))
    mixed = path.sample(frac=1, random_state=random.randrange(1000))
    pd.testing.assert_frame_equal(judged(shuffled, mixed, as_of, bands).loc[told.index], told)


@settings(max_examples=EXAMPLES)
@given(cases=graded, factor=st.sampled_from([0.001, 1 / 3, 0.1, 7, 1e6]))
def test_the_unit_changes_no_status(cases, factor, frames, as_of, bands):
    series, path = frames(*cases)
    told = judged(series, path, as_of, bands)
    scaled = series.assign(
        **{name: series[name] * factor for name in NEGATED}, s_vv=series["s_vv"] * factor**2
    )
    again = judged(scaled, path.assign(target=path["target"] * factor), as_of, bands)
    said = ["status", "reason", "at_this_pace_on", "outlook"]
    pd.testing.assert_frame_equal(again[said], told[said])
    np.testing.assert_allclose(
        again["actual_pace"], told["actual_pace"] * factor, atol=1e-9 * factor
    )


@settings(max_examples=EXAMPLES)
@given(cases=based)
def test_a_mirror_changes_no_status(cases, frames, as_of, bands):
    """A level that rises is the same as its negative that falls."""
    series, path = frames(*cases)
    told = judged(series, path, as_of, bands)
    mirrored = series.assign(
        **{name: -series[name] for name in NEGATED},
        direction=series["direction"].map({"up": "down", "down": "up"}),
    )
    again = judged(mirrored, path.assign(target=-path["target"]), as_of, bands)
    said = ["status", "reason", "ratio", "at_this_pace_on", "outlook"]
    pd.testing.assert_frame_equal(again[said], told[said])


@settings(max_examples=EXAMPLES)
@given(cases=many, better=st.floats(0, 300))
def test_a_better_report_never_gives_a_worse_status(cases, better, frames, as_of, bands):
    series, path = frames(*cases)
    sign = series["direction"].map({"up": 1, "down": -1})
    improved = series.assign(value=series["value"] + sign * better)
    before, after = (judged(s, path, as_of, bands)["status"] for s in (series, improved))
    for worse, now in zip(before, after, strict=True):
        if worse in ORDER and now in ORDER:
            assert ORDER.index(now) >= ORDER.index(worse)
        elif worse in ORDER:
            raise AssertionError(f"{worse} became {now}")
