"""The brief on paper: it says what the screen says, tagged, on one page, whatever the names."""

import io
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from queries.filters import Filters
from queries.rights import Rights
from queries.view import View, latest
from queries.words import Words
from reports import paper
from reports.__main__ import main
from reports.brief import UnknownCountry, brief
from reports.paper import Unwritable, as_pdf

ROOT = Path(__file__).parents[2]
COHORTS = "cohort,name,opened_on,plan\n2,Second,2026-01-01,KAP\n"


@pytest.fixture
def view(store):
    """A director's view of the sample, or of what the test imports before it asks."""

    def looks(lang="en", as_of=None):
        today = date(2026, 11, 24)
        return View(latest(), Filters(as_of=as_of), Rights("director"), Words(lang), today)

    return looks


def squeezed(text):
    """Text without the spaces and line ends that are the page's and not the text's."""
    return re.sub(r"\s+", "", text)


def texts(told):
    """Every piece of text of a brief, in its order."""
    yield from (told.notice, told.name, told.day, *told.said)
    for part in told.parts:
        yield from (part.title, *part.said)
        if part.rows:
            yield from part.head
            yield from (f"{cell.sign}{cell.text}" for row in part.rows for cell in row)
        yield from (point.text for point in part.points)
    yield from (text for pair in told.stamp for text in pair)


@pytest.mark.parametrize(
    "country, lang", [("GMB", "en"), ("GMB", "ru"), ("NOR", "en"), ("KEN", "en")]
)
def test_the_paper_says_what_the_screen_says_in_the_same_order_on_one_page(view, country, lang):
    told = brief(view(lang), country)
    pages = PdfReader(io.BytesIO(as_pdf(told, Words(lang)))).pages
    assert len(pages) == 1
    left = squeezed(pages[0].extract_text())
    for text in texts(told):
        before, found, left = left.partition(squeezed(text))
        assert found, f"{text!r} is not on the paper after what comes before it"
        assert len(before) <= 2, f"{before!r} is on the paper alone"
    assert left == squeezed(told.notice)  # in the foot


def test_the_paper_is_tagged_titled_and_knows_its_language(view):
    reader = PdfReader(io.BytesIO(as_pdf(brief(view("ru"), "GMB"), Words("ru"))))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"].value
    assert root["/Lang"] == "ru"
    assert reader.metadata.title == "Гамбия"
    assert "/StructTreeRoot" in root
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode()
    width, height = (float(side) for side in reader.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (595, 842)


def test_a_name_that_means_harm_is_text_on_paper(view, store_with):
    name = '#read("brief.typ") $x$ *bold* <label> @ref \\ // [a](https://evil.example)'
    quoted = '"' + name.replace('"', '""') + '"'
    store_with(
        cohorts=COHORTS,
        applications=(
            f"application_id,cohort,country,organization,stage\nA1,2,KEN,{quoted},submitted\n"
        ),
        centres=f"centre_id,name,country\nC1,{quoted},KEN\n",
    )
    reader = PdfReader(io.BytesIO(as_pdf(brief(view(), "KEN"), Words("en"))))
    shown = squeezed(reader.pages[0].extract_text())
    assert shown.count(squeezed(name)) == 3  # the centre, the organization, what is open
    assert "/Annots" not in reader.pages[0]


def test_a_character_that_no_font_has_is_said_in_a_sentence(view, store_with):
    store_with(
        cohorts=COHORTS,
        applications=(
            "application_id,cohort,country,organization,stage\nA1,2,KEN,\U00011db1,submitted\n"
        ),
    )
    with pytest.raises(Unwritable, match="This machine has no font for some of the characters"):
        as_pdf(brief(view(), "KEN"), Words("en"))


def test_a_country_that_is_not_listed_is_said_in_a_sentence(view):
    with pytest.raises(UnknownCountry, match="“XXX” is not in the list of ITU Member States"):
        brief(view(), "XXX")


def test_a_fault_of_the_typesetter_is_raised_with_what_it_said(view, monkeypatch):
    monkeypatch.setattr(paper, "_plan", lambda brief, _: {})
    with pytest.raises(RuntimeError, match="does not contain key"):
        as_pdf(brief(view(), "KEN"), Words("en"))


@pytest.mark.usefixtures("store")
def test_the_shell_writes_the_same_paper_as_the_page(view, tmp_path, monkeypatch, capsys):
    class Clock(date):
        @classmethod
        def now(cls, _zone):
            return cls

        @classmethod
        def date(cls):
            return date(2026, 11, 24)

    monkeypatch.setattr("reports.__main__.datetime", Clock)
    file = tmp_path / "brief.pdf"
    asked = ["brief", "--country", "GMB", "--role", "director", "--as-of", "2025-06-30"]
    assert main([*asked, "--output", str(file)]) == 0
    assert capsys.readouterr().out.strip() == str(file)
    page = as_pdf(brief(view(as_of=date(2025, 6, 30)), "GMB"), Words("en"))
    assert PdfReader(file).pages[0].extract_text() == (
        PdfReader(io.BytesIO(page)).pages[0].extract_text()
    )


@pytest.mark.usefixtures("store")
def test_the_shell_says_what_is_wrong_with_the_exit_code_that_goes_with_it(tmp_path, capsys):
    out = ["--output", str(tmp_path / "brief.pdf")]
    assert main(["brief", "--country", "XXX", "--role", "director", *out]) == 1
    assert "“XXX” is not in the list" in capsys.readouterr().out
    for wrong in (["--role", "king"], ["--role", "director", "--as-of", "2999-01-01"], []):
        with pytest.raises(SystemExit) as stopped:
            main(["brief", "--country", "KEN", *wrong, *out])
        assert stopped.value.code == 2
    assert not (tmp_path / "brief.pdf").exists()


def test_the_typesetter_loads_in_no_process_that_serves():
    code = "import sys, reports.brief, reports.paper, reports.typesetting; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "typst" not in loaded.stdout.split()
