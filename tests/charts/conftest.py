"""Figures are drawn without Plotly's check of every property; here each of them is checked."""

from collections.abc import Iterator

import plotly.graph_objects as go
import pytest

from charts import theme


@pytest.fixture(autouse=True)
def checked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A property that Plotly does not know, or a value it would not take, fails the test."""
    figures: list[go.Figure] = []

    def kept(*parts: object, **options: object) -> go.Figure:
        figures.append(unchecked(*parts, **options))
        return figures[-1]

    unchecked = go.Figure
    monkeypatch.setattr(theme.go, "Figure", kept)
    yield
    for figure in figures:
        unchecked(figure.to_dict())
