"""A country may be written as a code or by any of its names; nothing is guessed."""

import csv
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from data import importing

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
NAMES = ("name_en", "name_fr", "name_es", "name_ru", "name_ar", "name_zh")


def _rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _codes(folder: Path, spellings: list[str]) -> list[str]:
    """The code stored for each spelling, from one import."""
    folder.mkdir()
    (folder / "cohorts.csv").write_text("cohort,name,plan\n1,One,KAP\n")
    with (folder / "applications.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["application_id", "cohort", "country", "organization", "stage"])
        for number, spelling in enumerate(spellings):
            writer.writerow([f"A{number:05}", "1", spelling, "Hub", "submitted"])
    with importing.drafted(folder) as draft:
        assert draft.hash, "\n".join(draft.findings.lines())
        with duckdb.connect(draft.path, read_only=True) as database:
            sql = "select country from application order by application_id"
            return [code for (code,) in database.execute(sql).fetchall()]


def test_knows_every_code_every_name_in_six_languages_and_every_alias(tmp_path: Path) -> None:
    expected = [
        (row[column], row["iso3"])
        for row in _rows("countries")
        for column in ("iso2", "iso3", *NAMES)
    ]
    expected += [(row["alias"], row["country"]) for row in _rows("country_aliases")]
    assert len(expected) > 2000
    codes = _codes(tmp_path / "all", [spelling for spelling, _ in expected])
    assert codes == [code for _, code in expected]


def test_tolerates_case_accents_apostrophes_hyphens_and_spaces(tmp_path: Path) -> None:
    spellings = {
        "NA": "NAM",
        "Namibia": "NAM",
        "ke": "KEN",
        "Cote d'Ivoire": "CIV",
        "CÔTE D’IVOIRE": "CIV",
        "Guinea Bissau": "GNB",
        "  Timor-Leste ": "TLS",
        "turkiye": "TUR",
        "КЕНИЯ": "KEN",
        "中国": "CHN",
    }
    assert _codes(tmp_path / "some", list(spellings)) == list(spellings.values())


@pytest.mark.parametrize("text", ["N/A", "n.a.", "-", "?", "XX", "Global", "EU", "Europe"])
def test_says_of_nothing_else_that_it_is_a_country(text: str, refused: Callable) -> None:
    (line,) = refused(reviewers=("KEN", text))
    assert line.startswith(
        f"reviewers.csv:2:country: {text} is not in the list of ITU Member States and "
        "Resolution 99; ask the secretariat ("
    )


@pytest.mark.parametrize(
    "text, country",
    [("Keniya", "Kenya"), ("Phillipines", "Philippines"), ("Кирибатти", "Kiribati")],
)
def test_names_the_nearest_country(text: str, country: str, refused: Callable) -> None:
    (line,) = refused(reviewers=("KEN", text))
    assert line.endswith(f"(did you mean {country}?)")
