"""The map as a value: what is in the figure, and what is not."""

import pandas as pd
import pytest

from charts import maps
from charts.theme import DARK, LIGHT

LABELS = ["none", "one", "two", "more"]


def countries(*rows):
    """Rows of (code, name, count, latitude, longitude, small)."""
    frame = pd.DataFrame(
        rows, columns=["country", "name", "value", "latitude", "longitude", "small"]
    )
    return frame.assign(hover=[f"{count} applications" for count in frame["value"]])


KENYA = ("KEN", "Kenya", 1, 0.6, 37.9, False)
NAURU = ("NRU", "Nauru", 0, -0.52, 166.93, True)
TONGA = ("TON", "Tonga", 2, -21.2, -175.2, True)
INDIA = ("IND", "India", 5, 22.4, 79.3, False)


def drawn(frame, **options):
    """The figure's traces and layout as the browser gets them."""
    options = {"labels": LABELS, "dark": False, **options}
    figure = maps.world(frame, **options).to_plotly_json()
    return figure["data"], figure["layout"]


def markers(traces):
    """The markers one can point at: (code, size, colour), in the order they are drawn."""
    return [
        (code, trace["marker"]["size"], trace["marker"]["color"])
        for trace in traces
        if trace["type"] == "scattergeo" and "customdata" in trace
        for code in trace["customdata"]
    ]


def legend(traces):
    """What the legend shows, as (words, symbol, colour)."""
    return [
        (trace["name"], trace["marker"]["symbol"], trace["marker"]["color"])
        for trace in traces
        if trace["type"] == "scattergeo" and trace.get("showlegend") is not False
    ]


def test_every_country_in_question_can_be_pointed_at_and_gives_its_code():
    shapes = drawn(countries(KENYA, NAURU, TONGA, INDIA))[0][0]
    assert shapes["type"] == "choropleth"
    assert sorted(shapes["locations"]) == ["IND", "KEN", "NRU", "TON"]
    assert shapes["customdata"] == shapes["locations"]


def test_counts_fall_into_none_one_two_and_more():
    shapes = drawn(countries(KENYA, NAURU, TONGA, INDIA))[0][0]
    assert dict(zip(shapes["locations"], shapes["z"], strict=True)) == {
        "NRU": 0,
        "KEN": 1,
        "TON": 2,
        "IND": 3,
    }
    assert (shapes["zmin"], shapes["zmax"]) == (-0.5, 3.5)
    land, *blues = LIGHT.land, *LIGHT.sequential
    edges = [0, 0.25, 0.25, 0.5, 0.5, 0.75, 0.75, 1]
    fills = [land, land, blues[0], blues[0], blues[1], blues[1], blues[2], blues[2]]
    assert [tuple(step) for step in shapes["colorscale"]] == list(zip(edges, fills, strict=True))


def test_zero_is_a_class_of_its_own_in_the_legend():
    traces, _ = drawn(countries(KENYA, NAURU, TONGA, INDIA))
    assert legend(traces) == [
        ("none", "square", LIGHT.land),
        ("one", "square", LIGHT.sequential[0]),
        ("two", "square", LIGHT.sequential[1]),
        ("more", "square", LIGHT.sequential[2]),
    ]


def test_the_legend_lists_no_class_without_a_country():
    traces, _ = drawn(countries(KENYA, NAURU))
    assert [label for label, *_ in legend(traces)] == ["none", "one"]


def test_a_small_state_has_a_marker_of_its_class_and_a_large_one_none():
    traces, layout = drawn(countries(KENYA, NAURU, TONGA, INDIA))
    assert markers(traces) == [("NRU", 8, LIGHT.land), ("TON", 12, LIGHT.sequential[1])]
    # 8 pixels wide and taken from 4 pixels away on each side: 16 to hit.
    assert layout["hoverdistance"] == 4


def test_centres_lie_over_the_countries_with_a_shape_for_each_kind():
    centres = pd.DataFrame(
        {
            "country": ["KEN", "TON"],
            "name": ["Hub", "Lab"],
            "hover": ["operating", "ended"],
            "latitude": [-1.3, -21.1],
            "longitude": [36.8, -175.2],
            "kind": ["Ended", "Operating"],
        }
    )
    kinds = ["Operating", "Ended"]
    traces, _ = drawn(countries(KENYA, TONGA), centres=centres, kinds=kinds)
    assert markers(traces)[-2:] == [
        ("KEN", 12, LIGHT.categorical[2]),
        ("TON", 12, LIGHT.categorical[1]),
    ]
    assert legend(traces)[2:] == [
        ("Ended", "triangle-up", LIGHT.categorical[2]),
        ("Operating", "diamond", LIGHT.categorical[1]),
    ]


def test_a_kind_keeps_its_shape_whichever_are_there():
    centre = pd.DataFrame(
        {
            "country": ["KEN"],
            "name": ["Hub"],
            "hover": [""],
            "latitude": [-1.3],
            "longitude": [36.8],
            "kind": ["Ended"],
        }
    )
    traces, _ = drawn(countries(KENYA), centres=centre, kinds=["Operating", "Ended"])
    assert legend(traces)[1:] == [("Ended", "triangle-up", LIGHT.categorical[2])]
    with pytest.raises(ValueError, match="Ended"):
        drawn(countries(KENYA), centres=centre, kinds=["Operating"])


def test_names_are_words_and_never_markup():
    frame = countries(("KEN", '<a href="http://evil.example">K</a> & <b>', 1, 0.6, 37.9, True))
    traces, _ = drawn(frame, labels=["none", "<i>one</i>", "two", "more"])
    safe = (
        '<b>&lt;a href="http://evil.example"&gt;K&lt;/a&gt; &amp; &lt;b&gt;</b><br>1 applications'
    )
    assert traces[0]["text"] == [safe]
    assert traces[1]["text"] == [safe]
    assert legend(traces)[0][0] == "&lt;i&gt;one&lt;/i&gt;"


def test_there_is_no_geometry_in_the_figure_and_it_is_light():
    every = [
        (f"{first}{second}C", "A name of common length", 1, 10.25, 20.25, second in "ABC")
        for first in "ABCDEFGHIJKLM"
        for second in "ABCDEFGHIJKLMNO"
    ]
    world = maps.world(countries(*every), labels=LABELS, dark=False).to_json()
    assert "geojson" not in world and "coordinates" not in world
    assert len(world) < 30_000  # bytes
    africa = maps.world(
        countries(*every[:54]), labels=LABELS, dark=False, zoom=maps.REGIONS["AFR"]
    ).to_json()
    assert len(africa) < 12_000


def test_nothing_is_asked_of_another_host():
    assert maps.CONFIG["topojsonURL"] == "/app/static/un/"
    assert maps.CONFIG["plotlyServerURL"] == ""
    assert maps.CONFIG["showSendToCloud"] is False
    assert maps.CONFIG["displaylogo"] is False


def test_all_countries_lie_over_other_areas_and_some_over_all_land():
    _, layout = drawn(countries(KENYA, INDIA))
    assert (layout["geo"]["showocean"], layout["geo"]["showland"]) == (True, False)
    _, layout = drawn(countries(KENYA), zoom=maps.REGIONS["AFR"])
    assert (layout["geo"]["showocean"], layout["geo"]["showland"]) == (False, True)


def test_the_dark_map_has_the_dark_colours():
    traces, layout = drawn(countries(KENYA), dark=True)
    assert legend(traces)[0][2] == DARK.sequential[0]
    assert layout["geo"]["bgcolor"] == DARK.water
    assert layout["font"]["color"] == DARK.text


@pytest.mark.parametrize("zoom", [None, *maps.REGIONS.values()])
def test_areas_are_drawn_in_their_true_proportion(zoom):
    _, layout = drawn(countries(KENYA), zoom=zoom)
    assert layout["geo"]["projection"]["type"] in ("equal earth", "azimuthal equal area")


def test_a_country_is_seen_with_its_neighbours():
    west, south, east, north = maps.around(countries(KENYA))
    assert (round(west, 1), round(east, 1)) == (12.9, 62.9)
    assert (round(south, 1), round(north, 1)) == (-12.4, 13.6)


def test_countries_on_both_sides_of_the_antimeridian_are_shown_together():
    fiji = ("FJI", "Fiji", 1, -17.8, 178.0, True)
    west, _, east, _ = maps.around(countries(fiji, TONGA))
    assert (round(west, 1), round(east, 1)) == (156.4, 206.4)


def test_a_broad_country_is_shown_whole():
    west, south, east, north = maps.around(countries(("RUS", "Russia", 1, 62.0, 107.9, False)))
    assert (west, south, east, north) == (19.0, 41.0, 191.0, 82.0)


def test_countries_all_over_the_world_are_shown_on_the_world():
    chile = ("CHL", "Chile", 1, -23.5, -69.1, False)
    assert maps.around(countries(chile, KENYA, TONGA, INDIA)) is None
    assert maps.around(countries()) is None


def test_each_region_shows_the_middle_of_countries_that_are_far_out():
    far_out = {
        "AFR": [(16.0, -24.0), (-20.2, 57.6), (-30.5, 23.2)],
        "AMS": [(64.8, -150.0), (-54.8, -68.3), (13.2, -59.6), (66.0, -62.0)],
        "ARB": [(-11.6, 43.3), (20.3, -10.3), (21.0, 57.0), (36.8, 10.0)],
        "ASP": [(32.0, 53.0), (1.8, -157.4), (-43.9, 170.5), (46.9, 103.8)],
        "CIS": [(53.5, 28.0), (40.1, 45.0), (38.5, 70.0), (66.1, -170.5), (54.7, 20.5)],
        "EUR": [(65.0, -18.5), (32.0, 35.0), (39.0, -9.0), (69.7, 25.0), (39.9, 41.0)],
    }
    for region, places in far_out.items():
        west, south, east, north = maps.REGIONS[region]
        for lat, lon in places:
            inside = any(west < lon + turn < east for turn in (0, 360))
            assert inside and south < lat < north, (region, lat, lon)


@pytest.mark.parametrize(
    "values, expected",
    [
        ([0, 0, 1, 1, 2, 3], [(1, 1), (2, 2), (3, None)]),
        ([0, 0], [(1, 1), (2, 2), (3, None)]),
        ([], [(1, 1), (2, 2), (3, None)]),
        ([4, 4, 4], [(1, 3), (4, 4), (5, None)]),
        ([100, 1_400, 2_600, 5_200, 9_700], [(1, 1999), (2000, 3999), (4000, None)]),
    ],
)
def test_classes_tell_countries_apart_when_counts_are_small_and_when_they_are_large(
    values, expected
):
    assert maps.classes(pd.Series(values, dtype="int64")) == expected
