"""What every page, file and paper carries: which data it shows, and whether that is a sample."""

from queries.filters import FRAME
from queries.view import VERSION, View
from queries.words import N_

SAMPLE = N_("sample: countries and results drawn by lot")
FILTER_NAMES = {
    "cohort": N_("Cohort"),
    "region": N_("Region"),
    "country": N_("Country"),
    "stage": N_("Stage"),
    "goal": N_("Priority"),
    "group": N_("Group"),
    "type": N_("Organization type"),
    "score": N_("Total"),
    "as_of": N_("As of"),
    "snapshot": N_("Snapshot"),
    "lang": N_("Language"),
}


def is_sample(view: View) -> bool:
    """Whether the cohort that is shown is marked as a sample; where all are shown, any of them."""
    return bool(view.ask("cohort_record")["sample"].any())


def stamp(view: View, notice: str = "") -> list[tuple[str, str]]:
    """What every page, download and export carries: (label, text) pairs.

    `notice` stands beside the sample's, at the front: that the figures rest on other weights or
    rules than those of the call.
    """
    _ = view.words
    snapshot, filters = view.snapshot, view.filters
    cohorts = [str(name) for name in view.ask("cohort_record")["name"]]
    narrowed = [
        f"{_(FILTER_NAMES[name])}: {', '.join([value] if isinstance(value, str) else value)}"
        for name, value in filters.address().items()
        if name not in FRAME
    ]
    pairs = [
        *([(_("As of"), _.date(filters.as_of))] if filters.as_of else []),
        *([(_("Snapshot"), str(snapshot.number))] if filters.snapshot else []),
        (_("Cohort"), ", ".join(cohorts) or "–"),
        (_("Filters"), "; ".join(narrowed) or _("none")),
        (_("Data"), snapshot.hash[:12]),
        (_("Imported"), _.moment(snapshot.imported_at)),
        (_("Version"), VERSION),
    ]
    notices = [*([_(SAMPLE)] if is_sample(view) else []), *([notice] if notice else [])]
    return [(_("Notice"), " · ".join(notices)), *pairs] if notices else pairs
