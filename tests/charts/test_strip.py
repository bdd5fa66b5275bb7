"""The strip of priorities: a number, a sign and a word for every piece, and none for 0."""

from charts.statuses import LOOKS
from charts.strip import strip

COUNTS = {"achieved": [2, 0], "off course": [0, 0], "no report": [1, 0]}
WORDS = {"achieved": "achieved", "off course": "off course", "no report": "no report"}


def drawn(**options):
    return strip(["One", "<b>Two"], COUNTS, WORDS, dark=False, **options)


def test_a_piece_has_its_sign_and_number_and_a_status_nobody_has_is_left_out():
    pieces = {trace.name: (trace.x, trace.text) for trace in drawn().data}
    assert pieces == {
        "★ achieved": ((2, None), ("★<br>2", "")),
        "○ no report": ((1, None), ("○<br>1", "")),
    }


def test_no_report_looks_like_nothing_else():
    look = LOOKS["no report"]
    for other, theirs in LOOKS.items():
        if other not in ("no report", "silent"):
            assert look.sign != theirs.sign, other


def test_names_stand_above_their_bars_and_are_text():
    texts = [note.text for note in drawn().layout.annotations]
    assert texts == ["One", "&lt;b&gt;Two"]


def test_the_longest_row_fills_the_width():
    assert drawn().layout.xaxis.range == (0, 3)


def test_light_and_dark_differ():
    dark = strip(["One", "Two"], COUNTS, WORDS, dark=True)
    assert dark.data[0].marker.color != drawn().data[0].marker.color
