"""Time travel agrees with itself: every question as of a day, against what it says without one."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import duckdb
import pytest

from data import store as snapshots
from queries.filters import Filters

QUESTIONS = Path(__file__).parents[2] / "queries"
# What the questions want beside the filters; one that wants more is left to its own test.
EXTRA = {
    "lang": "en",
    "most": 1000,
    "fewest": 1,
    "near": 0.05,
    "by": "stage",
    "parts": ["submitted", "evaluated", "selected", "not selected", "withdrawn"],
    "start": 0.0,
    "width": 1.0,
    "bins": 10,
    "priority": "KAP-1",
    "application": "A1",
    "applications": ["A1", "B1"],
    "centre": "Z1",
    "indicator": "I1",
}


def answers(snapshot, cohort, *, today, as_of=None, extra=EXTRA, anew=False, **filters):
    """What every question says of a snapshot: its name -> its rows. Of a past day that is asked as
    readers ask it or, `anew`, with nothing kept."""
    offered = Filters(cohort, as_of=as_of, **filters).parameters() | extra | {"today": today}
    found = {}
    for path in sorted(QUESTIONS.rglob("*.sql")):
        sql = path.read_text(encoding="utf-8")
        wanted = duckdb.extract_statements(sql)[0].named_parameters
        if wanted <= set(offered):
            asked = {name: offered[name] for name in wanted}
            with snapshots.asking(snapshot, None if anew else as_of) as database:
                rows = database.execute(sql, asked).fetchall()
            found[path.stem] = [tuple(map(rounded, row)) for row in rows]
    return found


def rounded(value):
    """Without the last digits, which depend on the order in which a mean was added up."""
    return round(value, 9) if isinstance(value, float) else value


def differing(one, other):
    return {question for question in one if one[question] != other[question]}


SAMPLE = {
    "the first cohort": ("1", {}),
    "the second cohort": ("2", {}),
    "under filters": ("1", {"region": "AFR", "group": ("LDC",), "goal": ("KAP-1", "KAP-2")}),
    "a range of scores": ("1", {"stage": ("selected", "reserve"), "score": (5.0, 9.0)}),
}


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("name", SAMPLE)
def test_as_of_the_day_it_came_in_the_sample_says_what_it_says_without_a_day(name):
    cohort, filters = SAMPLE[name]
    sample = snapshots.current()
    day = sample.imported_at.date()
    database = snapshots.cursor(sample)
    own = {
        "application": f"select min(application_id) from application where cohort = '{cohort}'",
        "centre": "select min(centre_id) from centre",
        "indicator": "select min(indicator) from measurement",
    }
    extra = EXTRA | {name: database.execute(sql).fetchone()[0] for name, sql in own.items()}
    now = answers(sample, cohort, today=day, extra=extra, **filters)
    assert len(now) > 35
    then = answers(sample, cohort, today=day, as_of=day, extra=extra, **filters)
    assert differing(now, then) == set()


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("name", SAMPLE)
def test_what_is_kept_of_a_past_day_says_what_it_says_anew(name):
    cohort, filters = SAMPLE[name]
    asked = {"today": date(2023, 5, 10), "as_of": date(2023, 5, 10), **filters}
    kept = answers(snapshots.current(), cohort, **asked)
    assert differing(kept, answers(snapshots.current(), cohort, anew=True, **asked)) == set()


@pytest.mark.usefixtures("store")
def test_readers_on_more_past_days_than_are_kept_each_see_their_own():
    sql = "select count(*), count(total) from facts($day)"
    days = [date(2023, month, 1) for month in range(2, 8)] * 5

    def ask(day):
        with snapshots.asking(snapshots.current(), day) as database:
            return database.execute(sql, {"day": day}).fetchone()

    anew = [snapshots.cursor(snapshots.current()).execute(sql, {"day": day}) for day in days]
    with ThreadPoolExecutor(4) as readers:
        found = list(readers.map(ask, days))
    assert found == [each.fetchone() for each in anew]
    assert len(set(found)) > 3


@pytest.mark.usefixtures("store")
def test_who_asks_is_not_cut_off_when_others_look_at_many_snapshots(tmp_path):
    sample = snapshots.current()
    sql, day = "select count(*) from application", date(2023, 5, 10)
    now = snapshots.cursor(sample)
    with snapshots.asking(sample, day) as past:
        before = past.execute(sql).fetchone()
    for number in range(10):
        snapshots.describe(Path(shutil.copy(sample.path, tmp_path / f"{number}.duckdb")))
    assert now.execute(sql).fetchone() == before
    with snapshots.asking(sample, day) as past:
        assert past.execute(sql).fetchone() == before


# What the secretariat had on 1 July 2024: the first cohort's centre at work, the second cohort's
# applications being evaluated.
DAY = date(2024, 7, 1)
FIRST = {
    "cohorts": """\
cohort,name,opened_on,closed_on,decided_on,places,plan
1,One,2023-01-01,2023-03-31,2023-06-30,1,KAP
2,Two,2024-01-01,2024-05-01,,1,KAP
""",
    "applications": """\
application_id,cohort,country,organization,organization_type,submitted_on,stage,goals
A1,1,KEN,Hub,school,2023-02-01,selected,KAP-1
A2,1,FRA,Labo,museum,2023-02-02,not selected,
B1,2,FJI,Fale,school,2024-02-01,evaluated,KAP-2
B2,2,KEN,Kituo,school,,evaluated,KAP-1
B3,2,BTN,Dzong,museum,2024-03-01,submitted,
""",
    "application_stages": """\
application_id,stage,since
A1,submitted,2023-02-01
A1,selected,2023-06-30
A2,not selected,2023-06-30
B1,submitted,2024-02-01
B1,evaluated,2024-06-01
B2,submitted,2024-02-02
B2,evaluated,2024-06-15
B3,submitted,2024-03-01
""",
    "criteria": """\
cohort,criterion,name,weight,scale_min,scale_max
1,C1,Idea,1,0,10
2,C1,Idea,2,0,10
2,C2,Team,1,0,10
""",
    "reviewers": "reviewer\nR1\nR2\n",
    "scores": """\
application_id,reviewer,criterion,score,scored_on
A1,R1,C1,8,2023-05-01
A2,R1,C1,6,2023-05-01
B1,R1,C1,7,2024-06-10
B1,R1,C2,6,2024-06-10
B2,R1,C1,5,2024-06-11
B2,R1,C2,4,2024-06-11
""",
    "centres": "centre_id,application_id,name,country\nZ1,A1,Centre,KEN\n",
    "centre_statuses": """\
centre_id,status,since
Z1,selected,2023-06-30
Z1,operating,2023-10-01
""",
    "agreements": "centre_id,reference,signed_on,ends_on\nZ1,one,2023-08-01,2025-08-01\n",
    "indicators": """\
indicator,goal,name,direction,kind
I1,KAP-1,Trained,up,cumulative
I2,KAP-2,Founded,up,cumulative
""",
    "targets": """\
centre_id,indicator,baseline,target,due_on,set_on
Z1,I1,0,100,2025-06-30,2023-09-01
""",
    "measurements": """\
centre_id,indicator,measured_on,value,breakdown
Z1,I1,2024-03-31,10,
Z1,I1,2024-03-31,4,women
""",
    "milestones": """\
centre_id,milestone,due_on,done_on
Z1,Launch,2023-12-01,2023-11-20
Z1,Report,2024-06-01,
""",
}
# What had happened by the end of 2025: rows that came on, and the few that took others' place.
CAME = {
    "applications": "B4,2,UGA,Late,ministry,2024-07-02,withdrawn,KAP-3\n",
    "application_stages": """\
B1,not selected,2024-09-15
B2,selected,2024-09-15
B3,withdrawn,2024-07-02
B4,submitted,2024-07-02
B4,withdrawn,2024-08-01
""",
    "scores": "B1,R2,C1,1,2024-07-02\nB3,R1,C1,9,2024-07-03\nB3,R1,C2,9,2024-07-03\n",
    "centres": "Z2,B2,Second,KEN\n",
    "centre_statuses": "Z1,ended,2025-03-01\nZ2,selected,2024-09-15\n",
    "agreements": "Z1,two,2025-01-01,2026-01-01\nZ2,first,2024-12-01,2026-12-01\n",
    "targets": "Z1,I1,0,150,2025-06-30,2024-07-02\nZ1,I2,0,5,2025-06-30,2024-10-01\n",
    "measurements": "Z1,I1,2024-09-30,30,\nZ1,I2,2024-12-31,2,\nZ2,I1,2025-01-31,1,\n",
}
REPLACED = {
    "cohorts": [("2024-05-01,,1", "2024-05-01,2024-09-15,1")],
    "applications": [
        ("2024-02-01,evaluated", "2024-02-01,not selected"),
        ("school,,evaluated", "school,,selected"),
        ("2024-03-01,submitted", "2024-03-01,withdrawn"),
    ],
    "milestones": [("2024-06-01,\n", "2024-06-01,2024-08-01\n")],
}
# Which cohort opens and which codes an address may hold is the same on every day; the others speak
# of the import itself, or of the panel's model as it was stored then: a past day derives it.
OF_TODAY = {
    "filter_codes",
    "data_freshness",
    "import_record",
    "import_warnings",
    "reference_record",
    "panel_agreement",
    "panel_applications",
    "panel_reviewers",
}


def later(tables):
    """The same tables when more had come in."""
    grown = {name: text + CAME.get(name, "") for name, text in tables.items()}
    for name, pairs in REPLACED.items():
        for old, new in pairs:
            assert grown[name].count(old) == 1, old
            grown[name] = grown[name].replace(old, new)
    return grown


def told(snapshot, as_of=None):
    """The answers on both cohorts, one after the other."""
    return [
        answers(
            snapshot,
            cohort,
            today=DAY,
            as_of=as_of,
            extra=EXTRA | {"application": application},
        )
        for cohort, application in (("1", "A1"), ("2", "B1"))
    ]


def exceptions(ones, others):
    return set().union(*map(differing, ones, others)) - OF_TODAY


def test_a_later_snapshot_as_of_a_day_says_what_the_earlier_one_said(store_with):
    store_with(**FIRST)
    earlier = told(snapshots.current())
    store_with(**later(FIRST))
    now = told(snapshots.current())
    assert len(exceptions(earlier, now)) >= 20, "the later records change nothing"
    assert exceptions(earlier, told(snapshots.current(), as_of=DAY)) == set()


CORRECTED = {
    "a score": (
        {"scores": ("B1,R1,C1,7,", "B1,R1,C1,4,")},
        {
            "application_criteria",
            "application_record",
            "application_reviews",
            "applications",
            "cohort_record",
            "compared_applications",
            "compared_reviews",
            "dated_records",
            "line_neighbours",
            "panel_pool",
            "panel_reviews",
            "ranked_applications",
            "ranked_around",
            "ranked_means",
            "score_bins",
            "score_bins_by_criterion",
            "score_by_criterion",
            "score_by_part",
            "score_dots",
            "score_dots_by_criterion",
            "score_summary",
            "selection_pool",
        },
    ),
    "a report": (
        {"measurements": ("2024-03-31,10,", "2024-03-31,11,")},
        {"dated_records", "indicator_series", "measurements", "trend_reports"},
    ),
    "a name": (
        {"centres": ("Z1,A1,Centre", "Z1,A1,Renamed")},
        {
            "application_record",
            "centre_record",
            "centres",
            "country_centres",
            "dated_records",
            "indicator_series",
            "late_milestones",
            "network_moves",
        },
    ),
}


@pytest.mark.parametrize("name", CORRECTED)
def test_what_was_corrected_is_the_only_exception(store_with, name):
    changes, questions = CORRECTED[name]
    store_with(**FIRST)
    earlier = told(snapshots.current())
    corrected = FIRST | {table: FIRST[table].replace(*pair) for table, pair in changes.items()}
    store_with(**later(corrected))
    assert exceptions(earlier, told(snapshots.current(), as_of=DAY)) == questions
