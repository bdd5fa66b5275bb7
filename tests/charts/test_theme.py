"""One look for every figure."""

from charts.theme import DARK, LIGHT, SMALL_TEXT_SIZE, figure

TRACES = [{"type": "bar", "x": [1, 2], "y": [3, 4]}]


def test_every_axis_and_no_other_has_the_look():
    axes = {"xaxis": {}, "yaxis": {}, "yaxis2": {}}
    layout = figure(TRACES, axes, dark=False).to_dict()["layout"]
    assert [name for name in layout if "axis" in name] == ["xaxis", "yaxis", "yaxis2"]
    for name in ("xaxis", "yaxis", "yaxis2"):
        assert layout[name]["gridcolor"] == LIGHT.grid
        assert layout[name]["tickfont"] == {"size": SMALL_TEXT_SIZE, "color": LIGHT.text}


def test_what_a_figure_sets_stands_above_the_look():
    own = {"margin": {"t": 7}, "xaxis": {"gridcolor": "red", "title": {"text": "Total"}}}
    layout = figure(TRACES, own, dark=True).to_dict()["layout"]
    assert layout["margin"] == {"l": 0, "r": 0, "t": 7, "b": 0}
    assert layout["xaxis"]["gridcolor"] == "red"
    assert layout["xaxis"]["title"]["text"] == "Total"
    assert layout["xaxis"]["title"]["font"]["color"] == DARK.text
    assert own == {"margin": {"t": 7}, "xaxis": {"gridcolor": "red", "title": {"text": "Total"}}}


def test_plotly_js_can_see_that_a_copy_of_a_figure_is_the_same():
    """It compares a template by identity, and lists of data, too, where they bear no revision."""
    layout = figure(TRACES, {}, dark=False).to_dict()["layout"]
    assert isinstance(layout["template"], str)
    assert layout["datarevision"] == 1
