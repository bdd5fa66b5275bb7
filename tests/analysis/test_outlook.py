"""Pace, date and probability against second implementations: numpy's, scipy's and statsmodels'."""

from datetime import date

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.stats import linregress

from analysis.outlook import LIKELY, Lines, chance, words
from analysis.status import judged

DUE = [("2026-07-01", 100)]
# Six reports over eleven months, of two years from the baseline to the due date: not half of it.
SHORT = [("2024-08-01", 3), ("2024-10-01", 14), ("2024-12-01", 15), ("2025-02-01", 33)]
SHORT += [("2025-05-01", 38), ("2025-07-01", 51)]
LONG = [*SHORT[:-1], ("2025-08-01", 52)]
LATER = date(2025, 9, 1)


def points(reports, baseline=None):
    """Days and values, as anybody would write them down."""
    dated = [*([baseline] if baseline else []), *reports]
    return (
        np.array([(date.fromisoformat(on) - date(1970, 1, 1)).days for on, _ in dated], float),
        np.array([value for _, value in dated], float),
    )


def sums(t, v):
    """The same as sums, one series."""
    dt, dv = t - t.mean(), v - v.mean()
    together = (len(t), t.mean(), v.mean(), dt @ dt, dt @ dv, dv @ dv)
    return Lines(*(np.array([each], dtype=float) for each in together))


@pytest.mark.parametrize("reports", [LONG, LONG[:2], [*LONG, ("2025-08-02", -400)]])
def test_the_pace_is_that_of_linregress_and_polyfit(reports, frames, bands):
    case = frames({"reports": reports, "targets": DUE}, as_of=LATER)
    pace = judged(*case, LATER, bands)["actual_pace"][0]
    t, v = points(reports, ("2024-07-01", 0))
    assert pace == pytest.approx(linregress(t, v).slope * 365.25, rel=1e-9)
    assert pace == pytest.approx(np.polyfit((t - t[0]) / 365.25, v, 1)[0], rel=1e-9)


def test_a_baseline_without_a_date_is_no_point_of_the_line(frames, bands):
    given = {"baseline_on": None, "starts_on": "2024-07-01", "reports": LONG, "targets": DUE}
    pace = judged(*frames(given, as_of=LATER), LATER, bands)["actual_pace"][0]
    assert pace == pytest.approx(linregress(*points(LONG)).slope * 365.25)


def test_a_cumulative_indicator_was_zero_when_it_began(frames, bands):
    counted = {"kind": "cumulative", "baseline": None, "baseline_on": None, "targets": DUE}
    case = frames(
        counted | {"starts_on": "2024-07-01", "reports": LONG[:1]},
        counted | {"starts_on": "2024-09-01", "reports": LONG[:3]},  # a report denies it
        as_of=LATER,
    )
    told = judged(*case, LATER, bands)["actual_pace"]
    assert told[0] == pytest.approx(3 / 31 * 365.25)
    assert told[1] == pytest.approx(linregress(*points(LONG[:3])).slope * 365.25)


def test_the_date_is_where_the_line_through_the_last_report_meets_the_target(frames, bands):
    told = judged(*frames({"reports": LONG, "targets": DUE}, as_of=LATER), LATER, bands)
    t, v = points(LONG, ("2024-07-01", 0))
    later = np.arange(t[-1], t[-1] + 5000)  # day by day
    meets = later[v[-1] + linregress(t, v).slope * (later - t[-1]) >= 100][0]
    assert told["at_this_pace_on"][0] == date.fromordinal(int(meets) + date(1970, 1, 1).toordinal())


def test_a_day_that_is_met_exactly_is_that_day(frames, bands, as_of):
    """A hundred days after the last report, whatever the pace a day is."""
    paces = (0.1, 0.3, 0.7, 1.1, 2.3)
    case = frames(
        *(
            {"reports": [("2024-07-31", 30 * a_day), ("2024-10-09", 100 * a_day)]}
            | {"targets": [("2026-07-01", 200 * a_day)]}
            for a_day in paces
        )
    )
    assert set(judged(*case, as_of, bands)["at_this_pace_on"]) == {date(2025, 1, 17)}


NO_DATE = {
    "achieved": {"reports": [("2025-01-01", 50), ("2025-06-01", 100)]},
    "no report": {},
    "one report alone, without a dated baseline": {
        "baseline_on": None,
        "reports": [("2025-06-01", 50)],
    },
    "pace zero": {"reports": [("2025-01-01", 0), ("2025-06-01", 0)]},
    "pace away": {"reports": [("2025-01-01", 0), ("2025-06-01", -5)]},
    "more than fifty years": {"reports": [("2025-06-01", 1)]},
    "yes/no": {"kind": "yes/no", "targets": [("2026-07-01", 1)], "reports": [("2025-06-01", 0)]},
    "against the direction": {"baseline": 110.0, "reports": [("2025-06-01", 90)]},
}


@pytest.mark.parametrize("given", NO_DATE.values(), ids=NO_DATE)
def test_gives_no_date_with(given, frames, bands, as_of):
    assert judged(*frames({"targets": DUE} | given), as_of, bands)["at_this_pace_on"][0] is None


REQUIRED = {
    "what remains, over the year that is left": ({"reports": [("2025-06-01", 50)]}, 50 / 365),
    "falling": (
        {"direction": "down", "baseline": 80.0, "reports": [("2025-06-01", 60)]}
        | {"targets": [("2026-07-01", 20)]},
        -40 / 365,
    ),
    "to the next target, not to the last": (
        {"reports": [("2025-06-01", 50)], "targets": [("2025-12-31", 60), *DUE]},
        10 / 183,
    ),
    "nothing, where it is reached": ({"reports": [("2025-06-01", 120)]}, 0.0),
    "unknown on the day itself": (
        {"reports": [("2025-06-01", 50)], "targets": [("2025-07-01", 100)]},
        None,
    ),
    "unknown when all is past": (
        {"reports": [("2025-06-01", 50)], "targets": [("2025-06-30", 100)]},
        None,
    ),
    "unknown without a report": ({}, None),
    "unknown with reports from before the baseline alone": (
        {"reports": [("2024-01-01", 50)]},
        None,
    ),
    "none for yes/no": ({"kind": "yes/no", "reports": [("2025-06-01", 0)]}, None),
}


@pytest.mark.parametrize("given, a_day", REQUIRED.values(), ids=REQUIRED)
def test_the_required_pace_is(given, a_day, frames, bands, as_of):
    pace = judged(*frames({"targets": DUE} | given), as_of, bands)["required_pace"][0]
    assert np.isnan(pace) if a_day is None else pace == pytest.approx(a_day * 365.25)


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("target", [80, 100, 104, 140])
def test_the_probability_is_that_of_statsmodels(target, sign):
    t, v = points(LONG, ("2024-07-01", 0))
    on = (date(2026, 7, 1) - date(1970, 1, 1)).days
    told = chance(sums(t, v), np.array([target]), np.array([on]), np.array([sign]))[0]

    centred = sm.add_constant(t - t[0])
    prediction = sm.OLS(v, centred).fit().get_prediction([[1, on - t[0]]])
    # The one-sided level of the interval that ends at the target.
    low, high = prediction.conf_int(obs=True, alpha=2 * min(told, 1 - told)).ravel()
    reached = sign * (prediction.predicted_mean[0] - target) >= 0
    assert told == pytest.approx(0.5) or (told > 0.5) == reached
    assert target == pytest.approx(low if (target < prediction.predicted_mean[0]) else high)


def test_the_date_in_days_since_1970_costs_no_digits():
    t, v = points(LONG, ("2024-07-01", 0))
    near, far = sums(t - t[0], v), sums(t, v)
    ask = (np.array([100.0]), np.array([1.0]))
    assert chance(far, ask[0], np.array([20635.0]), ask[1])[0] == pytest.approx(
        chance(near, ask[0], 20635.0 - t[:1], ask[1])[0], rel=1e-9
    )


def test_a_line_without_scatter_is_certain_and_an_unknown_one_says_nothing():
    t = np.arange(20000.0, 20007.0)
    straight = sums(t, 0.1 * (t - 20000))
    ask = np.array([20010.0]), np.array([1.0])
    assert chance(straight, np.array([1.0]), *ask) == 1
    assert chance(straight, np.array([1.001]), *ask) == 0
    assert np.isnan(chance(sums(t[:2], t[:2]), np.array([1.0]), *ask))
    assert np.isnan(chance(sums(t[:3] * 0, t[:3]), np.array([1.0]), *ask))


def test_words_begin_and_end_at_two_thirds_and_one_third():
    told = words(np.array([1, LIKELY, 0.66, 0.34, 1 - LIKELY, 0, np.nan]))
    as_likely = "about as likely as not"
    assert list(told) == ["likely", "likely", as_likely, as_likely, "unlikely", "unlikely", None]


OUTLOOKS = {
    "a pace that is enough": ({"reports": LONG, "targets": [("2026-07-01", 80)]}, "likely"),
    "a pace that may be enough": (
        {"reports": LONG, "targets": [("2026-07-01", 97)]},
        "about as likely as not",
    ),
    "a pace that is not enough": ({"reports": LONG, "targets": [("2026-07-01", 130)]}, "unlikely"),
    "the same, falling": (
        {
            "direction": "down",
            "reports": [(on, -value) for on, value in LONG],
            "targets": [("2026-07-01", -80)],
        },
        "likely",
    ),
    "six reports over less than half of the time": ({"reports": SHORT}, None),
    "five reports over half of it": ({"reports": [LONG[0], *LONG[2:]]}, None),
    "nobody knows since when": ({"baseline_on": None, "reports": LONG}, None),
    "achieved": ({"reports": LONG, "targets": [("2026-07-01", 52)]}, None),
    "past due": ({"reports": LONG, "targets": [("2025-08-31", 100)]}, None),
    "yes/no": ({"kind": "yes/no", "reports": [(on, 0) for on, _ in LONG]}, None),
    "against the direction": ({"baseline": 200.0, "reports": LONG}, None),
}


@pytest.mark.parametrize("given, word", OUTLOOKS.values(), ids=OUTLOOKS)
def test_the_outlook_is(given, word, frames, bands):
    case = frames({"targets": DUE} | given, as_of=LATER)
    assert judged(*case, LATER, bands)["outlook"][0] == word
