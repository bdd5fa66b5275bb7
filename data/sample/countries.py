"""The countries the lot draws from, as `data/reference/` has them."""

import csv
import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from data.sample.lot import Lot

GROUPS = ("LDC", "LLDC", "SIDS")


@dataclass(frozen=True)
class Country:
    """An ITU Member State or Resolution 99: ISO alpha-3 code, a point inside it, its groups."""

    code: str
    latitude: float
    longitude: float
    small: bool
    memberships: tuple[tuple[str, str, str], ...]

    def groups(self, day: dt.date) -> set[str]:
        """The codes of its ITU region, LDC, LLDC and SIDS on a day."""
        iso = day.isoformat()
        return {
            group
            for group, first, last in self.memberships
            if (not first or first <= iso) and (not last or iso < last)
        }

    def region(self, day: dt.date) -> str:
        """The code of its ITU region on a day; ValueError when it was in none or in several."""
        (region,) = self.groups(day) - set(GROUPS)
        return region

    def place(self, lot: Lot) -> tuple[float, float]:
        """A latitude and longitude near its point, nearer where the country is small."""
        reach = 0.004 if self.small else 0.1
        latitude = self.latitude + lot.within(-reach, reach)
        longitude = self.longitude + lot.within(-reach, reach)
        return round(latitude, 4), round(max(-180.0, min(180.0, longitude)), 4)


def read_countries(reference: Path) -> list[Country]:
    """All countries in the order of their codes."""
    memberships: dict[str, list[tuple[str, str, str]]] = {}
    for row in _rows(reference / "country_groups.csv"):
        memberships.setdefault(row["country"], []).append(
            (row["group_code"], row["valid_from"], row["valid_to"])
        )
    points = {row["country"]: row for row in _rows(reference / "country_points.csv")}
    return [
        Country(
            code,
            float(points[code]["latitude"]),
            float(points[code]["longitude"]),
            points[code]["small"].lower() in ("yes", "true", "1"),
            tuple(memberships[code]),
        )
        for code in sorted(row["iso3"] for row in _rows(reference / "countries.csv"))
    ]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
