"""How each centre stands with each of its indicators, for the pages; the papers say the same."""

from reports.course import course

__all__ = ["course"]
