"""What the back-test counts, and what simulated centres show of the outlook's words."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import linregress, t

from analysis.backtest import SHAPES, calibration, held_back, simulated
from analysis.outlook import WORDS


def reports(**series):
    """A report a month from January 2024 on."""
    return pd.DataFrame(
        [
            {"centre_id": centre, "indicator": "I1", "measured_on": day.date(), "value": value}
            for centre, values in series.items()
            for day, value in zip(
                pd.date_range("2024-01-01", periods=len(values), freq="MS"), values, strict=True
            )
        ]
    )


def counts(told, interval):
    row = told[told["interval"] == interval].iloc[0]
    return tuple(int(row[name]) for name in ("series", "inside", "below", "above"))


def test_hides_the_last_report_of_series_with_seven_and_says_where_it_lay():
    told = held_back(
        reports(
            INSIDE=[10, 21, 29, 41, 49, 61, 70],
            ABOVE=[10, 21, 29, 41, 49, 61, 500],
            BELOW=[10, 21, 29, 41, 49, 61, -500],
            SHORT=[10, 21, 29, 41, 49, 500],
        ).sample(frac=1, random_state=1)
    )
    assert list(told["interval"]) == [0.95, 2 / 3]
    assert counts(told, 0.95) == (3, 1, 1, 1)
    assert told["coverage"].tolist() == [1 / 3, 1 / 3]


def test_the_interval_is_the_textbook_one():
    """Just inside and just outside of it, by scipy's line and Student's t."""
    seen = np.array([10, 24, 29, 38, 55, 61], float)
    days = (pd.date_range("2024-01-01", periods=7, freq="MS") - pd.Timestamp("2024-01-01")).days
    x, on = days[:6].to_numpy(float), days[6]
    line = linregress(x, seen)
    spread = np.sqrt(((seen - line.intercept - line.slope * x) ** 2).sum() / 4)
    spread *= np.sqrt(1 + 1 / 6 + (on - x.mean()) ** 2 / ((x - x.mean()) ** 2).sum())
    edge = line.intercept + line.slope * on + t.ppf(0.975, 4) * spread
    told = held_back(reports(IN=[*seen, edge - 0.001], OUT=[*seen, edge + 0.001]))
    assert counts(told, 0.95) == (2, 1, 0, 1)
    assert counts(told, 2 / 3) == (2, 0, 0, 2)


def test_a_series_on_a_line_is_inside():
    assert counts(held_back(reports(LINE=[0.1 * n for n in range(7)])), 0.95) == (1, 1, 0, 0)


@pytest.mark.parametrize("few", [reports(SHORT=[1, 2, 3]), reports(SHORT=[1])[:0]])
def test_says_nothing_where_nothing_can_be_held_back(few):
    told = held_back(few)
    assert told["series"].tolist() == [0, 0]
    assert told["coverage"].isna().all()


def test_where_the_model_holds_the_intervals_hold_what_they_say():
    """Of 4,000 centres; 0.015 is four standard errors of the 95 % and two of the two thirds."""
    told = held_back(simulated("line", 4000, seed=3))
    assert told["coverage"].tolist() == pytest.approx([0.95, 2 / 3], abs=0.015)


@pytest.mark.parametrize("model", ["bend", "walk"])
def test_where_it_does_not_hold_neither_do_they(model):
    assert (held_back(simulated(model, 4000, seed=3))["coverage"] < [0.8, 0.5]).all()


def test_calibration_tells_for_each_model_and_word_what_was_promised_and_what_came():
    told = calibration(centres=4000)
    assert told[["model", "word"]].to_numpy().tolist() == [[m, w] for m in SHAPES for w in WORDS]
    assert told.groupby("model")["centres"].sum().tolist() == [4000] * 3
    by = told.set_index(["model", "word"])
    off = by["reached"] - by["promised"]
    assert (off["line"].abs() < 0.05).all()
    # A centre that tires is called likely far too often: what /methods has to say.
    assert off["bend", "likely"] < -0.2
    assert off["walk", "unlikely"] > 0.03


def test_the_same_seed_gives_the_same_centres_and_another_gives_others():
    first, again, other = (simulated("walk", 5, seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(first, again)
    assert not first["value"].equals(other["value"])
