"""A small cohort that is right in every table, and what the import says of it when changed."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from data.findings import Finding, Findings
from data.wording import Said
from queries.words import CATALOGUES

RIGHT = {
    "cohorts": """\
cohort,name,opened_on,closed_on,decided_on,places,plan,sample
1,First,2023-01-01,2023-03-31,2023-06-30,2,KAP,no
2,Second,2026-01-01,2026-03-31,,,BAP,no
""",
    "applications": """\
application_id,cohort,country,organization,latitude,longitude,submitted_on,stage,goals,objectives
A1,1,KEN,Hub,-1.29,36.82,2023-02-01,selected,KAP-1;KAP-2,1;2
A2,1,France,Labo,,,2023-02-02,not selected,,
A3,1,FJ,Fale,,,2023-02-03,selected,KAP-5,6
B1,2,Кения,Bureau,,,2026-02-01,submitted,,
""",
    "application_stages": """\
application_id,stage,since
A1,submitted,2023-02-01
A1,selected,2023-06-30
""",
    "criteria": """\
cohort,criterion,name,weight,scale_min,scale_max
1,C1,Idea,2,1,10
1,C2,Team,1,0,5
""",
    "reviewers": """\
reviewer,name,organization,country
R1,Ann,,KEN
R2,Ben,,
R3,Cem,,
""",
    "scores": """\
application_id,reviewer,criterion,score,scored_on
A1,R1,C1,9,2023-05-01
A1,R1,C2,4.5,2023-05-01
A1,R2,C1,8,
A1,R2,C2,4,
A1,R3,C1,8,
A1,R3,C2,4,
A2,R1,C1,5,
A2,R1,C2,2,
A2,R2,C1,5,
A2,R2,C2,2,
A2,R3,C1,5,
A2,R3,C2,2,
A3,R1,C1,7,
A3,R1,C2,3,
A3,R2,C1,7,
A3,R2,C2,3,
A3,R3,C1,7,
A3,R3,C2,3,
""",
    "conflicts": """\
person,application_id,country,reason
ann@example.org,A1,,
ben@example.org,,FRA,National
""",
    "centres": """\
centre_id,application_id,name,country,city,latitude,longitude,objectives
Z1,A1,Kituo,KEN,Nairobi,-1.29,36.82,1;2;3;4;5
Z2,A3,Vale,FJI,Suva,-18.14,178.44,
""",
    "agreements": """\
centre_id,reference,signed_on,starts_on,ends_on
Z1,AG-1,2023-08-01,2023-09-01,2025-08-31
""",
    "centre_statuses": """\
centre_id,status,since
Z1,selected,2023-06-30
Z1,operating,2023-10-01
""",
    "goals": """\
goal,plan,parent,name
G1,KAP,KAP-1,An outcome
G2,KAP,G1,A part of it
""",
    "indicators": """\
indicator,goal,name,unit,level,direction,kind,additive
I1,KAP-1,People trained,people,output,up,cumulative,yes
I2,G2,Strategy adopted,,outcome,up,yes/no,no
""",
    "targets": """\
centre_id,cohort,indicator,baseline,baseline_on,target,due_on,set_on
Z1,,I1,0,2023-09-01,100,2025-06-30,2023-09-01
,1,I2,no,2023-09-01,yes,2025-06-30,
""",
    "measurements": """\
centre_id,indicator,measured_on,value,breakdown,verified_on
Z1,I1,2024-06-30,40,,2024-07-15
Z1,I1,2024-06-30,25,women,
Z1,I2,2024-06-30,yes,,
""",
    "milestones": """\
centre_id,milestone,due_on,done_on
Z1,Launch,2023-12-01,2023-11-20
""",
}


@pytest.fixture(autouse=True)
def translated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets no finding pass that the Russian catalogue has no sentence for."""
    add = Findings.add

    def watched(findings: Findings, finding: Finding) -> None:
        for said in (finding.what, finding.expected):
            assert not (unknown := set(messages(said)) - russian()), unknown
        add(findings, finding)

    monkeypatch.setattr(Findings, "add", watched)


def messages(said: object) -> Iterator[str]:
    """The messages of what is said, also of what it names."""
    for part in said if isinstance(said, list) else [said]:
        assert isinstance(part, Said), part
        yield part.message
        for value in part.values.values():
            if isinstance(value, Said) or (isinstance(value, list) and isinstance(value[0], Said)):
                yield from messages(value)


@lru_cache
def russian() -> set[str]:
    """The messages that have a translation."""
    with (CATALOGUES / "ru" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return {
            each.id[0] if each.pluralizable else each.id
            for each in read_po(file, locale="ru")
            if each.string
        }


@pytest.fixture
def right() -> dict[str, str]:
    """The right files: name -> text."""
    return dict(RIGHT)


@pytest.fixture
def files(tmp_path: Path) -> Callable[..., Path]:
    """Writes the right files and returns their folder: `files(scores=("A1,R1,C1,9", "..."))`.

    A pair replaces the first text by the second (which must occur once), text or bytes the whole
    file, None leaves it out. A name with a suffix is a file of its own.
    """

    def write(**changes: str | bytes | tuple[str, str] | None) -> Path:
        folder = tmp_path / f"files-{len(list(tmp_path.glob('files-*')))}"
        folder.mkdir()
        for name, content in (RIGHT | changes).items():
            if isinstance(content, tuple):
                old, new = content
                assert RIGHT[name].count(old) == 1, f"{old!r} does not occur once in {name}"
                content = RIGHT[name].replace(old, new)
            if isinstance(content, str):
                content = content.encode()
            if content is not None:
                suffix = "" if "." in name else ".csv"
                (folder / f"{name}{suffix}").write_bytes(content)
        return folder

    return write


@pytest.fixture
def said(store: Path) -> Callable[[Path], list[str]]:
    """Checks files against the store and returns the lines that are printed."""
    from data import importing

    def check(path: Path) -> list[str]:
        with importing.checked(path) as draft:
            return list(draft.findings.lines())

    return check


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds something already."""
    from data import importing

    store, folder = tmp_path_factory.mktemp("filled"), tmp_path_factory.mktemp("first")
    (folder / "cohorts.csv").write_text("cohort,name,plan\nX,Earlier,KAP\n")
    (folder / "applications.csv").write_text(
        "application_id,cohort,country,organization,stage\nX1,X,KEN,Hub,submitted\n"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_STORE", str(store))
        assert importing.import_(folder, None, None, older=False)[1]
    return store


@pytest.fixture
def refused_at(filled: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], list[str]]:
    """Tries to import what lies at a path; returns the findings, warnings among them, after proving
    that nothing changed."""
    from data import importing

    def everything() -> dict[str, bytes]:
        return {
            str(path.relative_to(filled)): path.read_bytes()
            for path in filled.rglob("*")
            if path.is_file()
        }

    def refuse(path: Path) -> list[str]:
        monkeypatch.setenv("DASHBOARD_STORE", str(filled))
        before = everything()
        draft, published = importing.import_(path, None, None, older=True)
        assert not published
        assert everything() == before
        return [str(each) for each in (*draft.findings.errors, *draft.findings.warnings)]

    return refuse


@pytest.fixture
def refused(
    files: Callable[..., Path], refused_at: Callable[[Path], list[str]]
) -> Callable[..., list[str]]:
    """Tries to import changed files; returns the findings, after proving that nothing changed."""

    def refuse(**changes: str | bytes | tuple[str, str] | None) -> list[str]:
        return refused_at(files(**changes))

    return refuse
