"""Valid cohorts, drawn by hypothesis: every table, and in its cells whatever may stand there."""

import csv
from datetime import date
from pathlib import Path

from hypothesis import strategies as st

# Everything that may stand in a cell: no control characters, nothing that turns the direction.
LETTERS = st.characters(
    codec="utf-8",
    exclude_categories=("Cc", "Cs"),
    exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff",
)
# What a spreadsheet, a CSV or XML reader or the import itself might take for something else.
TRAPS = st.sampled_from(
    [
        "=1+1",
        "'",
        "''",
        "'=x",
        "''=x",
        "+1",
        "-1",
        "@x",
        "\t=x",
        "a,b",
        'a"b',
        '"',
        "a\nb",
        "a\r\nb",
        "a\rb",
        "NA",
        "NULL",
        "null",
        "007",
        "1E5",
        "7,5",
        "03/04/2025",
        "true",
        "TRUE",
        "yes",
        "#N/A",
        "日本",
        "‏نص",
        " x ",
        "\u2028x",
        "_x0041_",
        "_x000D_",
        "<b>&amp;</b>",
        "<r>x</r>",
        "{=1}",
        "http://example.org/",
        "internal:Sheet1!A1",
        "e\u0301",
        "𝔘",
    ]
)
TEXTS = st.one_of(TRAPS, st.text(LETTERS, min_size=1, max_size=12))
NAMES = TEXTS.filter(lambda text: text.strip(" \t\n\r\u2028\u2029") and text.strip())
OPTIONAL = st.one_of(st.just(""), TEXTS)
NUMBERS = st.one_of(st.floats(-1e12, 1e12), st.floats(-1e-3, 1e-3)).map(repr)
DATES = st.dates(date(1, 1, 1), date(9999, 12, 31)).map(date.isoformat)
DAYS = st.one_of(st.just(""), DATES)
COUNTRIES = st.sampled_from(["KEN", "NA", "Côte d’Ivoire", "中国", "Fiji"])
GOALS = ["KAP-1", "KAP-4", "=G", "'g"]
Tables = dict[str, list[dict[str, str]]]


def _keys(values: list[str]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(values), unique=True).map("; ".join)


@st.composite
def cohorts(draw: st.DrawFn) -> Tables:
    """A batch that is right: table -> rows -> column -> text."""

    def many(least: int = 0, most: int = 3) -> range:
        return range(draw(st.integers(least, most)))

    def some(**columns: st.SearchStrategy[str]) -> dict[str, str]:
        return {name: draw(strategy) for name, strategy in columns.items()}

    applications = [
        {"application_id": f"=A{n}", "cohort": "1"}
        | some(
            country=COUNTRIES,
            organization=NAMES,
            organization_type=OPTIONAL,
            title=OPTIONAL,
            city=OPTIONAL,
            submitted_on=DAYS,
            stage=st.sampled_from(["submitted", "Withdrawn", "reserve"]),
            goals=_keys(GOALS),
            objectives=_keys(list("123456")),
        )
        for n in many(1, 4)
    ]
    reviewers = [
        {"reviewer": f"'R{n}"}
        | some(name=OPTIONAL, organization=OPTIONAL, country=st.one_of(st.just(""), COUNTRIES))
        for n in many(1)
    ]
    scores = [
        {"application_id": a["application_id"], "reviewer": r["reviewer"], "criterion": "-C"}
        | some(score=NUMBERS, scored_on=DAYS, comment=OPTIONAL)
        for a in applications
        for r in reviewers
        if draw(st.booleans())
    ]
    centres = [
        {"centre_id": f"@Z{n}", "country": "KEN", "latitude": "-1.29", "longitude": "36.82"}
        | some(name=NAMES, city=OPTIONAL, host_type=OPTIONAL, itu_office=OPTIONAL)
        for n in many()
    ]
    return {
        "cohorts": [
            {"cohort": "1", "plan": "KAP", "places": "17"}
            | some(name=NAMES, sample=st.sampled_from(["yes", "no", ""]))
        ],
        "applications": applications,
        "criteria": [
            {"cohort": "1", "criterion": "-C", "scale_min": "-1e12", "scale_max": "1e12"}
            | some(name=NAMES, description=OPTIONAL, weight=st.sampled_from(["0.1", "1e-9", "3"]))
        ],
        "reviewers": reviewers,
        "scores": scores,
        "conflicts": [
            {"person": f"+p{n}@example.org", "application_id": "=A0"} | some(reason=OPTIONAL)
            for n in many()
        ],
        "centres": centres,
        "agreements": [
            {"centre_id": centre["centre_id"], "reference": f"0{n}"}
            | some(signed_on=DAYS, expected_outcomes=OPTIONAL)
            for n, centre in enumerate(centres)
        ],
        "goals": [{"goal": goal, "plan": "KAP"} | some(name=NAMES) for goal in GOALS[2:]],
        "indicators": [
            {"indicator": f"{n}", "direction": "up", "kind": kind}
            | some(
                goal=st.sampled_from(GOALS),
                name=NAMES,
                unit=OPTIONAL,
                level=st.sampled_from(["", "output", "outcome"]),
                additive=st.sampled_from(["yes", "no", ""]),
            )
            for n, kind in enumerate(["cumulative", "yes/no"])
        ],
        "targets": [
            {"centre_id": centre["centre_id"], "indicator": "0"}
            | some(baseline=NUMBERS, target=NUMBERS, due_on=DATES, set_on=DAYS)
            for centre in centres
        ],
        "measurements": [
            {"centre_id": centre["centre_id"], "indicator": "1"}
            | some(
                measured_on=DATES,
                value=st.sampled_from(["yes", "no", "1"]),
                breakdown=OPTIONAL,
                source=OPTIONAL,
                reported_by=OPTIONAL,
                note=OPTIONAL,
            )
            for centre in centres
        ],
        "milestones": [
            {"centre_id": centre["centre_id"], "milestone": f"0{n}E5"} | some(due_on=DAYS)
            for n, centre in enumerate(centres)
        ],
    }


def write(folder: Path, tables: Tables) -> Path:
    """The batch as CSV files in a new folder; tables without rows are left out."""
    folder.mkdir()
    for name, rows in tables.items():
        if rows:
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, rows[0])
                writer.writeheader()
                writer.writerows(rows)
    return folder
