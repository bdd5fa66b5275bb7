"""The file of bands: what it sets, and that whatever is wrong in it is said at once."""

import pytest

from analysis import status
from queries import bands

GOOD = """
[default]
on_course = 0.95
behind = 0.6
moved_away = 0
precedence = ["achieved", "no report", "not yet due", "not calculable",
    "on course", "behind", "off course", "moved away"]
"""


def test_the_house_has_its_lines_and_the_rule_knows_the_same_statuses():
    assert bands.bands()["default"].precedence[0] == "achieved"
    assert bands.STATUSES == status.STATUSES


def test_a_plan_changes_what_it_names_and_keeps_the_rest():
    read = bands.read(GOOD + "[plans.BAP]\non_course = 0.9\n")
    assert list(read) == ["default", "BAP"]
    assert (read["BAP"].on_course, read["BAP"].behind) == (0.9, 0.6)
    assert read["BAP"].precedence == read["default"].precedence
    assert read["default"].on_course == 0.95


BAD = {
    "nothing": ("", "bands.toml: the section [default] is missing"),
    "no TOML": ("[default", "bands.toml cannot be read: "),
    "another section": (GOOD + "[KAP]\n", "KAP is unknown (expected [default] and [plans.KEY])"),
    "no section": ("plans = 1\n" + GOOD, "plans is no section (expected [plans.KEY])"),
    "a plan that is no section": (
        GOOD + "[plans]\nBAP = 0.9\n",
        "plans is no section (expected [plans.KEY])",
    ),
    "a line missing": (GOOD.replace("behind = 0.6", ""), "[default] lacks behind"),
    "a line too many": (
        GOOD + "[plans.BAP]\nlate = 0.5\n",
        "[plans.BAP] knows no late (expected behind, moved_away, on_course, precedence)",
    ),
    "lines in the wrong order": (
        GOOD + "[plans.BAP]\nbehind = 0.95\n",
        "[plans.BAP] on_course, behind, moved_away are 0.95, 0.95, 0 (expected to fall)",
    ),
    "a line in words": (
        GOOD.replace("0.6", '"0.6"'),
        "[default] on_course, behind, moved_away are 0.95, '0.6', 0 (expected numbers)",
    ),
    "a line that is no number": (GOOD.replace("0.6", "nan"), "are 0.95, nan, 0 (expected numbers)"),
    "a status missing": (
        GOOD.replace('"achieved", ', ""),
        "[default] precedence is ['no report', ",
    ),
    "a status twice": (
        GOOD.replace('"achieved"', '"behind"'),
        "(expected each once: achieved, on course, behind, off course, moved away, not yet due, "
        "no report, not calculable)",
    ),
    "an order in words": (
        GOOD.split("precedence")[0] + 'precedence = "achieved"\n',
        "[default] precedence is achieved (expected each once: ",
    ),
    "a plan of that name": (
        GOOD + "[plans.default]\nbehind = 0.5\n",
        "[plans.default] is no plan (expected [default])",
    ),
}


@pytest.mark.parametrize("text, said", BAD.values(), ids=BAD)
def test_a_file_that_cannot_be_used_says_why(text, said):
    with pytest.raises(bands.BandsError) as refused:
        bands.read(text)
    assert said in str(refused.value)


def test_all_that_is_wrong_is_said_at_once():
    text = GOOD.replace("0.6", "2") + "[KAP]\n"
    with pytest.raises(bands.BandsError) as refused:
        bands.read(text.replace('"behind", ', ""))
    assert str(refused.value).count(";") == 2
