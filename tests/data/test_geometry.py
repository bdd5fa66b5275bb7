"""The map's geometry as it is served, and what it says of where a place lies."""

import csv
import gzip
import json
import math
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from data.places import outside

ROOT = Path(__file__).parents[2]
SERVED = ROOT / "pages" / "static" / "un" / "world_50m.json"
REFERENCE = ROOT / "data" / "reference"


def rows(name):
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def world():
    return json.loads(SERVED.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def shapes(world):
    """For each area its polygons' outer rings in (longitude, latitude), as a browser reads them."""
    scale, translate = world["transform"]["scale"], world["transform"]["translate"]

    def arc(number):
        x = y = 0
        points = []
        for dx, dy in world["arcs"][number if number >= 0 else ~number]:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + translate[0], y * scale[1] + translate[1]))
        return points if number >= 0 else points[::-1]

    return {
        area["id"]: [[p for n in polygon[0] for p in arc(n)] for polygon in area["arcs"]]
        for area in world["objects"]["countries"]["geometries"]
    }


def test_is_at_most_120_kb_compressed():
    assert len(gzip.compress(SERVED.read_bytes(), 6)) <= 120_000


def test_every_itu_member_but_two_has_one_shape_of_its_own(world):
    codes = [area["id"] for area in world["objects"]["countries"]["geometries"]]
    members = {row["iso3"] for row in rows("countries.csv")}
    assert len(codes) == len(set(codes))
    assert len(members) == 195
    assert members - set(codes) == {"SMR", "VAT"}


def test_the_state_of_palestine_has_both_its_parts(shapes):
    east = [max(lon for lon, _ in ring) for ring in shapes["PSE"]]
    assert sorted(round(lon) for lon in east) == [35, 36]


def test_disputed_areas_keep_their_own_codes_and_are_nobodys(shapes):
    disputed = {"XJK", "XAC", "XAP", "XHT", "XBT", "XIT"}
    assert disputed <= set(shapes)
    drawn_with = {row["area"]: row["drawn_with"] for row in rows("map_areas.csv")}
    assert {drawn_with[area] for area in disputed} == {""}


def test_every_shape_has_an_area_and_turns_the_way_a_globe_needs(shapes):
    # d3 fills what lies to the right; a ring the wrong way round would fill the globe.
    for code, rings in shapes.items():
        for ring in rings:
            area = 0.0
            for (x0, y0), (x1, y1) in pairwise(ring):
                middle = math.sin(math.radians((y0 + y1) / 2))
                area += ((x1 - x0 + 180) % 360 - 180) * middle
            assert area > 0, (code, ring[:3])


def test_what_lies_behind_a_map_of_all_countries_is_nobodys(world):
    members = {row["iso3"] for row in rows("countries.csv")}
    areas = world["objects"]["countries"]["geometries"]
    others = [polygon for area in areas if area["id"] not in members for polygon in area["arcs"]]
    assert world["objects"]["ocean"]["geometries"][0]["arcs"] == others


def test_every_country_has_a_point_that_lies_in_it():
    points = pd.DataFrame(rows("country_points.csv"))
    assert points["country"].tolist() == [row["iso3"] for row in rows("countries.csv")]
    points = points.astype({"latitude": float, "longitude": float})
    assert not outside(points).any()


def test_small_islands_and_microstates_are_small_and_others_are_not():
    small = {row["country"] for row in rows("country_points.csv") if row["small"] == "yes"}
    assert {"MLT", "SGP", "TUV", "NRU", "MCO", "SMR", "VAT", "BRB", "MDV", "LIE"} <= small
    assert small.isdisjoint({"CUB", "ISL", "RWA", "BEL", "PNG", "SLV", "NLD"})


@pytest.mark.parametrize(
    "country, latitude, longitude, expected",
    [
        ("KEN", -1.29, 36.82, False),  # Nairobi
        ("KEN", 36.82, -1.29, True),  # ... its columns swapped
        ("KEN", 1.29, -36.82, True),  # ... its signs swapped
        ("COG", -4.32, 15.31, False),  # Kinshasa, across the river from Brazzaville
        ("COG", -11.66, 27.48, True),  # Lubumbashi, 900 km into the other Congo
        ("SGP", 1.35, 103.82, False),
        ("TUV", -8.52, 179.20, False),
        ("FJI", -16.80, -179.95, False),  # Taveuni, east of the antimeridian
        ("FJI", -18.14, 178.44, False),
        ("RUS", 66.15, -169.81, False),  # Uelen, east of the antimeridian
        ("RUS", 66.15, -165.00, True),  # Alaska
        ("KIR", 1.33, 172.98, False),
        ("KIR", 1.87, -157.40, False),
        ("FRA", -20.88, 55.45, False),  # Réunion
        ("FRA", 4.93, -52.33, False),  # French Guiana
        ("KEN", -20.88, 55.45, True),
        ("SMR", 43.93, 12.45, False),
        ("SMR", 45.44, 12.33, True),  # Venice
        ("PSE", 31.50, 34.45, False),
        ("IND", 34.08, 74.80, False),  # a disputed area is held against none of its neighbours
        ("PAK", 34.08, 74.80, False),
        ("KEN", 34.08, 74.80, True),
    ],
)
def test_a_place_must_lie_in_its_country_or_near_it(country, latitude, longitude, expected):
    place = pd.DataFrame(
        {"country": [country], "latitude": [latitude], "longitude": [longitude]}, index=[7]
    )
    assert outside(place).to_dict() == {7: expected}


def test_a_place_without_coordinates_is_not_outside():
    place = pd.DataFrame({"country": ["KEN"], "latitude": [None], "longitude": [36.8]})
    assert outside(place.astype({"latitude": float})).tolist() == [False]
