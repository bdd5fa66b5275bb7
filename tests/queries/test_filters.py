"""What an address asks for, and what becomes of what it should not ask for."""

import pytest

from queries.filters import Filters, read

KNOWN = {
    "cohort": ["1", "2"],
    "region": ["AFR", "EUR"],
    "country": ["KEN", "UGA"],
    "stage": ["selected", "not selected"],
    "goal": ["KAP-1"],
    "group": ["LDC", "SIDS"],
    "type": ["regulator", "a, b"],
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
    assert read(address, KNOWN, "1") == (filters, dropped)


def test_what_is_written_into_an_address_reads_back_the_same():
    score = (1234567.25, 2000000.0)
    filters = Filters("2", "EUR", ("KEN", "UGA"), ("selected",), ("KAP-1",), ("LDC",), (), score)
    address = {k: v if isinstance(v, list) else [v] for k, v in filters.address().items()}
    assert read(address, KNOWN, "1") == (filters, [])


def test_an_empty_filter_lets_everything_through():
    assert set(Filters("1").parameters().values()) == {"1", None}


def test_clearing_keeps_the_cohort():
    filters = Filters("2", region="EUR", country=("KEN",))
    assert filters.only() == Filters("2")
    assert filters.without("region") == Filters("2", country=("KEN",))
    assert filters.only("region") == Filters("2", region="EUR")
