"""What was measured as one table, and what was promised beside it."""

from collections.abc import Iterable
from statistics import median
from typing import Any

MAP_LIMIT = 2.5  # times the empty page, /applicants at 44
TRAFFIC_LIMIT = 40  # kB over the WebSocket for a click, /applicants at 44
GEOMETRY_LIMIT = 120  # kB over the network
LARGE_LIMIT = 3  # times the page at 44
SLIDER_LIMIT = 4  # times the empty page, from a moved weight to the new list, /ranking at 44
REST_LIMIT = 6  # times the empty page, /goals at 18 centres × 40 indicators
CROWD_LIMIT = 3  # times that, /goals at 2,000 centres and 2,000,000 measurements
SIZES = {"sample": "44", "network": "18 × 40", "large": "1,000,000"}
HEADINGS = (
    "page",
    "applications",
    "first view, cold",
    "× floor",
    "warm",
    "figure: median",
    "worst",
    "× floor",
    "last change: median",
    "worst",
    "× floor",
    "asked again: figure",
    "last",
    "kB a click",
    "most",
    "messages",
    "server MB",
    "at most",
    "load",
)

Run = dict[str, Any]


def table(result: dict[str, Any]) -> str:
    """One row per page and store under the row of the empty page, and how to read them."""
    runs, floor = result["runs"], result["floor"]
    empty = [click for run in runs for click in run["floor_clicks"]]
    shown, last = _times(empty, "text"), _times(empty, "page")
    rows = [
        HEADINGS,
        (
            "empty page",
            "",
            _ms(_floor_cold(result)),
            "1.0",
            _ms(median(_end(run["floor_warm"]) for run in runs)),
            _ms(median(shown)),
            _ms(max(shown)),
            "1.0",
            _ms(median(last)),
            _ms(max(last)),
            f"{median(last) / median(shown):.1f}",
            "",
            "",
            _kb(median(click["bytes"] for click in empty)),
            _kb(max(click["bytes"] for click in empty)),
            f"{median(click['messages'] for click in empty):.0f}",
            *_memory([floor]),
            "",
        ),
    ]
    for page in dict.fromkeys(run["page"] for run in runs):
        rows += [_row(result, page, size) for size in SIZES if _of(runs, page, size)]
    about = result["about"]
    notes = (
        "Milliseconds, watched frame by frame from inside the page. figure: the frame after which "
        "the map (where a page",
        "has none: the figures) changes no more; last change: the whole page. Medians and worst "
        "of what was asked for the",
        "first time; × floor: against the clicks made in between on the empty page, up to its "
        "changed word. What a canvas",
        f"paints is not seen. Load: the machine's, over a minute. {about['cores']} cores, Python "
        f"{about['python']}, Chromium {about['chromium']},",
        f"Streamlit {about['streamlit']}, DuckDB {about['duckdb']}; {about['seconds']} s.",
    )
    return "\n".join([_aligned(rows), "", *notes, *_oddities(runs), ""])


def verdicts(result: dict[str, Any]) -> str:
    """Each promise with what was measured: PASS or MISS."""
    runs = result["runs"]
    small = _of(runs, "applicants", "sample")
    new, beside = _clicks(small, new=True), _beside(small, new=True)
    ratio = median(_times(new, _figure(small))) / median(_times(beside, "text"))
    traffic = max(click["bytes"] for click in _clicks(small)) / 1000
    visits = [visit for run in runs for visit in run["geometry"] if visit]
    most = max((sum(visit) for visit in visits), default=0) / 1000
    lines = [
        _verdict(
            ratio <= MAP_LIMIT,
            f"/applicants, 44: new map after {ratio:.2f} × the empty page (at most {MAP_LIMIT})",
        ),
        _verdict(
            traffic <= TRAFFIC_LIMIT,
            f"/applicants, 44: {traffic:.1f} kB over the WebSocket for a click at most "
            f"({TRAFFIC_LIMIT})",
        ),
        _verdict(
            0 < most <= GEOMETRY_LIMIT and all(len(visit) == 1 for visit in visits),
            f"geometry: {most:.1f} kB compressed (at most {GEOMETRY_LIMIT}), fetched "
            f"{max((len(visit) for visit in visits), default=0)} × a visit (once)",
        ),
    ]
    lines += [*_slider(result["slider"]), *_network(runs)]
    for page in dict.fromkeys(run["page"] for run in runs):
        if not (large := _of(runs, page, "large")):
            continue
        views = [run[view] for run in large for view in ("cold", "warm")]
        faults = sum(len(seen["faults"]) for seen in [*views, *_clicks(large)])
        title = all(view["title"] for view in views)
        lines.append(
            _verdict(not faults and title, f"/{page}, 1,000,000: answers ({faults} faults)")
        )
        for what, kind in (("figure", _figure(large)), ("last change", "page")):
            if not _clicks(large):
                continue
            few, many = (
                median(_times(_clicks(group, new=True), kind))
                / median(_times(_beside(group, new=True), "text"))
                for group in (_of(runs, page, "sample"), large)
            )
            lines.append(
                _verdict(
                    many / few <= LARGE_LIMIT,
                    f"/{page}, 1,000,000: {what} after {many / few:.2f} × what it takes at 44 "
                    f"(at most {LARGE_LIMIT})",
                )
            )
    return "\n".join(lines)


def _slider(moves: list[Run]) -> list[str]:
    """The promise of /ranking: from the key that moves a weight to the last change of the list."""
    took = median(_times(moves, "list"))
    ratio = took / median(_times([move["beside"] for move in moves], "text"))
    return [
        _verdict(
            ratio <= SLIDER_LIMIT and not any(move["faults"] for move in moves),
            f"/ranking, 44: new list {took:.0f} ms after a weight was moved, {ratio:.2f} × the "
            f"empty page (at most {SLIDER_LIMIT})",
        )
    ]


def _network(runs: list[Run]) -> list[str]:
    """The promises of /goals, by the last change of the page after a click."""
    few, many = (_of(runs, "goals", size) for size in ("network", "large"))
    if not few or not many:
        return []
    rest, crowd = (
        median(_times(_clicks(group, new=True), "page"))
        / median(_times(_beside(group, new=True), "text"))
        for group in (few, many)
    )
    return [
        _verdict(
            rest <= REST_LIMIT,
            f"/goals, 18 centres × 40 indicators: at rest after {rest:.2f} × the empty page "
            f"(at most {REST_LIMIT})",
        ),
        _verdict(
            crowd / rest <= CROWD_LIMIT,
            f"/goals, 2,000 centres and 2,000,000 measurements: at rest after {crowd / rest:.2f} × "
            f"what it takes at 18 × 40 (at most {CROWD_LIMIT})",
        ),
    ]


def _row(result: dict[str, Any], page: str, size: str) -> tuple[str, ...]:
    runs = _of(result["runs"], page, size)
    cold, warm = (median(_end(run[view]) for run in runs) for view in ("cold", "warm"))
    cells = [f"/{page}", SIZES[size], _ms(cold), f"{cold / _floor_cold(result):.1f}", _ms(warm)]
    if clicks := _clicks(runs, new=True):
        floor = median(_times(_beside(runs, new=True), "text"))
        for times in (_times(clicks, _figure(runs)), _times(clicks, "page")):
            middle = median(times)
            cells += [_ms(middle), _ms(max(times)), f"{middle / floor:.1f}"]
        again, both = _clicks(runs, new=False), _clicks(runs)
        cells += [
            _ms(median(_times(again, _figure(runs)))),
            _ms(median(_times(again, "page"))),
            _kb(median(click["bytes"] for click in both)),
            _kb(max(click["bytes"] for click in both)),
            f"{median(click['messages'] for click in both):.0f}",
        ]
    else:
        cells += [""] * 11
    return (*cells, *_memory(runs), f"{max(run['load'] for run in runs):.1f}")


def _of(runs: list[Run], page: str, size: str) -> list[Run]:
    return [run for run in runs if run["page"] == page and run["store"] == size]


def _clicks(runs: list[Run], new: bool | None = None) -> list[Run]:
    return [click for run in runs for click in run["clicks"] if new is None or click["new"] == new]


def _beside(runs: list[Run], new: bool) -> list[Run]:
    """The clicks on the empty page that were made after these clicks."""
    return [
        beside
        for run in runs
        for click, beside in zip(run["clicks"], run["floor_clicks"], strict=True)
        if click["new"] == new
    ]


def _figure(runs: list[Run]) -> str:
    """What a reader of this page waits for: its map, else its figures, else its sentence."""
    seen = runs[0]["cold"]
    return next(kind for kind in ("map", "figure", "text", "page") if kind in seen)


def _times(clicks: Iterable[Run], kind: str) -> list[float]:
    """Until a figure was drawn, or until the last change of anything else; a click that changed
    none of it counts with the page's last change."""
    seen = [click.get(kind, click["page"]) for click in clicks]
    return [times.get("drawn", times["last"]) for times in seen]


def _end(view: Run) -> float:
    return view["page"]["last"]


def _floor_cold(result: dict[str, Any]) -> float:
    return median(_end(start["cold"]) for start in result["floor"]["starts"])


def _memory(holders: list[Run]) -> tuple[str, str]:
    return tuple(
        f"{max(holder['memory'][when] for holder in holders):.0f}" if holders[0]["memory"] else "–"
        for when in ("now", "at_most")
    )


def _oddities(runs: list[Run]) -> list[str]:
    """Faults the pages showed, and clicks after which the figure stayed as it was."""
    said = []
    for run in runs:
        faults = [
            fault for seen in (run["cold"], run["warm"], *run["clicks"]) for fault in seen["faults"]
        ]
        said += [f"/{run['page']} {run['store']} said: {fault}" for fault in dict.fromkeys(faults)]
        kind = _figure([run])
        if same := [click["region"] for click in run["clicks"] if kind not in click]:
            said.append(f"/{run['page']} {run['store']}: no new {kind} after {', '.join(same)}")
    return said


def _verdict(kept: bool, what: str) -> str:
    return f"{'PASS' if kept else 'MISS'}  {what}"


def _ms(value: float) -> str:
    return f"{value:.0f}"


def _kb(value: float) -> str:
    return f"{value / 1000:.1f}"


def _aligned(rows: list[tuple[str, ...]]) -> str:
    """The rows under their headings, which may take several lines."""
    head = [heading.replace(": ", ":\n").replace(", ", ",\n").split("\n") for heading in rows[0]]
    tall = max(map(len, head))
    lines = [tuple(cell[i] if i < len(cell) else "" for cell in head) for i in range(tall)]
    lines += rows[1:]
    widths = [max(len(line[i]) for line in lines) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    )
