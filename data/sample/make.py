"""Write the sample: `python -m data.sample.make [FOLDER]`.

Two cohorts in the import format. Countries and results are drawn by lot from a fixed seed,
organizations are fictional; README.md beside this file says what was drawn and by which rules.
The same reference data gives the same bytes every time.
"""

import csv
import sys
from pathlib import Path

from data.sample.cohort import cohort_1, cohort_2
from data.sample.countries import read_countries
from data.sample.network import network
from data.tables import BY_NAME

HERE = Path(__file__).parent
REFERENCE = HERE.parent / "reference"

Rows = list[dict[str, object]]


def build(reference: Path = REFERENCE) -> dict[str, Rows]:
    """The sample's tables, `{name: rows}`; a row leaves out what is not known.

    reference: the folder with countries.csv, country_groups.csv and country_points.csv.
    """
    countries = read_countries(reference)
    first = cohort_1(countries)
    second = cohort_2(countries)
    tables = {name: first.get(name, []) + second.get(name, []) for name in {**first, **second}}
    return tables | network(first)


def write(tables: dict[str, Rows], folder: Path) -> None:
    """Write each table as `<name>.csv` in UTF-8 into `folder`, which is made when missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        columns = [column.name for column in BY_NAME[name].columns]
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


if __name__ == "__main__":
    write(build(), Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
