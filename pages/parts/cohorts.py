"""One cohort beside another, compared by shares: a larger call has more of everything."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from charts.bars import bars
from pages.parts import address
from pages.parts.exhibit import dark, exhibit
from queries.view import View

PARTS = {"applications_by_region": "region", "applications_by_group": "group_code"}


def loaded(view: View) -> dict[str, str]:
    """The cohorts there are, code -> name, the one shown first."""
    names = address.cohort_names(view)
    return {code: names[code] for code in sorted(names, key=lambda it: it != view.filters.cohort)}


def side_by_side(view: View) -> None:
    """Shares by region and group of every cohort; the counts stand beside them in the table."""
    _, names = view.words, loaded(view)
    whole = view.filters.only()
    views = {code: view.through(replace(whole, cohort=code)) for code in names}
    counts = {code: each.ask("application_count").iloc[0] for code, each in views.items()}
    names = {code: name for code, name in names.items() if counts[code]["applications"]}
    if len(names) < 2:
        return
    st.header(_("How do the cohorts compare?"))
    frame, shares = _table(view, views, counts, list(names))
    pair = list(names)[:2]
    exhibit(
        view,
        "cohorts",
        _("Cohorts compared by shares"),
        frame,
        {
            "label": _("Region or group"),
            **{
                f"{what}_{code}": f"{names[code]}: {heading}"
                for code in names
                for what, heading in (("applied", _("applications")), ("selected", _("selected")))
            },
        },
        figure=bars(
            list(frame["label"]),
            {names[code]: shares[code] for code in pair},
            dark=dark(),
            texts={names[code]: [_.percent(share) for share in shares[code]] for code in pair},
        ),
        alt="; ".join(
            f"{label}: " + ", ".join(f"{names[code]} {_.percent(shares[code][i])}" for code in pair)
            for i, label in enumerate(frame["label"])
        ),
    )
    st.caption(
        _(
            "Share of each cohort's applications, whole cohorts without filters. Groups of "
            "countries overlap; each cohort's are those of its own day. The numbers are small: one "
            "application is {share} of the smallest cohort.",
            share=_.percent(1 / min(int(counts[code]["applications"]) for code in names)),
        )
    )


def _table(
    view: View, views: dict[str, View], counts: dict[str, pd.Series], codes: list[str]
) -> tuple[pd.DataFrame, dict[str, list[float]]]:
    """The table's rows, and the shares of applications by cohort in the same order."""
    _ = view.words
    columns: dict[str, list] = {"label": []}
    shares: dict[str, list[float]] = {code: [] for code in codes}
    for question, key in PARTS.items():
        answers = {code: views[code].ask(question).set_index(key) for code in codes}
        order = _.in_order(answers[codes[0]].index)
        columns["label"] += [_.label(part) for part in order]
        for code in codes:
            rows, count = answers[code].loc[order], counts[code]
            decided = not pd.isna(views[code].ask("cohort_record").loc[0, "decided_on"])
            applied = rows["applications"] / int(count["applications"])
            shares[code] += list(applied)
            columns.setdefault(f"applied_{code}", []).extend(
                _share(view, n, share)
                for n, share in zip(rows["applications"], applied, strict=True)
            )
            chosen = int(count["selected"])
            columns.setdefault(f"selected_{code}", []).extend(
                _share(view, n, n / chosen) if decided and chosen else _("not decided yet")
                for n in rows["selected"]
            )
    return pd.DataFrame(columns), shares


def _share(view: View, n: int, share: float) -> str:
    """`34% (15)`."""
    return f"{view.words.percent(share)} ({view.words.number(n)})"
