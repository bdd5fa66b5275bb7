"""The two moments a comparison is between: two days of one snapshot, or two snapshots."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import streamlit as st

from pages.parts import address
from pages.parts.past import named
from queries.view import Snapshot, View, history
from queries.words import N_

BACK = timedelta(days=90)  # from the day shown, where the reader names no other
WAYS = {"days": N_("Between two days"), "snapshots": N_("Between two snapshots")}


@dataclass(frozen=True)
class Moments:
    """The reader's view of the earlier moment and of the later one."""

    before: View
    after: View

    @property
    def of_snapshots(self) -> bool:
        """Whether what was known is compared; else it is what is known now of two days."""
        return self.before.snapshot != self.after.snapshot

    def names(self) -> tuple[str, str]:
        """What people read for either: `26 Aug 2026`, or `snapshot 3 (26 Aug 2026)`."""
        _ = self.after.words
        if not self.of_snapshots:
            return _.date(self.before.today), _.date(self.after.today)
        first, second = (
            _("snapshot {number} ({day})", number=view.snapshot.number, day=view.today)
            for view in (self.before, self.after)
        )
        return first, second


def between_days(view: View, start: date | None = None, end: date | None = None) -> Moments:
    """The same snapshot as of two days; by default the day shown and 90 days before it."""
    end = min(end or view.today, view.today)
    start = min(start or end - BACK, end)
    # On the day that is shown, every page says the same: nothing is asked of it as of a day.
    after = view if end == view.today else view.through(replace(view.filters, as_of=end))
    return Moments(view.through(replace(view.filters, as_of=start)), after)


def between_snapshots(view: View, first: Snapshot, second: Snapshot) -> Moments:
    """What was known with one snapshot and with another, each on the day it came in."""
    return Moments(view.at(first), view.at(second))


def previous(snapshots: list[Snapshot], snapshot: Snapshot) -> Snapshot | None:
    """The one that `snapshot` was made from, else the last one before it; None for the first."""
    older = [each for each in snapshots if each.number < snapshot.number]
    origin = [each for each in older if each.number == snapshot.based_on]
    return next(reversed(origin or older), None)


def choose(view: View) -> Moments:
    """The controls, and the moments they say; the address keeps both."""
    _, snapshots = view.words, history()
    if len(snapshots) < 2:
        moments = _days(view)
        st.caption(
            _("Nothing has been imported: of the sample only two days can be compared.")
            if not snapshots
            else _("One import has come so far: only two days of it can be compared.")
        )
        return moments
    _widget("changes_by", _asked("by", WAYS) or "days")
    way = st.segmented_control(
        _("Compare"),
        list(WAYS),
        format_func=lambda code: _(WAYS[code]),
        key="changes_by",
        required=True,
        on_change=_way_chosen,
    )
    return _days(view) if way == "days" else _snapshots(view, snapshots)


def _days(view: View) -> Moments:
    _ = view.words
    moments = between_days(view, _day(view, "from"), _day(view, "to"))
    first = view.ask("dated_from").loc[0, "first_on"] or view.today
    with st.container(horizontal=True):
        for name, label, day in (
            ("from", _("From"), moments.before.today),
            ("to", _("To"), moments.after.today),
        ):
            _widget(f"changes_{name}", day)
            st.date_input(
                label,
                None,
                min(first, day),
                view.today,
                key=f"changes_{name}",
                on_change=_chosen,
                args=(name,),
                format="YYYY-MM-DD",
                width=180,
            )
    return moments


def _snapshots(view: View, snapshots: list[Snapshot]) -> Moments:
    _ = view.words
    known = {each.number: each for each in snapshots}
    after = known.get(_number("after") or view.snapshot.number, snapshots[-1])
    before = known.get(_number("before") or 0) or previous(snapshots, after)
    if before is None:
        before, after = snapshots[0], snapshots[1]
    if before.number > after.number:
        before, after = after, before
    with st.container(horizontal=True):
        for name, label, chosen in (
            ("before", _("Earlier snapshot"), before),
            ("after", _("Later snapshot"), after),
        ):
            _widget(f"changes_{name}", chosen.number)
            st.selectbox(
                label,
                list(known)[::-1],
                format_func=lambda number: named(view, known[number]),
                key=f"changes_{name}",
                on_change=_chosen,
                args=(name,),
                width=340,
            )
    return between_snapshots(view, before, after)


def _asked(name: str, known: dict[str, str]) -> str | None:
    asked = address.detail(name)
    return asked if asked in known else None


def _number(name: str) -> int | None:
    asked = address.detail(name) or ""
    return int(asked) if asked.isdecimal() and len(asked) < 9 else None


def _day(view: View, name: str) -> date | None:
    """The day an address asks for; None for anything else, and for a day still to come."""
    try:
        day = date.fromisoformat(address.detail(name) or "")
    except ValueError:
        return None
    return day if day <= view.today else None


def _widget(key: str, value: object) -> None:
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def _way_chosen() -> None:
    # The other way's days or numbers would say nothing here.
    others = dict.fromkeys(st.session_state["details"])
    address.choose(**others | {"by": st.session_state["changes_by"]})


def _chosen(name: str) -> None:
    value = st.session_state[f"changes_{name}"]
    told = value.isoformat() if isinstance(value, date) else str(value or "")
    address.choose(**{name: told})
