"""The README says what is true."""

import csv
import importlib.util
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
spec = importlib.util.spec_from_file_location("readme", ROOT / "tests" / "readme.py")
readme = importlib.util.module_from_spec(spec)
spec.loader.exec_module(readme)
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_generated_parts_are_up_to_date():
    assert readme.whole(TEXT) == TEXT, "run `make readme` and commit what it writes"


def test_every_make_target_it_names_exists():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)`", TEXT)) <= targets


def test_every_file_it_names_exists():
    named = re.findall(r"`((?:data|pages|queries|charts|reports|tests)/[\w./-]*)`", TEXT)
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_it_counts_the_regions_that_no_source_states():
    with (ROOT / "data/reference/country_groups.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            row for row in csv.DictReader(file) if row["group_code"] not in ("LDC", "LLDC", "SIDS")
        ]
    unstated = sum(not row["confidence"].startswith("stated") for row in rows)
    assert f"The regions of {unstated} countries are not stated by a source" in TEXT
