"""Is a place in its country? Imported only where data comes in: geopandas is heavy."""

import csv
from functools import lru_cache
from pathlib import Path

import geopandas
import numpy as np
import pandas as pd
import shapely

GEOMETRY = Path(__file__).parent.parent / "pages" / "static" / "un" / "world_50m.json"
AREAS = Path(__file__).parent / "reference" / "map_areas.csv"
POINTS = Path(__file__).parent / "reference" / "country_points.csv"

# The map's coasts and borders are made coarser by a few kilometres and towns stand on them; what
# is looked for are swapped signs and columns and the wrong country, which miss by far more.
TOLERANCE_KM = 25.0
KM_PER_DEGREE = 111.195


def outside(points: pd.DataFrame) -> pd.Series:
    """Whether each place lies further than TOLERANCE_KM from the country it is said to be in.

    Takes one row per place: country (ISO 3166-1 alpha-3), latitude and longitude (degrees).
    Returns booleans under the same index; False where a coordinate is missing. A place in one of
    the areas of `reference/map_areas.csv` is in every country of its `accepted_for`, so that a
    place in a disputed area is held against none of the neighbours. Raises KeyError for a country
    that is not in the reference list: that has been found before.
    """
    found = pd.Series(False, index=points.index)
    known = points.dropna(subset=["country", "latitude", "longitude"])
    for country, places in known.groupby("country"):
        shape = _shapes()[country]
        lon, lat = places["longitude"].to_numpy(), places["latitude"].to_numpy()
        away = ~(shapely.contains_xy(shape, lon, lat) | shapely.contains_xy(shape, lon + 360, lat))
        away[away] = [
            min(_km(shape, x, y), _km(shape, x + 360, y)) > TOLERANCE_KM
            for x, y in zip(lon[away], lat[away], strict=True)
        ]
        found[places.index] = away
    return found


def _km(shape: shapely.Geometry, lon: float, lat: float) -> float:
    """Kilometres from a place to a shape near it: on a flat map around the place."""
    squeeze = [np.cos(np.radians(lat)), 1.0]
    around = shapely.transform(shape, lambda each: (each - [lon, lat]) * squeeze)
    return shapely.distance(around, shapely.Point(0, 0)) * KM_PER_DEGREE


@lru_cache(maxsize=1)
def _shapes() -> dict[str, shapely.Geometry]:
    """For each country its shape and the areas accepted for it; a point where it has no shape."""
    drawn = geopandas.read_file(GEOMETRY, layer="countries").set_index("id").geometry
    parts = {code: [_straight(shape)] for code, shape in drawn.items()}
    with AREAS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for country in row["accepted_for"].split(";"):
                parts[country] += parts.get(row["area"], [])
    with POINTS.open(encoding="utf-8", newline="") as file:
        points = {
            row["country"]: shapely.Point(float(row["longitude"]), float(row["latitude"]))
            for row in csv.DictReader(file)
        }
    return {
        country: shapely.union_all(parts.get(country, [point])) for country, point in points.items()
    }


def _straight(shape: shapely.Geometry) -> shapely.Geometry:
    """A shape whose polygons run on past the antimeridian, to 190° instead of -170°."""
    polygons = [
        shapely.transform(part, lambda each: each + np.where(each[:, :1] < 0, [[360.0, 0.0]], 0.0))
        if part.bounds[2] - part.bounds[0] > 180
        else part
        for part in shapely.get_parts(shape)
    ]
    return shapely.union_all(shapely.make_valid(polygons))
