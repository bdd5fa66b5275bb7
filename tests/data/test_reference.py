"""The reference tables say what SOURCES.md promises, and nothing that is not known."""

import csv
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
NAMES = ("name_en", "name_fr", "name_es", "name_ru", "name_ar", "name_zh")
KEYS = {
    "countries.csv": ("iso3",),
    "country_groups.csv": ("country", "group_code"),
    "country_aliases.csv": ("country", "alias"),
    "plans.csv": ("plan",),
    "goals.csv": ("goal",),
    "regional_initiatives.csv": ("plan", "code"),
    "terms.csv": ("term_key", "lang"),
    "published_totals.csv": ("what",),
}


def rows(file):
    with open(REFERENCE / file, encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def folded(name):
    """A name without case, accents, spaces and punctuation: the loosest way to read it."""
    letters = unicodedata.normalize("NFKD", name)
    return "".join(c for c in letters if c.isalnum()).casefold()


def members(group, on):
    """ISO alpha-3 codes in a group on an ISO day; `valid_to` is the first day out."""
    return {
        row["country"]
        for row in rows("country_groups.csv")
        if row["group_code"] == group
        and (not row["valid_from"] or row["valid_from"] <= on)
        and (not row["valid_to"] or on < row["valid_to"])
    }


@pytest.mark.parametrize("file", KEYS)
def test_files_are_plain_utf8_sorted_and_without_duplicate_keys(file):
    content = (REFERENCE / file).read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert content.endswith(b"\n")
    keys = [tuple(row[column] for column in KEYS[file]) for row in rows(file)]
    assert keys == sorted(set(keys))


def test_holds_194_member_states_and_the_state_of_palestine():
    countries = rows("countries.csv")
    assert len(countries) == 195
    others = [row["name_en"] for row in countries if row["itu_status"] != "member_state"]
    assert others == ["State of Palestine"]
    assert {row["itu_status"] for row in countries} == {"member_state", "resolution_99"}
    assert all(row[name].strip() for row in countries for name in NAMES)


def test_codes_are_text_and_unique():
    countries = {row["iso3"]: row for row in rows("countries.csv")}
    assert countries["NAM"]["iso2"] == "NA"
    assert countries["AFG"]["m49"] == "004"
    assert len({row["iso2"] for row in countries.values()}) == 195
    assert len({row["m49"] for row in countries.values()}) == 195
    assert {(len(r["iso3"]), len(r["iso2"]), len(r["m49"])) for r in countries.values()} == {
        (3, 2, 3)
    }


def test_no_name_belongs_to_two_countries():
    owners = {}
    for row in rows("countries.csv"):
        for name in NAMES:
            assert owners.setdefault(folded(row[name]), row["iso3"]) == row["iso3"]
    assert owners[folded("Кот-д’Ивуар")] == "CIV"


def test_every_country_is_in_one_region_and_the_totals_agree():
    regions = {"AFR": 44, "AMS": 35, "ARB": 22, "ASP": 39, "CIS": 9, "EUR": 46}
    assert {region: len(members(region, "2026-11-23")) for region in regions} == regions
    placed = Counter(c for region in regions for c in members(region, "2026-11-23"))
    assert placed == Counter(row["iso3"] for row in rows("countries.csv"))
    assert "PSE" in members("ARB", "2026-11-23")
    assert {"GEO", "MDA", "UKR"} <= members("EUR", "2026-11-23")


def test_counts_the_flags_of_23_november_2026():
    assert len(members("LDC", "2026-11-23")) == 44
    assert len(members("LLDC", "2026-11-23")) == 32
    assert len(members("SIDS", "2026-11-23")) == 37


def test_counts_the_least_developed_of_the_day_the_first_cohort_was_announced():
    then, now = members("LDC", "2023-09-01"), members("LDC", "2026-11-23")
    assert then - now == {"BTN", "STP"}
    assert len(then) == 46


@pytest.mark.parametrize(
    ("country", "group", "last_day", "first_day_out"),
    [
        ("STP", "LDC", "2024-12-12", "2024-12-13"),
        ("BTN", "LDC", "2023-12-12", "2023-12-13"),
        ("NPL", "LDC", "2026-11-23", "2026-11-24"),
        ("LAO", "LDC", "2026-11-23", "2026-11-24"),
        ("BHR", "SIDS", "2023-03-31", "2023-04-01"),
    ],
)
def test_a_membership_ends_the_day_before_valid_to(country, group, last_day, first_day_out):
    assert country in members(group, last_day)
    assert country not in members(group, first_day_out)


def test_uncertain_dates_say_so():
    marks = {
        (row["country"], row["group_code"]): row["confidence"]
        for row in rows("country_groups.csv")
        if row["valid_to"]
    }
    assert marks == {
        ("BHR", "SIDS"): "stated (month only)",
        ("BTN", "LDC"): "recalled",
        ("LAO", "LDC"): "stated as scheduled",
        ("NPL", "LDC"): "stated as scheduled",
        ("STP", "LDC"): "stated",
    }
    assert "BGD" in members("LDC", "2026-11-24")


def test_invents_no_beginning_of_a_membership():
    assert {row["valid_from"] for row in rows("country_groups.csv")} == {""}


@pytest.mark.parametrize(
    "file",
    [
        "country_groups.csv",
        "plans.csv",
        "goals.csv",
        "regional_initiatives.csv",
        "published_totals.csv",
    ],
)
def test_every_row_has_a_source_and_a_confidence(file):
    assert all(row["source"].strip() and row["confidence"].strip() for row in rows(file))


def test_every_term_says_whether_it_is_official_and_official_ones_say_where():
    for row in rows("terms.csv"):
        assert row["status"].strip()
        if row["status"].startswith(("official", "published")):
            assert row["text"].strip()
            assert row["source_url"].strip()


def test_the_five_priorities_bear_their_official_names():
    assert [(row["goal"], row["section"], row["name_en"]) for row in rows("goals.csv")] == [
        ("KAP-1", "4.1", "Affordable connectivity"),
        ("KAP-2", "4.2", "Digital transformation"),
        ("KAP-3", "4.3", "Enabling policy and regulatory environment"),
        ("KAP-4", "4.4", "Resource mobilization and international cooperation"),
        (
            "KAP-5",
            "4.5",
            "Inclusive and secure telecommunications/ICTs for sustainable development",
        ),
    ]
    assert {(row["plan"], row["parent"]) for row in rows("goals.csv")} == {("KAP", "")}


def test_the_two_plans_and_their_cycles():
    columns = ("plan", "name_en", "adopted_on", "cycle_start", "cycle_end")
    assert [tuple(row[column] for column in columns) for row in rows("plans.csv")] == [
        ("BAP", "Baku Action Plan", "", "2026", "2029"),
        ("KAP", "Kigali Action Plan", "2022-06-16", "2023", "2025"),
    ]


def test_ships_no_unverified_initiative_title():
    shipped = {(row["plan"], row["code"]): row["title"] for row in rows("regional_initiatives.csv")}
    small_states = (
        "Addressing special needs of least developed countries, small island developing states, "
        "including Pacific island countries, and landlocked developing countries"
    )
    assert shipped == {
        ("KAP", "AFR1"): "Supporting digital transformation to usher in a rapid transition to a "
        "digital economy while accelerating innovation in Africa",
        ("KAP", "AMS2"): "Enhancement and expansion of digital-literacy, digital-skills and "
        "digital-inclusion programmes, especially among vulnerable populations",
        ("KAP", "AMS3"): "Effective support for digital transformation and innovation ecosystems "
        "through scalable, funded and sustainable connectivity projects",
        ("KAP", "ASP1"): small_states,
        ("KAP", "CIS1"): "Developing infrastructure to promote innovation and partnerships in the "
        "introduction of new technologies – the Internet of Things, including the industrial "
        "Internet, smart cities and communities, 5G/IMT-2020 and next-generation NET-2030 "
        "communication networks, quantum technologies, artificial intelligence, digital health, "
        "digital skills and environmental protection",
        ("BAP", "ASP1"): small_states,
        ("BAP", "AMS1"): "Facilitating resilient infrastructure to enable deployment of universal "
        "and meaningful connectivity",
    }
    assert {row["confidence"] for row in rows("regional_initiatives.csv")} == {"stated"}


def test_published_totals_are_those_published():
    assert {
        row["what"]: (row["value"], row["approximate"], row["as_of"])
        for row in rows("published_totals.csv")
    } == {
        "applications": ("44", "yes", ""),
        "countries": ("35", "no", ""),
        "selected": ("17", "no", "2023-09-01"),
        "network": ("18", "no", "2026-03-06"),
    }


def test_dates_are_iso():
    days = [row["adopted_on"] for row in rows("plans.csv")]
    days += [row["as_of"] for row in rows("published_totals.csv")]
    days += [row["valid_to"] for row in rows("country_groups.csv")]
    assert all(date.fromisoformat(day).isoformat() == day for day in days if day)


ALIASES = {
    "Swaziland": "SWZ",
    "Cape Verde": "CPV",
    "Ivory Coast": "CIV",
    "Côte d'Ivoire": "CIV",
    "Кот-д'Ивуар": "CIV",
    "Burma": "MMR",
    "Macedonia": "MKD",
    "FYROM": "MKD",
    "Czech Republic": "CZE",
    "Turkey": "TUR",
    "Zaire": "COD",
    "DR Congo": "COD",
    "Congo-Kinshasa": "COD",
    "Congo-Brazzaville": "COG",
    "East Timor": "TLS",
    "UK": "GBR",
    "Великобритания": "GBR",
    "USA": "USA",
    "США": "USA",
    "Estados Unidos": "USA",
    "South Korea": "KOR",
    "Korea (Rep. of)": "KOR",
    "Южная Корея": "KOR",
    "North Korea": "PRK",
    "DPRK": "PRK",
    "Democratic People's Republic of Korea": "PRK",
    "Russia": "RUS",
    "Россия": "RUS",
    "Iran": "IRN",
    "Иран": "IRN",
    "Syria": "SYR",
    "Сирия": "SYR",
    "Laos": "LAO",
    "Vietnam": "VNM",
    "Tanzania": "TZA",
    "Bolivia": "BOL",
    "Venezuela": "VEN",
    "Moldova": "MDA",
    "Молдавия": "MDA",
    "Micronesia": "FSM",
    "Brunei": "BRN",
    "Vatican": "VAT",
    "Palestine": "PSE",
    "The Gambia": "GMB",
    "Bahamas, The": "BHS",
    "Netherlands": "NLD",
    "Pays-Bas": "NLD",
    "Nauru": "NRU",
    "Белоруссия": "BLR",
    "Киргизия": "KGZ",
    "Туркмения": "TKM",
    "美国": "USA",
    "روسيا": "RUS",
}


def test_knows_former_names_and_everyday_forms():
    known = {row["alias"]: row["country"] for row in rows("country_aliases.csv")}
    assert {alias: known.get(alias) for alias in ALIASES} == ALIASES


def test_no_alias_collides_with_another_country():
    owners, codes = {}, {row["iso3"] for row in rows("countries.csv")}
    for row in rows("countries.csv"):
        for column in ("iso2", "iso3", *NAMES):
            owners[folded(row[column])] = row["iso3"]
    for row in rows("country_aliases.csv"):
        assert row["country"] in codes
        owner = owners.setdefault(folded(row["alias"]), row["country"])
        assert owner == row["country"], row["alias"]


def test_aliases_say_what_kind_they_are():
    assert {row["kind"] for row in rows("country_aliases.csv")} == {
        "former name",
        "spelling variant",
        "short form",
        "other language variant",
    }
    languages = {"English", "French", "Spanish", "Russian", "Arabic", "Chinese"}
    for row in rows("country_aliases.csv"):
        assert row["note"].replace(";", ",").split(",")[0] in languages, row["alias"]


def test_every_name_can_be_typed_with_a_straight_apostrophe():
    known = {row["alias"] for row in rows("country_aliases.csv")}
    typographic = {row[name] for row in rows("countries.csv") for name in NAMES if "’" in row[name]}
    assert len(typographic) == 7
    assert {name.replace("’", "'") for name in typographic} <= known


def test_nothing_doubtful_or_outside_the_list_is_an_alias():
    known = {folded(row["alias"]) for row in rows("country_aliases.csv")}
    doubtful = ["Korea", "Корея", "Corée", "Congo", "Guinea", "Yugoslavia", "USSR", "America"]
    outside = [
        "Kosovo",
        "Taiwan",
        "Republic of China",
        "Hong Kong",
        "Macao",
        "Western Sahara",
        "Cook Islands",
        "Niue",
        "Greenland",
        "Puerto Rico",
        "Abkhazia",
        "Crimea",
    ]
    assert known.isdisjoint(folded(name) for name in doubtful + outside)
