from datetime import date

from charts.trends import Trend, small_multiples, trend

TODAY = date(2026, 11, 24)
START, HALF, DUE = date(2023, 12, 31), date(2025, 6, 30), date(2026, 12, 31)
PATH = [(START, 5.0), (HALF, 50.0), (DUE, 100.0)]
SILENT = Trend("Two", [], PATH)
TOLD = Trend("One", [(HALF, 0.0), (date(2026, 6, 30), 70.0)], PATH)
WORDS = ("reports", "path", "24 Nov 2026")


def lines(figure, mode):
    """The points of the paths, or of the reports."""
    return [list(zip(t.x, t.y, strict=True)) for t in figure.data if t.mode == mode]


def test_reports_lie_beside_the_path_and_zero_is_one_of_them():
    figure = trend(TOLD, TODAY, WORDS, dated=True, dark=False)
    assert lines(figure, "lines+markers") == [
        [("2023-12-31", 5.0), ("2025-06-30", 50.0), ("2026-12-31", 100.0)]
    ]
    assert lines(figure, "markers") == [[("2025-06-30", 0.0), ("2026-06-30", 70.0)]]
    assert [trace.name for trace in figure.data if trace.showlegend] == ["path", "reports"]
    assert figure.layout.shapes[0].x0 == "2026-11-24"


def test_no_report_is_drawn_nowhere():
    figure = trend(SILENT, TODAY, WORDS, dated=True, dark=True)
    assert lines(figure, "markers") == [[]]
    assert [trace.name for trace in figure.data if trace.showlegend] == ["path"]
    several = small_multiples([TOLD, SILENT], START, DUE, TODAY, dark=False)
    assert [len(points) for points in lines(several, "markers")] == [2, 0]


def test_the_baseline_has_another_shape_than_a_due_date():
    path, _ = trend(SILENT, TODAY, WORDS, dated=True, dark=False).data
    assert list(path.marker.symbol) == ["line-ew-open", "diamond-open", "diamond-open"]
    path, _ = trend(SILENT, TODAY, WORDS, dated=False, dark=False).data
    assert list(path.marker.symbol) == ["diamond-open"] * 3


def test_yes_or_no_is_a_step():
    rules = Trend("Rules", [], [(START, 0.0), (DUE, 1.0)], step=True)
    path, _ = trend(rules, TODAY, WORDS, dated=True, dark=False).data
    assert path.line.shape == "hv"


def test_panels_share_their_days_and_have_a_name_each():
    many = [Trend(f"Centre <{n}>", [], PATH) for n in range(5)]
    figure = small_multiples(many, START, DUE, TODAY, dark=False)
    assert [note.text for note in figure.layout.annotations] == [
        f"Centre &lt;{n}&gt;" for n in range(5)
    ]
    assert {figure.layout[f"xaxis{n}"].range for n in ("", 2, 3, 4, 5)} == {
        ("2023-12-31", "2026-12-31")
    }
    # Four in a line; the fifth begins the next, below.
    assert figure.layout.xaxis5.domain == figure.layout.xaxis.domain
    assert figure.layout.yaxis5.domain[1] < figure.layout.yaxis.domain[0]


def test_a_figure_of_nothing_is_still_a_figure():
    assert not trend(Trend("", [], []), TODAY, WORDS, dated=True, dark=False).data[0].x
    assert small_multiples([], START, DUE, TODAY, dark=True).layout.height > 0
