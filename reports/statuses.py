"""What is said beside a status, on screen and on paper alike; its word is a label of its own."""

from typing import Any

from queries.words import N_, Words

REASONS = {
    "no_target": N_("no target is set"),
    "against_direction": N_("the target lies against the direction of its indicator"),
    "early_reports": N_("all reports are older than the baseline"),
    "no_baseline": N_("no baseline was measured"),
    "no_start": N_("it is not known when the work began"),
}


def notes(_: Words, row: Any) -> list[str]:
    """Why a status cannot be said, what it rests on, that time is up. `row` is one of `course`."""
    said = []
    if isinstance(row.reason, str):
        said.append(_(REASONS[row.reason]))
    if row.one_report:
        said.append(_("one report"))
    if row.past_due:
        said.append(_("past due"))
    if row.value != row.value and row.parts:
        said.append(_("reported in parts only, no total"))
    return said
