"""What an address asks for, and what becomes of what it should not ask for."""

from datetime import date

import pytest

from queries.filters import Filters, read

TODAY = date(2026, 11, 24)
KNOWN = {
    "cohort": ["1", "2"],
    "region": ["AFR", "EUR"],
    "country": ["KEN", "UGA"],
    "stage": ["selected", "not selected"],
    "goal": ["KAP-1"],
    "group": ["LDC", "SIDS"],
    "type": ["regulator", "a, b"],
    "snapshot": ["1", "3"],
}

CASES = {
    "nothing": ({}, Filters("1"), []),
    "a cohort": ({"cohort": ["2"]}, Filters("2"), []),
    "an unknown cohort": ({"cohort": ["9"]}, Filters("1"), [("cohort", "9")]),
    "a region": ({"region": ["AFR"]}, Filters("1", region="AFR"), []),
    "two regions": (
        {"region": ["AFR", "EUR"]},
        Filters("1", region="AFR"),
        [("region", "EUR")],
    ),
    "a region by its name": ({"region": ["Africa"]}, Filters("1"), [("region", "Africa")]),
    "a region in small letters": ({"region": ["afr"]}, Filters("1"), [("region", "afr")]),
    "two countries": (
        {"country": ["UGA", "KEN"]},
        Filters("1", country=("UGA", "KEN")),
        [],
    ),
    "one country of two known": (
        {"country": ["KEN", "XXX"]},
        Filters("1", country=("KEN",)),
        [("country", "XXX")],
    ),
    "the same country twice": (
        {"country": ["KEN", "KEN"]},
        Filters("1", country=("KEN",)),
        [],
    ),
    "a stage of two words": (
        {"stage": ["not selected"]},
        Filters("1", stage=("not selected",)),
        [],
    ),
    "a type with a comma": ({"type": ["a, b"]}, Filters("1", type=("a, b",)), []),
    "empty values": ({"region": [""], "country": [""]}, Filters("1"), []),
    "a range": ({"score": ["60-80"]}, Filters("1", score=(60.0, 80.0)), []),
    "a range with decimals": ({"score": ["6.5-7.25"]}, Filters("1", score=(6.5, 7.25)), []),
    "a range upside down": ({"score": ["80-60"]}, Filters("1"), [("score", "80-60")]),
    "half a range": ({"score": ["60"]}, Filters("1"), [("score", "60")]),
    "a range of nothing": ({"score": ["nan-nan"]}, Filters("1"), [("score", "nan-nan")]),
    "a range without end": ({"score": ["0-inf"]}, Filters("1"), [("score", "0-inf")]),
    "a past day": ({"as_of": ["2025-06-30"]}, Filters("1", as_of=date(2025, 6, 30)), []),
    "today as a day": ({"as_of": ["2026-11-24"]}, Filters("1", as_of=TODAY), []),
    "tomorrow": ({"as_of": ["2026-11-25"]}, Filters("1"), [("as_of", "2026-11-25")]),
    "a day that is none": ({"as_of": ["2025-06-31"]}, Filters("1"), [("as_of", "2025-06-31")]),
    "a day in short": ({"as_of": ["20250630"]}, Filters("1"), [("as_of", "20250630")]),
    "a moment": ({"as_of": ["2025-06-30T12:00"]}, Filters("1"), [("as_of", "2025-06-30T12:00")]),
    "two days": (
        {"as_of": ["2025-06-30", "2024-01-31"]},
        Filters("1", as_of=date(2025, 6, 30)),
        [("as_of", "2024-01-31")],
    ),
    "a snapshot": ({"snapshot": ["3"]}, Filters("1", snapshot=3), []),
    "an unknown snapshot": ({"snapshot": ["2"]}, Filters("1"), [("snapshot", "2")]),
    "a snapshot that is no number": ({"snapshot": ["3.0"]}, Filters("1"), [("snapshot", "3.0")]),
    "SQL": (
        {"region": ["AFR' or 1=1 --"]},
        Filters("1"),
        [("region", "AFR' or 1=1 --")],
    ),
    "a parameter that is no filter": ({"lang": ["ru"], "x": ["y"]}, Filters("1"), []),
}


@pytest.mark.parametrize("name", CASES)
def test_an_address_is_read_and_what_means_nothing_is_named(name):
    address, filters, dropped = CASES[name]
    assert read(address, KNOWN, "1", TODAY) == (filters, dropped)


def test_what_is_written_into_an_address_reads_back_the_same():
    score = (1234567.25, 2000000.0)
    filters = Filters(
        "2",
        "EUR",
        ("KEN", "UGA"),
        ("selected",),
        ("KAP-1",),
        ("LDC",),
        (),
        score,
        date(2023, 6, 30),
        3,
    )
    address = {k: v if isinstance(v, list) else [v] for k, v in filters.address().items()}
    assert read(address, KNOWN, "1", TODAY) == (filters, [])


def test_an_empty_filter_lets_everything_through():
    assert set(Filters("1").parameters().values()) == {"1", None}


def test_clearing_keeps_the_cohort_the_day_and_the_snapshot():
    filters = Filters("2", region="EUR", country=("KEN",), as_of=TODAY, snapshot=3)
    assert filters.only() == Filters("2", as_of=TODAY, snapshot=3)
    assert filters.without("region") == Filters("2", country=("KEN",), as_of=TODAY, snapshot=3)
    assert filters.only("region") == Filters("2", region="EUR", as_of=TODAY, snapshot=3)


def test_a_day_narrows_nothing_and_is_let_go_by_its_name():
    assert Filters("2", as_of=TODAY).set() == ()
    assert Filters("2", region="EUR", as_of=TODAY).without("as_of") == Filters("2", region="EUR")
