"""Figures leave as pictures that say what they show, and tables as files, also by keyboard."""

from xml.etree import ElementTree

import pytest

NOTICE = "sample: countries and results drawn by lot"


def take(page, name, kind):
    """Press Enter on one control of the row that belongs to the figure `name`."""
    control = page.locator(f'.take-away:has(a[download$="{name}.csv"])').get_by_text(
        kind, exact=True
    )
    with page.expect_download() as download:
        control.focus()
        page.keyboard.press("Enter")
    return download.value


def first_figure(page):
    """The name of the first figure's files, once the figure is drawn."""
    row = page.locator(".take-away:has(button)").first
    row.wait_for()
    return row.locator("a").first.get_attribute("download").removesuffix(".csv")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("address", ["/", "/applicants"])
def test_a_figure_leaves_with_its_notice_its_stamp_and_a_line_to_cite(
    new_page, ready, address, dark, tmp_path
):
    page = new_page(dark=dark)
    page.goto(address)
    ready(page)
    name = first_figure(page)
    file = tmp_path / "figure.svg"
    take(page, name, "SVG").save_as(file)
    root = ElementTree.parse(file).getroot()
    texts = [element.text for element in root.findall("{http://www.w3.org/2000/svg}text")]
    assert texts[0] == NOTICE
    told = " ".join(texts)
    assert "Cite as: “" in told
    assert "Cohort: " in told
    assert "Data: " in told
    # The ground is the page's own, so that light letters never stand on a white sheet.
    ground = root.find("{http://www.w3.org/2000/svg}rect").get("fill")
    assert ground == page.evaluate(
        "getComputedStyle(document.querySelector('.stApp')).backgroundColor"
    )

    picture = tmp_path / "figure.png"
    take(page, name, "PNG").save_as(picture)
    header = picture.read_bytes()[:24]
    assert header.startswith(b"\x89PNG")
    width, height = (int.from_bytes(header[at : at + 4], "big") for at in (16, 20))
    assert (width, height) == (2 * int(root.get("width")), 2 * int(root.get("height")))


def test_a_table_leaves_in_each_kind_and_the_row_falls_silent_again(page, ready, tmp_path):
    page.goto("/")
    ready(page)
    name = first_figure(page)
    for kind, start in (("CSV", b"\xef\xbb\xbf"), ("XLSX", b"PK"), ("Parquet", b"PAR1")):
        download = take(page, name, kind)
        assert download.suggested_filename == f"{name}.{kind.lower()}"
        download.save_as(tmp_path / kind)
        assert (tmp_path / kind).read_bytes().startswith(start)
    page.wait_for_function(
        "[...document.querySelectorAll('.take-away [role=status]')].every(it => !it.textContent)"
    )


def test_a_table_that_is_gone_is_said_to_be_gone(page, ready, seen):
    page.goto("/")
    ready(page)
    row = page.locator(".take-away").first
    row.locator("a").first.evaluate("link => link.href = 'take-away/nobody/csv'")
    row.locator("a").first.click()
    row.get_by_text("This page has moved on.").wait_for()
    assert [error for error in seen.errors if "404" in error]
    seen.errors.clear()
