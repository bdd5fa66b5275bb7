"""Applied beside selected: the same exhibit by region, by group of countries, by priority."""

from charts.bars import bars
from pages.parts.exhibit import dark, exhibit
from pages.parts.notices import empty, is_decided
from queries.view import View
from queries.words import N_

COUNTS = {
    "applications": (N_("Applications"), N_("Share of applications")),
    "selected": (N_("Selected"), N_("Share of selected")),
}


def applied_and_selected(
    view: View, question: str, code: str, kind: str, *, as_asked: bool = False
) -> None:
    """One row per `code` of the answer, each with its share of those who applied and, once the
    cohort is decided, of those selected. `kind` is what a code stands for, in the reader's
    language.

    The rows stand in the order of their names, or `as_asked` in that of the answer. Shares and not
    counts are compared; a share of nothing is none.
    """
    _ = view.words
    frame = view.ask(question)
    if frame.empty:
        empty(
            view, _("There is nothing to compare here."), _("The plan's priorities would fill it.")
        )
        return
    if not as_asked:
        frame = frame.set_index(code, drop=False).loc[_.in_order(frame[code])]
        frame = frame.reset_index(drop=True)
    frame["label"] = frame[code].map(_.label)
    count, decided = view.ask("application_count").iloc[0], is_decided(view)
    columns, shares, texts = {"label": kind}, {}, {}
    for name, (heading, of_whole) in COUNTS.items():
        if name == "selected" and not decided:
            continue
        whole = int(count[name])
        frame[f"share_of_{name}"] = frame[name] / (whole or float("nan"))
        columns |= {name: _(heading), f"share_of_{name}": _(of_whole)}
        shares[_(heading)] = list(frame[f"share_of_{name}"].fillna(0.0))
        texts[_(heading)] = [
            f"{_.number(n)} ({_.percent(n / whole)})" if whole else _.number(n) for n in frame[name]
        ]
    exhibit(
        view,
        question,
        _("{kind}: applied and selected", kind=kind)
        if decided
        else _("{kind}: applied; the selection is not decided yet", kind=kind),
        frame,
        columns,
        figure=bars(list(frame["label"]), shares, dark=dark(), texts=texts),
        alt="; ".join(
            _(
                "{name}: {applied} applied, {selected} selected",
                name=row["label"],
                applied=row["applications"],
                selected=row["selected"],
            )
            if decided
            else _("{name}: {applied} applied", name=row["label"], applied=row["applications"])
            for row in frame.to_dict("records")
        ),
    )
