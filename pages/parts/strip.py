"""The plan's priorities as one strip: how the indicators of the centres stand under each."""

import pandas as pd

from analysis.totals import totals
from charts.statuses import LOOKS
from charts.strip import strip
from pages.parts import address
from pages.parts.brief import of_network
from pages.parts.exhibit import dark, exhibit
from pages.parts.notices import empty
from queries.view import View
from queries.words import LABELS
from reports.course import course

# Statuses that say something of what was reported.
OF_REPORTS = ("achieved", "on course", "behind", "off course", "moved away")


def priorities(view: View) -> None:
    """One row per priority of the plan, with the number of targets in each status."""
    _, view = view.words, of_network(view)
    goals = view.ask("goals").dropna(subset="priority")
    judged = course(view)
    judged = judged[judged["final_target"].notna()]
    if goals.empty or judged.empty:
        empty(
            view,
            _("There is no target towards a priority of the plan here."),
            _("The tables goals, indicators and targets would fill this."),
        )
        return
    counted = pd.crosstab(judged["priority"], judged["status"])
    counted = counted.reindex(index=goals["priority"], columns=list(LOOKS), fill_value=0)
    statuses = [status for status in LOOKS if counted[status].any()]
    frame = counted[statuses].reset_index()
    frame["label"] = [
        _.label(key) if key in LABELS else name
        for key, name in zip(goals["priority"], goals["name"], strict=True)
    ]
    told = totals(judged, ["priority"]).set_index("priority").reindex(frame["priority"])
    for name in ("targets", "reporting", "on_course"):
        frame[name] = told[name].fillna(0).astype(int).to_numpy()
    counts = {status: [int(n) for n in frame[status]] for status in statuses}
    for status in set(statuses) & set(OF_REPORTS):
        # Where nobody reported, "none of them" is no result and stays blank.
        frame[status] = frame[status].where(frame["reporting"] > 0).astype("Int64")
    words = {status: _.label(status) for status in statuses}
    exhibit(
        view,
        "priorities_strip",
        _("Indicators of centres by priority and status"),
        frame,
        {
            "label": _("Priority"),
            "targets": _("With a target"),
            "reporting": _("Of these, reporting"),
            **words,
        },
        meanings={
            "label": _("Priority"),
            "targets": _("With a target"),
            "reporting": _("Of these, reporting"),
            **{code: _("Indicators of centres: {status}", status=words[code]) for code in words},
        },
        figure=strip(
            list(frame["label"]),
            counts,
            words,
            dark=dark(),
        ),
        alt="; ".join(
            f"{row['label']}: "
            + (
                ", ".join(
                    f"{counts[status][i]} {words[status]}"
                    for status in statuses
                    if counts[status][i]
                )
                or _("no target")
            )
            for i, row in enumerate(frame.to_dict("records"))
        ),
        links={"label": lambda row: "goals" + address.link(goal=row["priority"])},
    )
