"""What changed, in sentences: how much of each kind there is, and what did not change."""

import streamlit as st

from pages.parts.changes import Changes
from pages.parts.moments import Moments
from queries.view import View
from queries.words import N_

# Each frame of `Changes` and what it is called; those without a row are named in one sentence.
NAMES = {
    "indicators": N_("statuses of indicators"),
    "centres": N_("statuses of centres"),
    "stages": N_("stages of applications"),
    "targets": N_("targets"),
    "places": N_("totals and places of applications"),
    "silent": N_("who is silent"),
    "corrected": N_("earlier records"),
    "new_applications": N_("new applications"),
    "new_centres": N_("new centres"),
    "reports": N_("reports"),
}


def answer(moments: Moments, changes: Changes) -> None:
    """What changed, in a sentence; and what this comparison cannot see."""
    _ = moments.after.words
    said = [phrase for phrase in phrases(moments.after, changes).values() if phrase]
    first, second = moments.names()
    if said:
        st.markdown(
            _(
                "Between {first} and {second}: {changes}.",
                first=first,
                second=second,
                changes=_.listed(said),
            )
        )
    else:
        st.markdown(_("No change between {first} and {second}.", first=first, second=second))
    notes = (
        _(
            "Each snapshot is seen as of the day it came in, or of the past day that is shown: a "
            "status may also change because time has passed."
        )
        if moments.of_snapshots
        else _(
            "Both days are told from what is stored now: a record that was corrected is shown "
            "corrected on both. Corrections are seen between two snapshots."
        )
    )
    if changes.uncounted:
        notes += " " + _(
            "There are too many applications or centres here to put them side by side; a filter "
            "makes them fewer."
        )
    st.caption(notes)


def phrases(view: View, changes: Changes) -> dict[str, str]:
    """How many changes of each kind there are, in the order of the page; empty where there is none.

    The kinds are the frames of `Changes`, with the indicators as `worse` and `better`.
    """
    _ = view.words

    def plural(one: str, many: str, n: int) -> str:
        return _.plural(one, many, n) if n else ""

    worse = int(changes.indicators["worse"].sum())
    return {
        "worse": plural(
            "**{n}** indicator of a centre moved to a worse status",
            "**{n}** indicators of centres moved to a worse status",
            worse,
        ),
        "better": plural(
            "**{n}** indicator of a centre moved to a better status",
            "**{n}** indicators of centres moved to a better status",
            len(changes.indicators) - worse,
        ),
        "centres": plural(
            "**{n}** centre changed its status",
            "**{n}** centres changed their status",
            len(changes.centres),
        ),
        "stages": plural(
            "**{n}** application changed its stage",
            "**{n}** applications changed their stage",
            len(changes.stages),
        ),
        "targets": plural(
            "**{n}** target was set anew", "**{n}** targets were set anew", len(changes.targets)
        ),
        "places": plural(
            "**{n}** application has another total or place",
            "**{n}** applications have another total or place",
            len(changes.places),
        ),
        "silent": plural(
            "**{n}** centre or indicator fell silent",
            "**{n}** centres or indicators fell silent",
            len(changes.silent),
        ),
        "corrected": plural(
            "**{n}** earlier record was corrected",
            "**{n}** earlier records were corrected",
            len(changes.corrected),
        ),
        "new_centres": plural(
            "**{n}** centre came in", "**{n}** centres came in", len(changes.new_centres)
        ),
        "new_applications": plural(
            "**{n}** application came in",
            "**{n}** applications came in",
            len(changes.new_applications),
        ),
        "reports": plural(
            "**{n}** report came in",
            "**{n}** reports came in",
            int(changes.reports["came"].sum()),
        ),
    }


def unchanged(moments: Moments, changes: Changes) -> None:
    """The kinds of change there were none of, by name; nothing where nothing changed at all."""
    _ = moments.after.words
    kinds = [
        _(name)
        for kind, name in NAMES.items()
        if getattr(changes, kind).empty and (kind != "corrected" or moments.of_snapshots)
    ]
    if kinds and changes.any():
        st.markdown(_("No change: {kinds}.", kinds=_.listed(kinds)))
