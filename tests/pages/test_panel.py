"""What a page is told of the panel, now and on a past day."""

from datetime import date

import pandas as pd
import pytest

from pages.parts.panel import panel
from queries.filters import Filters
from queries.rights import Forbidden, Rights
from queries.view import View, latest
from queries.words import Words

TODAY = date(2026, 11, 24)


def view(as_of: date | None = None, role: str = "director", cohort: str = "1") -> View:
    return View(latest(), Filters(cohort=cohort, as_of=as_of), Rights(role), Words("en"), TODAY)


@pytest.mark.parametrize("cohort", ["1", "2"])
def test_today_asked_for_as_a_past_day_is_told_as_it_is_stored(cohort):
    for stored, derived in zip(
        panel(view(cohort=cohort)), panel(view(TODAY, cohort=cohort)), strict=True
    ):
        assert list(stored) == list(derived)
        for name in stored:
            one, other = (column.astype(object) for column in (stored[name], derived[name]))
            one, other = one.where(one.notna(), None), other.where(other.notna(), None)
            assert one.tolist() == pytest.approx(other.tolist(), nan_ok=True), name


def test_before_anything_was_scored_there_is_nothing_to_assess():
    agreement, reviewers, applications = panel(view(date(2023, 4, 1)))
    assert agreement["reason"].tolist() == ["no_reviews"]
    assert len(reviewers) == len(applications) == 0


def test_the_filters_leave_the_cohort_whole():
    shown = view()
    one = panel(shown)
    other = panel(shown.through(Filters(cohort="1", region="AFR")))
    for whole, filtered in zip(one, other, strict=True):
        pd.testing.assert_frame_equal(whole, filtered)


@pytest.mark.parametrize("role", ["director", "analyst", "council"])
def test_reviewers_names_are_the_secretariats(role):
    with pytest.raises(Forbidden):
        view(role=role).ask("restricted/reviewer_names")
    assert len(view(role="secretariat").ask("restricted/reviewer_names")) == 14
