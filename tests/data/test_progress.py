"""How far an import is, told while it runs."""

import threading

import pytest

from data import progress


class Query:
    """A query that has come as far as it says."""

    def __init__(self, percent: float) -> None:
        self._percent, self.asked = percent, threading.Event()

    def query_progress(self) -> float:
        self.asked.set()
        return self._percent


@pytest.mark.parametrize("percent, then", [(50.0, 0.21), (-1.0, 0.14)])
def test_tells_how_far_one_large_file_is(
    percent: float, then: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "EVERY", 0)
    told, query = [], Query(percent)
    steps = progress.Steps(lambda done, at: told.append((round(done, 3), at)))
    with steps.followed("reading", 0.4, 0.8, "scores.csv", query):
        query.asked.wait(10)
    assert sorted(set(told)) == sorted({(0.14, "scores.csv"), (then, "scores.csv")})
