"""The rules of the house, proved by reading its sources.

A rule is a function from a project's folder to what breaks it there, so that each can be shown a
project that does. Style and docstrings are ruff's and sqlfluff's work, in `make lint`.
"""

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).parents[1]

# Who may know whom; the longest beginning of a path decides. What is neither here nor in Python's
# library may not be imported, so Streamlit stays in dashboard.py and pages/.
KNOWS = {
    "dashboard.py": "pages.parts streamlit starlette",
    "pages/frame.py": "pages.parts streamlit",
    "pages/parts/": (
        "pages.parts queries charts analysis plotly reports streamlit starlette numpy pandas"
    ),
    "pages/parts/import": (
        "pages.parts queries charts plotly reports data streamlit starlette numpy pandas"
    ),
    "pages/": "pages.parts charts analysis streamlit pandas",
    "queries/": "queries data.store duckdb pandas babel",
    # The panel's model is computed when data comes in, so that a page only reads.
    "data/": (
        "data analysis duckdb geopandas shapely numpy pandas pyarrow python_calamine xlsxwriter "
        "openpyxl"
    ),
    # The command line speaks the reader's language, as pages do.
    "data/__main__.py": "data queries.words",
    "charts/": "charts plotly numpy pandas",
    "analysis/": "analysis numpy scipy pandas",
    "reports/": "reports queries analysis charts numpy pandas pyarrow xlsxwriter typst",
}

# They double the server's memory: only processes that import or print load them.
HEAVY = ("geopandas", "statsmodels", "pingouin", "typst", "pptx", "openpyxl")
# So do these, a little; what computes with them loads them when it is asked.
LATE = ("scipy.sparse", "scipy.optimize")

# A view shows one cohort out of one snapshot, so these need no order.
ONE_ROW = ("-- One row per cohort.", "-- One row per snapshot.")

MACHINE_PATH = re.compile(r"(?<![\w.])/(?:root|home/[a-z]+|work|tmp)/[A-Za-z]")
REGISTRY = re.compile(r"pypi\.org|pythonhosted\.org|registry\.npmjs|proxy\.golang|crates\.io")


def files(root: Path, *suffixes: str) -> Iterator[tuple[str, Path]]:
    """The project's files by their path in it: not what tools, tests and readers leave behind."""
    for folder, folders, names in os.walk(root):
        inside = Path(folder).relative_to(root)
        folders[:] = [
            name
            for name in sorted(folders)
            if name in (".ci", ".streamlit") or not name.startswith((".", "__"))
            if (inside / name).as_posix() != "data/store"
        ]
        for name in sorted(names):
            if not suffixes or name.endswith(suffixes):
                yield (inside / name).as_posix(), Path(folder) / name


def is_page(path: str) -> bool:
    """Whether this is a page: a script in a section's folder."""
    return bool(re.fullmatch(r"pages/(?!parts/)[^/]+/[^/]+\.py", path))


def imports(tree: ast.AST) -> Iterator[str]:
    """Every name that is imported, in full, also inside functions; `.` begins a relative one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = "." * node.level + (node.module or "")
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def knows_only_whom_it_may(root: Path) -> Iterator[str]:
    for path, file in files(root, ".py"):
        if path.startswith("tests/"):
            continue
        layer = max((start for start in KNOWS if path.startswith(start)), key=len, default=None)
        allowed = KNOWS.get(layer, "").split()
        for name in sorted(set(imports(ast.parse(file.read_text(encoding="utf-8"))))):
            if name.split(".")[0] not in sys.stdlib_module_names and not any(
                f"{name}.".startswith(f"{known}.") for known in allowed
            ):
                yield f"{path} imports {name}"


def figures_and_analysis_read_no_files(root: Path) -> Iterator[str]:
    banned = ("os", "io", "pathlib", "shutil", "glob", "importlib", "sqlite3", "urllib")
    for path, file in files(root, ".py"):
        if not path.startswith(("charts/", "analysis/")):
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        yield from (
            f"{path} imports {name}" for name in imports(tree) if name.split(".")[0] in banned
        )
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if called == "open" or called.startswith(("read_", "to_file", "write_")):
                    yield f"{path}:{node.lineno} calls {called}"


def sections_and_test_folders_are_no_packages(root: Path) -> Iterator[str]:
    for path, _ in files(root, "__init__.py"):
        if is_page(path) or path.startswith("tests/"):
            yield path


def files_are_short(root: Path) -> Iterator[str]:
    for path, file in files(root, ".py", ".sql", ".js", ".css"):
        limit = 80 if is_page(path) else 500
        lines = len(file.read_text(encoding="utf-8").splitlines())
        if lines > limit:
            yield f"{path} has {lines} lines, more than {limit}"


def questions_say_what_they_answer(root: Path) -> Iterator[str]:
    for path, file in files(root, ".sql"):
        if not path.startswith("queries/"):
            continue
        sql = file.read_text(encoding="utf-8")
        first, second = [*sql.splitlines(), "", ""][:2]
        if not re.fullmatch(r"-- [A-Z].*\?", first):
            yield f"{path} does not begin with its question"
        if not second.startswith("-- One row per "):
            yield f"{path} does not say `-- One row per …` in its second line"
        try:
            kinds = [statement.type for statement in duckdb.extract_statements(sql)]
        except duckdb.Error as error:
            yield f"{path} cannot be read: {error}"
            continue
        if kinds != [duckdb.StatementType.SELECT]:
            yield f"{path} is not one select"
        if "order by" not in sql and second not in ONE_ROW:
            yield f"{path} leaves the order to chance"


def every_question_has_its_rights(root: Path) -> Iterator[str]:
    asked = {
        path.removeprefix("queries/").removesuffix(".sql")
        for path, _ in files(root, ".sql")
        if path.startswith("queries/")
    }
    table = root / "queries" / "rights.toml"
    listed = tomllib.loads(table.read_text(encoding="utf-8"))["questions"] if asked else ()
    yield from (f"{name} is in no line of rights.toml" for name in sorted(asked - set(listed)))
    yield from (
        f"rights.toml lists {name}, a question nobody wrote" for name in listed if name not in asked
    )


def every_page_is_registered(root: Path) -> Iterator[str]:
    strings = {
        node.value
        for path, file in files(root, ".py")
        if path.startswith(("pages/frame.py", "pages/parts/"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    for path, _ in files(root, ".py"):
        if is_page(path) and path.removeprefix("pages/") not in strings:
            yield f"{path} is not in the page register"


def names_no_machine_and_no_registry(root: Path) -> Iterator[str]:
    for path, file in files(root):
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            yield from (
                f"{path}:{number} names {found.group()}"
                for pattern in (MACHINE_PATH, REGISTRY)
                if (found := pattern.search(line))
            )


def scripts_stop_at_the_first_fault(root: Path) -> Iterator[str]:
    for path, file in files(root):
        if not path.startswith(".ci/") and not path.endswith(".sh"):
            continue
        lines = file.read_text(encoding="utf-8").splitlines()
        if lines[:1] != ["#!/usr/bin/env bash"] or "set -euo pipefail" not in lines:
            yield f"{path} lacks `#!/usr/bin/env bash` and `set -euo pipefail`"
        if not os.access(file, os.X_OK):
            yield f"{path} cannot be executed"


RULES = (
    knows_only_whom_it_may,
    figures_and_analysis_read_no_files,
    sections_and_test_folders_are_no_packages,
    files_are_short,
    questions_say_what_they_answer,
    every_question_has_its_rights,
    every_page_is_registered,
    names_no_machine_and_no_registry,
    scripts_stop_at_the_first_fault,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_its_rule(rule: Callable[[Path], Iterator[str]]):
    broken = list(rule(ROOT))
    assert not broken, "\n" + "\n".join(broken)


GOOD_SQL = "-- How many?\n-- One row per country.\nselect country from t order by country;\n"
RIGHTS = '[questions]\nhow_many = "everybody"\n'

# A rule, a project that breaks it, and what the rule says of it.
BROKEN = [
    (
        knows_only_whom_it_may,
        {"pages/selection/scores.py": "def late():\n    from queries.view import View\n"},
        ["pages/selection/scores.py imports queries.view.View"],
    ),
    (
        knows_only_whom_it_may,
        {"pages/parts/door.py": "import duckdb\nimport data.store\nfrom parts import text\n"},
        [
            "pages/parts/door.py imports data.store",
            "pages/parts/door.py imports duckdb",
            "pages/parts/door.py imports parts.text",
        ],
    ),
    (
        knows_only_whom_it_may,
        {"queries/view.py": "from data import importing\nfrom data.store import current\n"},
        ["queries/view.py imports data.importing"],
    ),
    (
        knows_only_whom_it_may,
        {"charts/a.py": "import streamlit"},
        ["charts/a.py imports streamlit"],
    ),
    (knows_only_whom_it_may, {"tool.py": "import duckdb"}, ["tool.py imports duckdb"]),
    (knows_only_whom_it_may, {"data/a.py": "from . import b"}, ["data/a.py imports ..b"]),
    (
        figures_and_analysis_read_no_files,
        {"charts/a.py": "import pathlib\nopen('x')\nframe.read_csv('y')\n"},
        ["charts/a.py imports pathlib", "charts/a.py:2 calls open", "charts/a.py:3 calls read_csv"],
    ),
    (
        sections_and_test_folders_are_no_packages,
        {
            "pages/cohort/__init__.py": "",
            "tests/data/__init__.py": "",
            "pages/parts/__init__.py": "",
        },
        ["pages/cohort/__init__.py", "tests/data/__init__.py"],
    ),
    (
        files_are_short,
        {"pages/cohort/goals.py": "\n" * 81, "data/a.py": "\n" * 501, "charts/a.py": "\n" * 500},
        [
            "data/a.py has 501 lines, more than 500",
            "pages/cohort/goals.py has 81 lines, more than 80",
        ],
    ),
    (
        questions_say_what_they_answer,
        {"queries/a.sql": "-- Numbers\n-- One row for each country.\nselect 1; select 2;\n"},
        [
            "queries/a.sql does not begin with its question",
            "queries/a.sql does not say `-- One row per …` in its second line",
            "queries/a.sql is not one select",
            "queries/a.sql leaves the order to chance",
        ],
    ),
    (
        questions_say_what_they_answer,
        {"queries/a.sql": "-- How many?\n-- One row per cohort.\ncreate table a (b integer);\n"},
        ["queries/a.sql is not one select"],
    ),
    (
        every_question_has_its_rights,
        {"queries/restricted/who.sql": GOOD_SQL, "queries/rights.toml": RIGHTS},
        [
            "restricted/who is in no line of rights.toml",
            "rights.toml lists how_many, a question nobody wrote",
        ],
    ),
    (
        every_page_is_registered,
        {
            "pages/parts/register.py": "PAGES = ['cohort/goals.py']",
            "pages/cohort/goals.py": "",
            "pages/cohort/ranking.py": "",
        },
        ["pages/cohort/ranking.py is not in the page register"],
    ),
    (
        names_no_machine_and_no_registry,
        {"README.md": "\nsee /ho" + "me/ann/notes\n", "a.txt": "from https://py" + "pi.org/x"},
        ["README.md:2 names /ho" + "me/ann/n", "a.txt:1 names py" + "pi.org"],
    ),
    (
        scripts_stop_at_the_first_fault,
        {".ci/run": "#!/bin/sh\nmake test\n"},
        [
            ".ci/run cannot be executed",
            ".ci/run lacks `#!/usr/bin/env bash` and `set -euo pipefail`",
        ],
    ),
]


@pytest.mark.parametrize(
    "rule, project, said", BROKEN, ids=lambda value: getattr(value, "__name__", "")
)
def test_a_rule_notices_who_breaks_it(
    tmp_path: Path,
    rule: Callable[[Path], Iterator[str]],
    project: dict[str, str],
    said: list[str],
):
    for path, text in project.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    assert sorted(rule(tmp_path)) == said


def test_every_rule_has_been_seen_to_fail():
    assert {rule for rule, _, _ in BROKEN} == set(RULES)


def loaded_by(modules: list[str]) -> set[str]:
    """The heavy packages in memory after these modules were imported, in a process of its own."""
    code = f"import sys, {', '.join(modules)}\nprint(*sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return {*HEAVY, *LATE} & set(result.stdout.split())


def test_a_server_loads_nothing_heavy():
    served = [
        path.removesuffix(".py").replace("/", ".")
        for path, _ in files(ROOT, ".py")
        if path.startswith(("dashboard.py", "pages/parts/", "queries/", "charts/", "analysis/"))
        and not path.endswith(("__init__.py", "__main__.py"))
    ]
    assert loaded_by(served) == set()


def test_something_heavy_would_be_noticed():
    assert loaded_by(["geopandas"]) >= {"geopandas"}
    assert loaded_by(["scipy.optimize"]) == {"scipy.optimize", "scipy.sparse"}
