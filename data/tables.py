"""What comes in: the import format, one `Table` per file or workbook sheet.

Reading, checking, exporting, the template and the README's table all follow from this list.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["key", "keys", "text", "number", "value", "date", "choice", "country", "yes/no"]
"""How a cell reads:

key      text that names a row, here or elsewhere
keys     several of them, separated by `;`
text     anything
number   a decimal number
value    a number, or yes / no (stored as 1 / 0)
date     ISO 8601, YYYY-MM-DD
choice   one of the listed words
country  ISO alpha-2, alpha-3, or a name in any of the six languages
yes/no   yes or no
"""

STAGES = (
    "submitted",
    "eligible",
    "evaluated",
    "selected",
    "reserve",
    "not selected",
    "withdrawn",
)
STATUSES = ("selected", "agreement signed", "operating", "paused", "ended")
LEVELS = ("output", "outcome")
DIRECTIONS = ("up", "down")
KINDS = ("cumulative", "level", "yes/no")
# The six strategic objectives a centre may take up, at most five of them (facts.md, 1.3).
OBJECTIVES = ("1", "2", "3", "4", "5", "6")


@dataclass(frozen=True)
class Column:
    """One column of a file. `choices` holds the words a `choice` (or each of `keys`) may be."""

    name: str
    kind: Kind = "text"
    required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One file or sheet: its name, the database table it fills, its columns and its key.

    `lists` names the columns that hold several keys and the table each one fills
    (column -> (table, column there)).
    """

    name: str
    into: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    lists: tuple[tuple[str, str, str], ...] = ()

    def column(self, name: str) -> Column:
        """The column of that name; KeyError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


def _required(name: str, kind: Kind = "key", choices: tuple[str, ...] = ()) -> Column:
    return Column(name, kind, required=True, choices=choices)


TABLES = (
    Table(
        "cohorts",
        "cohort",
        ("cohort",),
        (
            _required("cohort"),
            _required("name", "text"),
            Column("opened_on", "date"),
            Column("closed_on", "date"),
            Column("decided_on", "date"),
            Column("places", "number"),
            _required("plan"),
            Column("sample", "yes/no"),
        ),
    ),
    Table(
        "applications",
        "application",
        ("application_id",),
        (
            _required("application_id"),
            _required("cohort"),
            _required("country", "country"),
            _required("organization", "text"),
            Column("organization_type"),
            Column("title"),
            Column("city"),
            Column("latitude", "number"),
            Column("longitude", "number"),
            Column("submitted_on", "date"),
            _required("stage", "choice", STAGES),
            Column("goals", "keys"),
            Column("objectives", "keys", choices=OBJECTIVES),
        ),
        (
            ("goals", "application_goal", "goal"),
            ("objectives", "application_objective", "objective"),
        ),
    ),
    Table(
        "application_stages",
        "application_stage",
        ("application_id", "stage", "since"),
        (
            _required("application_id"),
            _required("stage", "choice", STAGES),
            _required("since", "date"),
        ),
    ),
    Table(
        "criteria",
        "criterion",
        ("cohort", "criterion"),
        (
            _required("cohort"),
            _required("criterion"),
            _required("name", "text"),
            _required("weight", "number"),
            _required("scale_min", "number"),
            _required("scale_max", "number"),
            Column("description"),
        ),
    ),
    Table(
        "reviewers",
        "reviewer",
        ("reviewer",),
        (
            _required("reviewer"),
            Column("name"),
            Column("organization"),
            Column("country", "country"),
        ),
    ),
    Table(
        "scores",
        "score",
        ("application_id", "reviewer", "criterion"),
        (
            _required("application_id"),
            _required("reviewer"),
            _required("criterion"),
            _required("score", "number"),
            Column("scored_on", "date"),
            Column("comment"),
        ),
    ),
    Table(
        "conflicts",
        "conflict",
        ("person", "application_id", "country"),
        (
            _required("person"),
            Column("application_id", "key"),
            Column("country", "country"),
            Column("reason"),
        ),
    ),
    Table(
        "centres",
        "centre",
        ("centre_id",),
        (
            _required("centre_id"),
            Column("application_id", "key"),
            _required("name", "text"),
            _required("country", "country"),
            Column("city"),
            Column("latitude", "number"),
            Column("longitude", "number"),
            Column("host_type"),
            Column("objectives", "keys", choices=OBJECTIVES),
            Column("itu_office"),
        ),
        (("objectives", "centre_objective", "objective"),),
    ),
    Table(
        "agreements",
        "agreement",
        ("centre_id", "reference"),
        (
            _required("centre_id"),
            Column("reference"),
            Column("signed_on", "date"),
            Column("starts_on", "date"),
            Column("ends_on", "date"),
            Column("expected_outcomes"),
        ),
    ),
    Table(
        "centre_statuses",
        "centre_status",
        ("centre_id", "status", "since"),
        (
            _required("centre_id"),
            _required("status", "choice", STATUSES),
            _required("since", "date"),
        ),
    ),
    Table(
        "goals",
        "goal",
        ("goal",),
        (
            _required("goal"),
            _required("plan"),
            Column("parent", "key"),
            _required("name", "text"),
        ),
    ),
    Table(
        "indicators",
        "indicator",
        ("indicator",),
        (
            _required("indicator"),
            _required("goal"),
            _required("name", "text"),
            Column("unit"),
            Column("level", "choice", choices=LEVELS),
            _required("direction", "choice", DIRECTIONS),
            _required("kind", "choice", KINDS),
            Column("additive", "yes/no"),
        ),
    ),
    Table(
        "targets",
        "target",
        ("centre_id", "cohort", "indicator", "due_on", "set_on"),
        (
            # The owner is a centre or a cohort: exactly one of the two is filled.
            Column("centre_id", "key"),
            Column("cohort", "key"),
            _required("indicator"),
            Column("baseline", "value"),
            Column("baseline_on", "date"),
            _required("target", "value"),
            _required("due_on", "date"),
            Column("set_on", "date"),
        ),
    ),
    Table(
        "measurements",
        "measurement",
        ("centre_id", "indicator", "measured_on", "breakdown"),
        (
            _required("centre_id"),
            _required("indicator"),
            _required("measured_on", "date"),
            _required("value", "value"),
            Column("breakdown"),
            Column("source"),
            Column("reported_by"),
            Column("verified_on", "date"),
            Column("note"),
        ),
    ),
    Table(
        "milestones",
        "milestone",
        ("centre_id", "milestone"),
        (
            _required("centre_id"),
            _required("milestone", "text"),
            Column("due_on", "date"),
            Column("done_on", "date"),
        ),
    ),
)

BY_NAME = {table.name: table for table in TABLES}

# Sheets that we write beside the tables: what a check found, how a form is filled in, and lists to
# choose from. They are no tables and are left alone when the workbook comes back.
LISTED_SHEET, GUIDE_SHEET, CHOICES_SHEET = "_findings", "_guide", "_lists"
ASIDE = (LISTED_SHEET, GUIDE_SHEET, CHOICES_SHEET)

# A file or sheet of this name adds its rows to what is stored instead of replacing the table. Its
# headings in brackets, such as (last value), are for whoever fills it in and are not read.
ADDS = {"add to measurements": "measurements"}

# What the keys of a template's example rows are called; the import refuses them.
EXAMPLE = "EXAMPLE"

# (table, column) -> (table, column): the first must be among the second. `plan` is reference data,
# `every_goal` the goals that come with the dashboard and those that came in.
REFERENCES = (
    ("cohorts", "plan", "plan", "plan"),
    ("applications", "cohort", "cohorts", "cohort"),
    ("application_stages", "application_id", "applications", "application_id"),
    ("criteria", "cohort", "cohorts", "cohort"),
    ("scores", "application_id", "applications", "application_id"),
    ("scores", "reviewer", "reviewers", "reviewer"),
    ("conflicts", "application_id", "applications", "application_id"),
    ("centres", "application_id", "applications", "application_id"),
    ("agreements", "centre_id", "centres", "centre_id"),
    ("centre_statuses", "centre_id", "centres", "centre_id"),
    ("goals", "plan", "plan", "plan"),
    ("goals", "parent", "every_goal", "goal"),
    ("indicators", "goal", "every_goal", "goal"),
    ("targets", "centre_id", "centres", "centre_id"),
    ("targets", "cohort", "cohorts", "cohort"),
    ("targets", "indicator", "indicators", "indicator"),
    ("measurements", "centre_id", "centres", "centre_id"),
    ("measurements", "indicator", "indicators", "indicator"),
    ("milestones", "centre_id", "centres", "centre_id"),
)
