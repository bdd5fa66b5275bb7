"""The centres' reported contribution to the priorities: the answer, in counts, and by region."""

import pandas as pd
import streamlit as st

from analysis.totals import sums, totals
from pages.parts.centres import nothing
from pages.parts.exhibit import exhibit
from pages.parts.notices import empty, part
from pages.parts.statuses import amount, missing, tally, with_unit
from pages.parts.tables import NOTHING
from pages.parts.text import plain
from queries.filters import REGIONS
from queries.view import View
from queries.words import LABELS
from reports.course import course


def shown_goals(view: View) -> pd.DataFrame:
    """The goals of the cohort's plan, and of any other plan these centres work under."""
    goals = view.ask("goals")
    return goals[goals["of_cohort"] | goals["priority"].isin(course(view)["priority"].unique())]


def priority_name(view: View, code: str, name: str) -> str:
    """A priority in the reader's language where that is official, else as it was loaded."""
    return view.words.label(code) if code in LABELS else name


def answer(view: View) -> None:
    """How many are on course of those that report, plan by plan, and what the silent could change.

    A plan that is over keeps what was promised under it.
    """
    _ = view.words
    frame = course(view)
    plans = dict.fromkeys(shown_goals(view)["plan"])
    counted = totals(frame, ["plan"]).set_index("plan")
    said = [
        _(
            "The centres' reported contribution to the priorities of the {plan}: **{tally}**.",
            plan=plain(_.label(plan)),
            tally=tally(_, counted.loc[plan]) if plan in counted.index else _("no target"),
        )
        for plan in plans
    ]
    if unjudged := int(counted["unjudged"].sum()):
        said.append(
            _.plural(
                "{n} that reports cannot be judged yet and is not counted as on course.",
                "{n} that report cannot be judged yet and are not counted as on course.",
                unjudged,
            )
        )
    st.markdown(" ".join([*said, f"[{_('How a status is found')}](methods#course)"]))
    st.caption(" ".join(_around(view, frame)))


def _around(view: View, frame: pd.DataFrame) -> list[str]:
    """What one has to know to read the counts: what they count, who reported, of which day."""
    _ = view.words
    count = view.ask("centre_count").iloc[0]
    reports = frame[frame["value"].notna()]
    said = [_("Counted is each target of each centre; achieved counts as on course.")]
    centres = int(count["centres"])
    if reported := int(reports["centre_id"].nunique()):
        said.append(
            _.plural(
                "{n} centre has reported.",
                "{reported} of {n} centres have reported.",
                centres,
                reported=reported,
            )
        )
    else:
        said.append(
            _.plural(
                "{n} centre has not reported.", "None of the {n} centres has reported.", centres
            )
        )
    if len(reports):
        said.append(_("Latest report: {day}.", day=reports["measured_on"].max()))
    if ended := int(count["ended"]):
        said.append(
            _.plural(
                "{n} of the centres has ended; what it reported stays.",
                "{n} of the centres have ended; what they reported stays.",
                ended,
            )
        )
    said.append(_("Regions and groups of countries as they are on {day}.", day=view.today))
    return said


def lacking(view: View) -> bool:
    """Says what there is nothing of, if so: priorities, centres, indicators, or targets."""
    _ = view.words
    goals, record = shown_goals(view), view.ask("cohort_record")
    loaded = len(shown_goals(view.through(view.filters.only())))
    if not loaded:
        plan = _.label(record.loc[0, "plan"]) if len(record) else NOTHING
        empty(
            view,
            _("The priorities of the {plan} are not loaded.", plan=plain(plan)),
            _("The table goals would fill this, with the plan's official wording."),
        )
    if nothing(view) or not loaded:
        return True
    if len(goals) and not goals["indicators"].sum():
        empty(
            view,
            _("There is no indicator under these priorities."),
            _("The table indicators would fill this."),
        )
        return True
    if course(view).empty:
        empty(
            view,
            _("These centres have neither targets nor reports."),
            _("The tables targets and measurements would fill this."),
        )
        return True
    return False


def by_region(view: View) -> None:
    """The same counts by region, also where there is no target; drawn when it is opened."""
    _ = view.words
    opened = st.expander(_("By region"), key="priorities_regions", on_change="rerun")
    if opened.open:
        with opened, part():
            _regions(view)


def _regions(view: View) -> None:
    _, frame = view.words, course(view)
    order = _.in_order(REGIONS)
    placed = frame.assign(region=pd.Categorical(frame["region"], order))
    counted = totals(placed.dropna(subset="region"), ["region"])
    shown = counted.assign(
        region=counted["region"].astype(str),
        told=[tally(_, row) for row in counted.itertuples()],
        # Where nobody reported, "none of them" is no result and stays blank.
        **{
            name: counted[name].where(counted["reporting"] > 0).astype("Int64")
            for name in ("on_course", "unjudged")
        },
    )
    columns = {
        "region": _("Region"),
        "told": _("On course"),
        "unjudged": _("Reporting, cannot be judged yet"),
    }
    names = columns | {
        "targets": _("Targets"),
        "reporting": _("Targets with a report"),
        "on_course": _("On course or achieved, of those; empty: no report"),
        "least": _("On course of all, at least"),
        "most": _("On course of all, at most"),
    }
    exhibit(
        view,
        "priorities_by_region",
        _("The centres' reported contribution to the priorities, by region"),
        shown,
        columns,
        whole=lambda: shown[list(names)],
        meanings=names,
    )


def added_up(view: View) -> None:
    """What may be added, added up: for all, and by region; each with how many it rests on.

    Drawn when it is opened.
    """
    _ = view.words
    if not course(view)["additive"].eq(True).any():
        return
    opened = st.expander(
        _("Added up: the latest values of what the data declares additive"),
        key="priorities_sums",
        on_change="rerun",
    )
    if opened.open:
        with opened, part():
            _sums(view)


def _sums(view: View) -> None:
    _, frame = view.words, course(view)
    whole, regional = sums(frame, []), sums(frame, ["region"])
    kinds = frame.drop_duplicates("indicator").set_index("indicator")
    order = _.in_order(REGIONS)
    part = {(row.region, row.indicator): row for row in regional.itertuples()}

    def told(row: pd.Series | None) -> str:
        if row is None or missing(row.value):
            return NOTHING
        value = amount(_, row.value, kinds.loc[row.indicator, "kind"])
        return _("{value} ({n} of {all})", value=value, n=row.reports, all=row.series)

    shown = pd.DataFrame(
        {
            "indicator_name": [
                with_unit(*kinds.loc[code, ["indicator_name", "unit"]])
                for code in whole["indicator"]
            ],
            "all": [told(row) for row in whole.itertuples()],
        }
        | {
            region: [told(part.get((region, code))) for code in whole["indicator"]]
            for region in order
        }
    )
    columns = {
        "indicator_name": _("Indicator"),
        "all": _("All"),
        **{region: _.label(region) for region in order},
    }
    taken = pd.concat([whole.assign(region=None), regional], ignore_index=True)
    names = {
        "region": _("Region; empty: all"),
        "indicator": _("Indicator"),
        "value": _("Sum of the latest values; empty: no report"),
        "reports": _("Series with a report, which the sum rests on"),
        "series": _("Series with a target or a report"),
    }
    st.caption(
        _(
            "Latest values of the indicators that the data declares additive, of different days; "
            "in brackets how many of the series have a report. Nothing stands in for the others."
        )
    )
    exhibit(
        view,
        "priorities_added_up",
        _("What the centres reported, added up"),
        shown,
        columns,
        whole=lambda: taken[list(names)],
        meanings=names,
    )
