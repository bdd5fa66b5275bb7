"""How well the panel agrees, who scored lower or higher than others, and who read which regions."""

from typing import Any

import pandas as pd
import streamlit as st

from charts import reviewers as chart
from pages.parts import address, reviewers_places, scores
from pages.parts import reviewers_sentences as sentences
from pages.parts.exhibit import dark, exhibit, offer
from pages.parts.notices import empty
from pages.parts.panel import panel
from pages.parts.reasons import REASONS
from pages.parts.tables import FEW, NOTHING, in_one_line, linked, show_table, write_table
from pages.parts.text import plain
from queries.filters import REGIONS
from queries.view import View

MOST = 60  # reviewers in the figure
COEFFICIENTS = ("icc_a1", "icc_c1", "icc_ak")
NAMES = "restricted/reviewer_names"


def has_reviews(view: View) -> bool:
    """Whether an application of the cohort holds a place; where not, a sentence says why."""
    _, whole = view.words, view.through(view.filters.only())
    if not scores.has_scores(whole):
        return False
    if whole.ask("ranked_count").loc[0, "placed"]:
        return True
    empty(
        view,
        _("No application of this cohort holds a place."),
        _("It takes a score on every criterion that counts."),
    )
    return False


def answer(view: View) -> None:
    """The page's question answered in sentences with their numbers."""
    _ = view.words
    st.markdown(" ".join(sentences.agreement(_, _total(view))))
    sides = sentences.sides(_, panel(view)[1])
    if told := [*([sides] if sides else []), *reviewers_places.summary(view)]:
        st.markdown(" ".join(told))
    said = _(
        "It rests on all evaluated applications of the cohort, whatever the filters, and on "
        "complete reviews."
    )
    st.caption(f"{said} {_how(view, 'agreement')}")


def agreement(view: View) -> None:
    """The shares of the variance and the coefficients, for the total and each criterion."""
    _, frame = view.words, _by_criterion(view)
    known = frame[frame[["var_application", "var_reviewer", "var_residual"]].notna().all(axis=1)]
    rows = []
    for row in known.to_dict("records"):
        parts = [max(row[f"var_{share}"], 0) for share in chart.SHARES]
        if sum(parts):
            rows.append(chart.Shares(row["what"], tuple(part / sum(parts) for part in parts)))
    names = {
        "application": _("the applications"),
        "reviewer": _("who reads: some score lower, some higher"),
        "residual": _("everything else, chance included"),
    }
    rows_told = frame.to_dict("records")
    shown = frame.assign(
        **{
            name: in_one_line([sentences.coefficient(_, row, name) for row in rows_told])
            for name in COEFFICIENTS
        }
    )
    columns = {
        "what": _("Score"),
        "applications": _("Applications"),
        "reviews": _("Reviews"),
        "icc_a1": "ICC(A,1)",
        "icc_c1": "ICC(C,1)",
        "icc_ak": "ICC(A,k)",
        "reviewers_needed": _("Reviewers needed for {share}", share=_.number(0.8, 2)),
    }
    if frame["reason"].notna().any():
        columns["why"] = _("Not assessable")
    exhibit(
        view,
        "reviewers_agreement",
        _("How well the panel agrees"),
        shown,
        columns,
        figure=chart.shares(rows, names, _.percent, dark=dark()) if rows else None,
        alt=_("Shares of the variance of a single review, for the total and each criterion."),
        open_table=True,
        whole=lambda: frame.drop(columns="why"),
        meanings={"what": _("Score"), "criterion": _("Key of the criterion; none for the total")},
    )
    said = _(
        "In brackets the 95% interval. ICC(A,1): the applications' share in a single review; "
        "ICC(C,1): the same if reviewers' own levels did not count; ICC(A,k): their share in the "
        "mean of all its reviews. A total counts complete reviews only."
    )
    st.caption(f"{said} {_how(view, 'agreement')}")


def severity(view: View) -> None:
    """Each reviewer beside the others of the set: dot and range, and the table."""
    _ = view.words
    frame = panel(view)[1]
    if frame["severity"].isna().all():
        # Of a panel too large nobody is listed.
        reasons = list(frame["reason"].dropna().unique()) or [_total(view)["reason"]]
        st.markdown(" ".join(sentences.untold(_, reason) for reason in reasons))
        return
    names = _names(view)
    sets = int(frame["connected"].nunique())
    frame = frame.sort_values(["connected", "severity"], kind="stable", ignore_index=True)
    if told := sentences.sets(_, sets):
        st.markdown(told)
    known = frame[frame["severity"].notna()]
    shown = known[known.index.isin(known["severity"].abs().nlargest(MOST).index)]
    if len(shown) < len(known):
        st.caption(_("The figure shows the {n} furthest from 0; the table all.", n=MOST))
    _show_severity(view, frame, _figure(view, shown, names, sets), names, sets)
    said = _(
        "Points of the cohort's scale above or below the mean of the other reviewers of the set on "
        "the same applications, drawn towards 0 where there are few reviews, with the 95% "
        "interval. About one interval in twenty leaves out 0 by chance alone."
    )
    st.caption(f"{said} {_how(view, 'severity')}")


def regions(view: View) -> None:
    """How many applications of each region each reviewer read, and what that leaves unknown."""
    _, counts = view.words, view.ask("reviewer_regions")
    table = counts.pivot(index="reviewer", columns="region", values="applications")
    order = _.in_order(REGIONS)
    table = table.reindex(columns=order).fillna(0).astype(int).reset_index()
    held = set(counts["region"])
    only = {
        code: sorted(table.loc[table[order].drop(columns=code).sum(axis=1) == 0, "reviewer"])
        for code in order
        if code in held
    }
    only = {code: [plain(name) for name in names] for code, names in only.items() if names}
    if len(held) == 1:
        st.markdown(
            _("All applications that were reviewed are from {region}.", region=_.label(*held))
        )
    elif only:
        st.markdown(" ".join(sentences.narrow(_, only)))
    else:
        st.markdown(_("Every reviewer read applications from more than one region."))
    columns = {"reviewer": _("Reviewer"), **{code: _.label(code) for code in order}}
    names = _names(view)
    if names:
        table.insert(1, "name", table["reviewer"].map(names))
        columns = {"reviewer": _("Reviewer"), "name": _("Name"), **columns}
    if len(table) > FEW:
        show_table(view, table, columns)
    else:
        heads = {
            name: linked(label, "applicants" + address.link(region=name))
            if name in order
            else label
            for name, label in columns.items()
        }
        cells = {
            heads[name]: [
                _.number(value) if name in order else value or NOTHING for value in table[name]
            ]
            for name in columns
        }
        write_table(cells, _("Reviewers by regions"), {heads[code] for code in order})
    listed = counts.assign(name=counts["reviewer"].map(names)) if names else counts
    meanings = {
        "reviewer": _("Reviewer"),
        "name": _("Name"),
        "region": _("Region"),
        "applications": _("Applications read"),
    }
    offer(view, "reviewers_regions", _("Reviewers by regions"), meanings, lambda: listed)
    st.caption(
        _(
            "The number of applications read, complete reviews and others; an application is of "
            "the region its country had on the day that counts for the cohort."
        )
    )


def names_switch(view: View) -> None:
    """For the secretariat, whether the reviewers' names are shown; never in the address."""
    if view.rights.may_ask(NAMES):
        st.toggle(view.words("Show the reviewers' names"), key="reviewer_names")


# Frames and figures -------------------------------------------------------------------------------


def _names(view: View) -> dict[str, str]:
    """Reviewer -> name, where the reader may see names and asked for them; else nothing."""
    if not (view.rights.may_ask(NAMES) and st.session_state.get("reviewer_names")):
        return {}
    found = view.ask(NAMES)
    return dict(zip(found["reviewer"], found["name"].fillna(""), strict=True))


def _total(view: View) -> pd.Series:
    """The agreement on the total."""
    frame = panel(view)[0]
    return frame[frame["criterion"].isna()].astype(object).iloc[0]


def _how(view: View, anchor: str) -> str:
    return f"[{view.words('How this is found')}](methods#{anchor})"


def _by_criterion(view: View) -> pd.DataFrame:
    """The agreement on the total and on each criterion, scored or not, with what it is and why."""
    _, frame = view.words, panel(view)[0]
    whole = view.through(view.filters.only())
    criteria = whole.ask("score_by_criterion", fewest=scores.FEWEST)[["part", "name"]]
    order = pd.DataFrame(
        {"criterion": [None, *criteria["part"]], "what": [_("Total"), *criteria["name"]]}
    )
    frame = order.merge(frame, on="criterion", how="left")
    unread = "too_many" if frame["reason"].iloc[0] == "too_many" else "no_reviews"
    frame["reason"] = frame["reason"].mask(frame["applications"].isna(), unread)
    for name in ("applications", "reviewers", "reviews"):
        frame[name] = frame[name].fillna(0).astype(int)
    why = [_(REASONS[reason]) if isinstance(reason, str) else "" for reason in frame["reason"]]
    return frame.assign(why=why)


def _figure(view: View, known: pd.DataFrame, names: dict[str, str], sets: int) -> Any:
    _ = view.words
    sizes = known["connected"].value_counts()
    rows = []
    for row in known.to_dict("records"):
        group = ""
        if sets > 1:
            group = _.plural(
                "Set {set}: {n} reviewer",
                "Set {set}: {n} reviewers",
                int(sizes[row["connected"]]),
                set=row["connected"],
            )
        told = _.plural(
            "{points} points ({interval}), from {n} review",
            "{points} points ({interval}), from {n} reviews",
            int(row["reviews"]),
            points=_.number(row["severity"], 2),
            interval=sentences.interval(_, row["severity_low"], row["severity_high"]),
        )
        name = names.get(row["reviewer"])
        rows.append(
            chart.Reviewer(
                name=f"{row['reviewer']} · {name}" if name else row["reviewer"],
                severity=row["severity"],
                low=row["severity_low"],
                high=row["severity_high"],
                group=group,
                text=f"{row['reviewer']}\n{told}",
            )
        )
    words = {
        "lower": _("scored lower than others on the same applications"),
        "within": _("not told apart from the others"),
        "higher": _("scored higher"),
    }
    title = _("← lower · points · higher →")
    return chart.severities(rows, words, title, _.number, dark=dark())


def _show_severity(
    view: View, frame: pd.DataFrame, figure: Any, names: dict[str, str], sets: int
) -> None:
    _ = view.words
    columns = {
        "reviewer": _("Reviewer"),
        "name": _("Name"),
        "connected": _("Set"),
        "applications": _("Applications read"),
        "reviews": _("Complete reviews"),
        "mean_given": _("Mean given"),
        "severity": _("Points below or above others"),
        "range": _("95% interval"),
        "only_region": _("Read one region only"),
        "why": _("Not assessable"),
    }
    held = frame.assign(name=frame["reviewer"].map(names)) if names else frame
    shown = held.assign(
        range=in_one_line(
            NOTHING if pd.isna(low) else sentences.interval(_, low, high)
            for low, high in zip(frame["severity_low"], frame["severity_high"], strict=True)
        ),
        only_region=[
            _.label(code) if isinstance(code, str) else "" for code in frame["only_region"]
        ],
        why=[_(REASONS[code]) if isinstance(code, str) else "" for code in frame["reason"]],
    )
    left_out = {
        "name": not names,
        "connected": sets < 2,
        "only_region": not shown["only_region"].any(),
        "why": not shown["why"].any(),
    }
    exhibit(
        view,
        "reviewers_severity",
        _("Reviewers beside each other"),
        shown,
        {name: heading for name, heading in columns.items() if not left_out.get(name)},
        figure=figure,
        alt=sentences.sides(_, frame) or "",
        whole=lambda: held,
        meanings=columns,
    )
