"""Applied beside selected: the same exhibit by region, by group of countries, by priority."""

from collections.abc import Callable

from charts.bars import bars
from pages.parts.exhibit import dark, exhibit
from pages.parts.notices import empty
from queries.view import View


def applied_and_selected(
    view: View, question: str, code: str, kind: str, name: Callable[[str], str] | None = None
) -> None:
    """One row per `code` of the answer, in the order of their names, each with two shares. `kind`
    is what a code stands for, in the reader's language.

    Shares and not counts are compared: of those who applied, and of those who were selected.
    """
    _ = view.words
    frame = view.ask(question)
    if frame.empty:
        empty(
            view, _("There is nothing to compare here."), _("The plan's priorities would fill it.")
        )
        return
    order = _.in_order(frame[code], name)
    frame = frame.set_index(code, drop=False).loc[order].reset_index(drop=True)
    frame["label"] = frame[code].map(name or _.label)
    count = view.ask("application_count").iloc[0]
    applied, selected = _("Applications"), _("Selected")
    shares = {
        heading: [int(n) / whole if whole else 0.0 for n in frame[column]]
        for heading, column, whole in (
            (applied, "applications", int(count["applications"])),
            (selected, "selected", int(count["selected"])),
        )
    }
    frame["share_of_applications"], frame["share_of_selected"] = shares.values()
    exhibit(
        view,
        question,
        _("{kind}: applied and selected", kind=kind),
        frame,
        {
            "label": kind,
            "applications": applied,
            "share_of_applications": _("Share of applications"),
            "selected": selected,
            "share_of_selected": _("Share of selected"),
        },
        figure=bars(
            list(frame["label"]),
            shares,
            dark=dark(),
            texts={
                heading: [
                    f"{_.number(n)} ({_.percent(share)})"
                    for n, share in zip(frame[column], shares[heading], strict=True)
                ]
                for heading, column in ((applied, "applications"), (selected, "selected"))
            },
        ),
        alt="; ".join(
            _(
                "{name}: {applied} applications, {selected} selected",
                name=row["label"],
                applied=row["applications"],
                selected=row["selected"],
            )
            for row in frame.to_dict("records")
        ),
    )
