"""The promises of the sample, read from the files it ships."""

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from data.places import outside
from data.sample.countries import read_countries
from data.tables import TABLES

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "sample"
DECIDED, TODAY = "2023-06-15", "2026-11-24"
FIVE = {"KAP-1", "KAP-2", "KAP-3", "KAP-4", "KAP-5"}


def read(name: str) -> pd.DataFrame:
    """One of the sample's files, every cell as text; an empty cell is ''."""
    return pd.read_csv(SAMPLE / f"{name}.csv", dtype=str, keep_default_na=False)


def applications(cohort: str) -> pd.DataFrame:
    """The applications of a cohort with their groups on the day of cohort 1's decision."""
    every = read("applications")
    rows = every[every["cohort"] == cohort].set_index("application_id")
    decided = pd.Timestamp(DECIDED).date()
    groups = {c.code: c.groups(decided) for c in read_countries(ROOT / "data" / "reference")}
    return rows.assign(groups=rows["country"].map(groups))


def totals() -> pd.Series:
    """The total of each application of cohort 1 that was not withdrawn, highest first."""
    weights = {"team": 0.30, "ecosystem": 0.25, "plan": 0.20, "reach": 0.15, "means": 0.10}
    scores = read("scores").astype({"score": float})
    means = scores.groupby(["application_id", "criterion"])["score"].mean().unstack()
    stages = applications("1")["stage"]
    staying = stages[stages != "withdrawn"].index
    total = (means.loc[staying, list(weights)] * pd.Series(weights)).sum(axis=1, skipna=False)
    return total.round(10).sort_values(ascending=False)


def network_on(day: str) -> int:
    """How many centres were in the network on a day: begun and not ended."""
    statuses = read("centre_statuses")
    past = statuses[statuses["since"] <= day]
    return past["centre_id"].nunique() - (past["status"] == "ended").sum()


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_writes_the_same_bytes_every_time(tmp_path, hash_seed):
    subprocess.run(
        [sys.executable, "-m", "data.sample.make", str(tmp_path)],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": hash_seed},
        check=True,
    )
    shipped = {file.name: file.read_bytes() for file in SAMPLE.glob("*.csv")}
    written = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert sorted(written) == sorted(shipped)
    differing = [name for name in written if written[name] != shipped[name]]
    assert not differing, "run `python -m data.sample.make` and commit what it writes"


def test_fills_every_table_but_goals_which_are_reference_data():
    written = {file.stem for file in SAMPLE.glob("*.csv")}
    assert written == {table.name for table in TABLES} - {"goals"}


def test_every_cohort_is_marked_as_sample():
    cohorts = read("cohorts")
    assert cohorts["sample"].tolist() == ["yes", "yes"]
    assert cohorts["name"].tolist() == [
        "Sample cohort 1: countries and results drawn by lot",
        "Sample cohort 2: countries and results drawn by lot",
    ]


def test_every_name_says_that_it_is_made_up():
    for table, column in [
        ("applications", "organization"),
        ("applications", "title"),
        ("applications", "city"),
        ("criteria", "name"),
        ("reviewers", "name"),
        ("centres", "name"),
        ("agreements", "reference"),
        ("agreements", "expected_outcomes"),
        ("indicators", "name"),
        ("milestones", "milestone"),
    ]:
        names = read(table)[column]
        assert names.str.lower().str.contains("sample").all(), (table, column)


def test_says_nothing_about_an_application_in_words():
    assert set(read("scores")["comment"]) == {""}
    assert set(read("measurements")["note"]) == {""}


def test_cohort_1_has_the_published_size():
    first = applications("1")
    assert len(first) == 44
    assert first["country"].nunique() == 35
    assert (first["stage"] == "selected").sum() == 17
    assert read("cohorts").set_index("cohort").loc["1", "places"] == "17"


def test_several_countries_sent_two_or_three_applications():
    sent = applications("1")["country"].value_counts()
    assert sent.value_counts().to_dict() == {1: 28, 2: 5, 3: 2}


def test_one_region_sent_none_and_it_is_not_the_cis():
    regions = set().union(*applications("1")["groups"]) - {"LDC", "LLDC", "SIDS"}
    assert regions == {"AFR", "AMS", "ASP", "CIS", "EUR"}


def test_islands_least_developed_and_landlocked_are_among_applicants_and_selected():
    first = applications("1")
    chosen = first[first["stage"] == "selected"]
    assert set().union(*first["groups"]) >= {"SIDS", "LDC", "LLDC"}
    assert set().union(*chosen["groups"]) >= {"SIDS", "LDC", "LLDC"}


def test_no_country_of_a_publicly_reported_centre_is_in_it():
    drawn = set(read("applications")["country"])
    assert not drawn & {"AZE", "CHN", "IND", "KEN", "MWI", "TZA", "ZAF", "ZWE"}


def test_every_place_lies_in_its_country():
    for table in ("applications", "centres"):
        places = read(table).astype({"latitude": float, "longitude": float})
        assert not outside(places).any(), table


def test_every_stage_is_used():
    assert set(read("applications")["stage"]) == {
        "submitted",
        "eligible",
        "evaluated",
        "selected",
        "reserve",
        "not selected",
        "withdrawn",
    }


def test_the_latest_dated_stage_is_the_application_s_stage():
    stages = read("application_stages")
    assert not stages.duplicated(["application_id", "since"]).any()
    latest = stages.sort_values("since").groupby("application_id")["stage"].last()
    stage = read("applications").set_index("application_id")["stage"]
    assert latest.equals(stage[latest.index].rename("stage"))
    assert len(stage) - len(latest) == 2, "two applications are meant to lack dates"


def test_each_application_of_cohort_1_has_three_to_five_reviews():
    scores = read("scores")
    reviews = scores.groupby("application_id")["reviewer"].nunique()[applications("1").index]
    assert set(reviews) == {3, 4, 5}
    in_first = scores[scores["application_id"].isin(reviews.index)]
    assert in_first["reviewer"].nunique() == 14
    assert 0 < reviews.sum() * 5 - len(in_first) < 44, "some scores, and only some, are missing"


def test_one_reviewer_scored_lower_and_one_higher_than_the_others():
    scores = read("scores").astype({"score": float})
    scores = scores[scores["application_id"].isin(applications("1").index)]
    group = scores.groupby(["application_id", "criterion"])["score"]
    others = (group.transform("sum") - scores["score"]) / (group.transform("count") - 1)
    gaps = (scores["score"] - others).groupby(scores["reviewer"]).mean().sort_values()
    assert -2.3 < gaps.iloc[0] < -1.7
    assert 1.2 < gaps.iloc[-1] < 1.8
    assert (gaps.iloc[1:-1].abs() < 0.9).all()


def test_one_tie_lies_across_the_line():
    ranked = totals()
    assert ranked.iloc[16] == ranked.iloc[17] == 6.0166666667
    assert ranked.iloc[15] > 6.0166666667 > ranked.iloc[18]
    tied = applications("1").loc[ranked.index[16:18], "stage"]
    assert sorted(tied) == ["reserve", "selected"]


def test_selects_the_best_but_for_two():
    ranked = totals()
    stages = applications("1")["stage"][ranked.index]
    assert (stages.iloc[18:] == "selected").sum() == 2
    assert (stages.iloc[:16] == "selected").sum() == 14


def test_cohort_2_is_being_evaluated():
    second = applications("2")
    assert len(second) == 24
    assert second["stage"].value_counts().to_dict() == {
        "evaluated": 10,
        "eligible": 8,
        "submitted": 5,
        "withdrawn": 1,
    }
    assert read("cohorts").set_index("cohort").loc["2", ["plan", "decided_on"]].tolist() == [
        "BAP",
        "",
    ]
    assert set(second["goals"]) == {""}


def test_weights_are_unequal_and_sum_to_a_hundred():
    weights = read("criteria").astype({"weight": int}).groupby("cohort")["weight"]
    assert weights.apply(list).to_dict() == {
        "1": [30, 25, 20, 15, 10],
        "2": [25, 20, 20, 15, 12, 8],
    }


def test_the_network_is_17_then_18_then_17():
    days = ["2023-06-14", "2023-06-15", "2025-02-09", "2025-02-10", "2026-04-29", "2026-04-30"]
    assert [network_on(day) for day in [*days, TODAY]] == [0, 17, 17, 18, 18, 17, 17]


def test_one_centre_is_paused_one_ended_and_one_lacks_an_agreement():
    latest = read("centre_statuses").sort_values("since").groupby("centre_id")["status"].last()
    assert latest.value_counts().to_dict() == {
        "operating": 14,
        "selected": 1,
        "agreement signed": 1,
        "paused": 1,
        "ended": 1,
    }
    without = set(latest.index) - set(read("agreements")["centre_id"])
    assert without == {latest.index[latest == "selected"].item()}


def test_every_priority_has_indicators_targets_and_reports():
    indicators = read("indicators").set_index("indicator")
    assert set(indicators["goal"]) == FIVE
    assert {*indicators["kind"]} == {"cumulative", "level", "yes/no"}
    assert {*indicators["direction"]} == {"up", "down"}
    assert {*indicators["level"]} == {"output", "outcome"}
    for table in ("targets", "measurements"):
        assert set(read(table)["indicator"].map(indicators["goal"])) == FIVE, table


def test_reports_have_gaps_and_long_series():
    reports = read("measurements")
    reports = reports[reports["breakdown"] == ""]
    counts = reports.groupby(["centre_id", "indicator"]).size()
    assert counts.min() == 1
    assert (counts >= 6).sum() >= 10
    targets = read("targets")
    pairs = {*zip(targets["centre_id"], targets["indicator"], strict=True)}
    assert pairs - {*counts.index}, "some targets have no report"
    assert {*counts.index} - pairs, "some reports have no target"
    assert 0.4 < (reports["verified_on"] != "").mean() < 0.8


def test_a_cumulative_count_never_falls():
    cumulative = read("indicators").query("kind == 'cumulative'")["indicator"]
    reports = read("measurements").query("breakdown == ''")
    reports = reports[reports["indicator"].isin(cumulative)].astype({"value": float})
    ordered = reports.sort_values("measured_on").groupby(["centre_id", "indicator"])["value"]
    assert (ordered.diff().dropna() >= 0).all()


def test_women_and_men_add_up_to_the_people_trained():
    trained = read("measurements").query("indicator == 'S2.1'").astype({"value": int})
    parts = trained.pivot_table(
        index=["centre_id", "measured_on"], columns="breakdown", values="value"
    ).dropna()
    assert len(parts) > 10
    assert (parts["women"] + parts["men"] == parts[""]).all()


def test_one_target_was_revised_and_one_belongs_to_the_cohort():
    targets = read("targets")
    revised = targets[targets.duplicated(["centre_id", "cohort", "indicator", "due_on"])]
    assert revised["set_on"].tolist() == ["2025-10-15"]
    assert targets[targets["cohort"] != ""]["cohort"].tolist() == ["1"]


def test_milestones_are_met_late_and_to_come():
    milestones = read("milestones")
    done, due = milestones["done_on"] != "", milestones["due_on"]
    assert done.sum() > 20
    assert (~done & (due != "") & (due < TODAY)).sum() > 5
    assert (~done & (due > "2027-06-01")).sum() > 5


def test_nothing_happens_after_the_day_it_tells_of():
    for table, column in [
        ("application_stages", "since"),
        ("scores", "scored_on"),
        ("centre_statuses", "since"),
        ("agreements", "signed_on"),
        ("targets", "set_on"),
        ("measurements", "measured_on"),
        ("measurements", "verified_on"),
        ("milestones", "done_on"),
    ]:
        assert read(table)[column].max() <= "2026-11-20", (table, column)
