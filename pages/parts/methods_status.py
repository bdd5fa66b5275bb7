"""How a status, a pace and an outlook are found, and whether the outlook keeps its word."""

import pandas as pd
import streamlit as st

from analysis.backtest import calibration, held_back
from pages.parts.exhibit import exhibit
from pages.parts.statuses import OUTLOOKS
from queries.bands import bands
from queries.view import View
from queries.words import N_

# (anchor, word, what it means), as in `methods.DEFINITIONS`; the rule is `analysis/status.py`.
DEFINITIONS = (
    (
        "course",
        N_("On course, behind, off course"),
        N_(
            "The targets of a centre for an indicator make a path: straight from the baseline "
            "through each dated target, and for yes/no a step on the due date. What the latest "
            "report achieved is divided by what the path expects by the day that is shown, both "
            "counted from the baseline; so a falling indicator and a target of zero need no rule "
            "of their own. The lines between the statuses stand below; they are set for each plan. "
            "*Achieved* means that the latest report is as good as the last target. After the last "
            "due date a centre that has not achieved is behind at best. *Not yet due* and *no "
            "report* are said where nothing was reported: the first while no due date has come. "
            "Where a cumulative indicator has no baseline, it counts from 0. *Not calculable* "
            "names its reason: no target is set; the target lies against the direction of its "
            "indicator; all reports are older than the baseline; no baseline was measured, and a "
            "level cannot do without; or it is not known when the work began. One report alone is "
            "marked as that."
        ),
    ),
    (
        "pace",
        N_("Required and actual pace"),
        N_(
            "The required pace is what is still lacking to the next target, divided by the time "
            "left to its due date. The actual pace is the slope of a straight line through all "
            "reports since the baseline, and the baseline where it has a date (ordinary least "
            "squares); a single report without one has no pace. Both are told for a year. “At "
            "this pace” is the month in which the latest report and the actual pace meet the last "
            "target; it can lie in the past when that report is old, and it is not said beyond 50 "
            "years."
        ),
    ),
    (
        "outlook",
        N_("Looking ahead"),
        N_(
            "Whether a target will be reached by its date is said only where at least six dated "
            "reports span at least half of the time from the start to the last due date. With "
            "three, the range for the date would be several times as wide as the whole way. It is "
            "said in words alone: *likely* is at least two chances in three, *unlikely* at most "
            "one, and in between it is *about as likely as not*. The chances follow from the line "
            "through the reports and their scatter around it (Student's t)."
        ),
    ),
    (
        "silent",
        N_("Counts that keep the silent in sight"),
        N_(
            "“7 of 11 reporting on course; of all 17, between 7 and 13” counts targets, centre by "
            "centre: 17 are set, 11 have a report, and of these 7 are on course or achieved. If "
            "none of the 6 without a report were on course it would be 7 of all 17, and 13 if all "
            "of them were. What was reported and cannot be judged yet is not counted as on course. "
            "Values are added up only where the data declares the indicator additive; a sum says "
            "how many series it rests on and stays blank where nobody reported."
        ),
    ),
)
MODELS = {
    "line": N_("a straight line with scatter, as the outlook believes"),
    "bend": N_("fast at first, then slower"),
    "walk": N_("every quarter goes on from the last"),
}


def lines(view: View) -> None:
    """Where the lines between the statuses lie, plan by plan."""
    _ = view.words
    table = bands()
    shown = pd.DataFrame(
        [
            {
                "plan": _("every other plan") if plan == "default" else _.label(plan),
                "on_course": _("at least {n}", n=_.number(band.on_course, 2)),
                "behind": _("at least {n}", n=_.number(band.behind, 2)),
                "off_course": _("at least {n}", n=_.number(band.moved_away, 2)),
                "moved_away": _("less than {n}", n=_.number(band.moved_away, 2)),
            }
            for plan, band in sorted(table.items(), key=lambda item: item[0] == "default")
        ]
    )
    if len(table) == 1:
        shown["plan"] = _("every plan")
    st.markdown(_("Achieved over expected, both counted from the baseline:"))
    words = {
        "on_course": _("on course"),
        "behind": _("behind"),
        "off_course": _("off course"),
        "moved_away": _("moved away"),
    }
    exhibit(
        view,
        "bands",
        _("The lines between the statuses"),
        shown,
        {"plan": _("Plan"), **words},
        meanings={
            "plan": _("Plan"),
            **{
                name: _("Share of the expected way: {status}", status=words[name]) for name in words
            },
        },
    )


def tested(view: View) -> None:
    """Whether the outlook keeps its word: on reports held back, and on simulated centres."""
    _held_back(view)
    _simulated(view)


def _held_back(view: View) -> None:
    _ = view.words
    frame = view.through(view.filters.only()).derive(held_back, "held_back_reports")
    series = int(frame["series"].max())
    if not series:
        st.markdown(
            _(
                "**Reports held back.** No series of the cohort shown has seven reports yet, so "
                "nothing could be tested on what centres reported."
            )
        )
        return
    st.markdown(
        _.plural(
            "**Reports held back.** In **{n}** series with at least seven reports the last one was "
            "hidden and foretold from the others.",
            "**Reports held back.** In each of **{n}** series with at least seven reports the last "
            "one was hidden and foretold from the others.",
            series,
        )
        + " "
        + _(
            "The truth should lie in the range as often as it promises. Less often means that the "
            "outlook sounds surer than it is; of a few series either can be chance."
        )
    )
    shown = frame.assign(
        share_promised=frame["interval"],
        share_inside=frame["coverage"],
    )
    columns = {
        "share_promised": _("The range promises"),
        "share_inside": _("The truth lay in it"),
        "inside": _("In it"),
        "below": _("Below it"),
        "above": _("Above it"),
        "series": _("Series"),
    }
    exhibit(view, "held_back", _("Reports held back"), shown, columns)


def _simulated(view: View) -> None:
    _ = view.words
    frame = view.derive(calibration)
    st.markdown(
        _(
            "**Simulated centres.** Of {n} made-up centres for each way of behaving the outlook "
            "was told after seven of twelve quarters, and then compared with what became of them. "
            "This proves that the words keep their promise *where the model holds*: a straight "
            "line with independent scatter. It also shows what they are worth where it does not. "
            "It cannot prove how real centres behave: they bend, and nobody knows which. No word "
            "here is a forecast of one centre.",
            n=int(frame["centres"].groupby(frame["model"]).sum().max()),
        )
    )
    shown = frame.assign(
        behaves=[_(MODELS[model]) for model in frame["model"]],
        said=[_(OUTLOOKS[word]) for word in frame["word"]],
        share_promised=frame["promised"],
        share_reached=frame["reached"],
    )
    columns = {
        "behaves": _("The centres go"),
        "said": _("It was said"),
        "centres": _("Of how many"),
        "share_promised": _("The word promised"),
        "share_reached": _("Reached the target"),
    }
    exhibit(view, "calibration", _("Simulated centres"), shown, columns)
