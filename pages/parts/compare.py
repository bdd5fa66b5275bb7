"""Two to four applications side by side: which, their records, and their reviews on one scale."""

from itertools import pairwise
from typing import Any

import pandas as pd
import streamlit as st

from analysis.pairs import own_totals
from charts import compare as chart
from charts.distributions import Axis
from pages.parts import address
from pages.parts import compare_sentences as sentences
from pages.parts.exhibit import dark, exhibit, offer
from pages.parts.notices import empty, groups_day, left_out, no_application
from pages.parts.panel import panel
from pages.parts.reviewers_sentences import drawn as drawn_from
from pages.parts.score_sentences import exact
from pages.parts.tables import NOTHING, linked, write_columns
from pages.parts.text import plain, short
from queries.view import View

FEWEST, MOST = 2, 4  # applications
MOST_OPTIONS = 1_000  # to choose from: more nobody looks through, and the browser holds them all
TOTAL = "total"  # the figure's first band; those of criteria begin with another word
KEY = "compare_applications"


def choose(view: View) -> pd.DataFrame | None:
    """The control, and the records of the applications chosen; None while they are too few.

    The address keeps them as `application`, repeated.
    """
    _, asked = view.words, address.details("application")
    if not view.through(view.filters.only()).ask("application_count").loc[0, "applications"]:
        no_application(view.through(view.filters.only()))
        return None
    known = view.ask("compared_applications", applications=asked)
    kept = list(known["application_id"])[:MOST]
    _say_dropped(view, [name for name in asked if name not in set(known["application_id"])])
    if len(known) > MOST:
        st.info(_("At most {n} stand side by side; the others were left out.", n=MOST))
    st.session_state["details"] = {"application": kept}
    _choice(view, known[:MOST])
    if len(kept) >= FEWEST:
        return known[:MOST]
    _suggest(view, kept)
    return None


def answer(view: View, records: pd.DataFrame) -> None:
    """How they stand to each other, the higher place first: one sentence or two a pair."""
    ordered = records.sort_values("place", kind="stable", na_position="last")
    rows = ordered.to_dict("records")
    reviews = _reviews(view, records)
    told = [sentences.pair(view.words, reviews, one, other) for one, other in pairwise(rows)]
    st.markdown(told[0] if len(told) == 1 else "\n".join(f"- {said}" for said in told))
    if notes := sentences.notes(view.words, rows):
        st.caption(" ".join(notes))


def side_by_side(view: View, records: pd.DataFrame) -> None:
    """What is on record about each, a column for each, headed by the way to its whole record."""
    _ = view.words
    line = view.ask("cohort_record").iloc[0]
    # What the model says of them: nothing of those that hold no place.
    agreement, _reviewers, applications = panel(view)
    drawn = applications[["application_id", "above", "above_error", "reason"]]
    records = records.merge(drawn, on="application_id", how="left")
    if applications.empty:  # too many for the model: the total's row says so for all
        records["reason"] = agreement.iloc[0]["reason"]
    write_columns(
        {
            linked(f"{row['application_id']} · {row['organization']}", _record(row)): _pairs(
                view, row, line
            )
            for row in records.to_dict("records")
        }
    )
    groups_day(view)
    if records["above"].notna().any() and pd.notna(line["first_out"]):
        st.caption(f"{drawn_from(_)} [{_('How this is found')}](methods#ranking)")
    columns = {
        "application_id": _("Application"),
        "organization": _("Organization"),
        "country_name": _("Country"),
        "region": _("Region"),
        "ldc": _("Least developed country"),
        "lldc": _("Landlocked developing country"),
        "sids": _("Small island developing State"),
        "organization_type": _("Organization type"),
        "title": _("Title"),
        "stage": _("Stage"),
        "total": _("Total"),
        "place": _("Place"),
        "above": _("Probability of being above the line"),
        "above_error": _("Its Monte Carlo error"),
        "goals": _("Priorities"),
        "reviews": _("Reviews"),
        "complete": _("Reviews complete"),
    }
    held = {name: heading for name, heading in columns.items() if name in records}
    offer(view, "compare", _("Side by side"), held, lambda: records[list(held)])


def criteria(view: View, records: pd.DataFrame) -> None:
    """Every review on the cohort's scale, criterion by criterion, with the means."""
    _, reviews = view.words, _reviews(view, records)
    if reviews["score"].isna().all():
        empty(
            view,
            _("None of these applications has a score yet."),
            _("The table scores would fill this."),
        )
        return
    readers = reviews.groupby("reviewer")["application_id"].nunique()
    shared = sorted(readers.index[readers > 1])
    totals = own_totals(reviews)
    exhibit(
        view,
        "compare_reviews",
        _("Criterion by criterion"),
        *_table(view, records, reviews, totals),
        figure=_figure(view, records, reviews, totals, shared),
        alt=sentences.alt(_, list(records["application_id"]), reviews),
        links={"application_id": _record},
        whole=lambda: reviews.drop(columns="comment", errors="ignore"),
        meanings={
            "application_id": _("Application"),
            "reviewer": _("Reviewer, by code"),
            "criterion": _("Key of the criterion"),
            "name": _("Criterion"),
            "weight": _("Weight"),
            "scale_min": _("Scale from"),
            "scale_max": _("Scale to"),
            "score": _("Score as it was given"),
            "on_scale": _("Score on the cohort's scale"),
            "mean": _("Mean of the reviews on the cohort's scale"),
        },
    )
    st.caption(" ".join(sentences.reading(_, len(shared), reviews, totals)))


def comments(view: View, records: pd.DataFrame) -> None:
    """What reviewers wrote, for those who may read it; nothing for others."""
    _, reviews = view.words, _reviews(view, records)
    if "comment" not in reviews:
        return
    st.header(_("Comments of the reviewers"))
    written = reviews[reviews["comment"].notna()]
    if written.empty:
        empty(
            view,
            _("No comment on these applications is on record."),
            _("The column comment of the table scores would fill this."),
        )
        return
    columns = {
        "application_id": _("Application"),
        "name": _("Criterion"),
        "reviewer": _("Reviewer"),
        "comment": _("Comment"),
    }
    exhibit(view, "compare_comments", _("Comments of the reviewers"), written, columns)


# Choosing -----------------------------------------------------------------------------------------


def _choice(view: View, chosen: pd.DataFrame) -> None:
    """The applications that the filters leave, to choose from; what is chosen stays."""
    _ = view.words
    offered = view.ask("applications", most=MOST_OPTIONS)
    listed = pd.concat([offered, chosen]).drop_duplicates("application_id")
    named = listed[["application_id", "organization", "country_name"]].itertuples(index=False)
    names = {row[0]: " · ".join(short(str(text), 60) for text in row) for row in named}
    kept = list(chosen["application_id"])
    if st.session_state.get(KEY) != kept:
        st.session_state[KEY] = kept
    st.multiselect(
        _("Applications, two to four"),
        list(names),
        format_func=lambda code: names.get(code, code),
        key=KEY,
        max_selections=MOST,
        placeholder=_("An application, by its code or name"),
        on_change=_chosen,
    )
    if len(offered) == MOST_OPTIONS:
        st.caption(_("The first {n}; filters bring others here.", n=MOST_OPTIONS))


def _chosen() -> None:
    address.choose(application=list(st.session_state[KEY]))


def _say_dropped(view: View, names: list[str]) -> None:
    """Says which applications of the address the cohort has not, or not on the day shown."""
    _ = view.words
    left_out(view, [_("application “{name}”", name=short(name)) for name in names])


def _suggest(view: View, kept: list[str]) -> None:
    """What to choose, and the two on either side of the line as a start."""
    _ = view.words
    cohort = view.through(view.filters.only())
    if cohort.ask("application_count").loc[0, "applications"] < FEWEST:
        empty(
            view,
            _("This cohort has a single application, and it takes two to compare."),
            _("A second one would fill this page."),
        )
        return
    said = [
        _("Choose at least one more to stand beside **{name}**.", name=plain(kept[0]))
        if kept
        else _("Choose two to four applications to see them side by side.")
    ]
    sides = view.ask("line_neighbours")
    if len(sides) == 2:
        together = [*kept, *(name for name in sides["application_id"] if name not in kept)]
        there = address.link(application=together)
        said.append(
            _(
                "On either side of the line stand **{above}** and **{below}**: "
                "[see {all}]({there}).",
                above=plain(sides.loc[0, "application_id"]),
                below=plain(sides.loc[1, "application_id"]),
                all=_.listed([plain(name) for name in together]),
                there=there,
            )
        )
    st.markdown(" ".join(said))


# Words, figure and table --------------------------------------------------------------------------


def _reviews(view: View, records: pd.DataFrame) -> pd.DataFrame:
    return view.ask("compared_reviews", applications=list(records["application_id"]))


def _record(row: Any) -> str:
    return "applicants" + address.link(application=row["application_id"])


def _pairs(view: View, row: dict[str, Any], line: pd.Series) -> dict[str, str]:
    """The record of one application as heading -> text."""
    _ = view.words
    groups = [row["region"], *(g for g in ("LDC", "LLDC", "SIDS") if row[g.lower()])]
    stated = {
        _("Country"): row["country_name"],
        _("Region and groups"): ", ".join(_.label(code) for code in groups),
        _("Organization type"): row["organization_type"],
        _("Title"): row["title"],
        _("Stage"): _.label(row["stage"]),
        _("Total"): NOTHING if pd.isna(row["total"]) else _.number(row["total"], 2),
        _("Place"): sentences.place(_, row, line),
        _("Above the line"): sentences.above(_, row, line),
        _("Priorities"): ", ".join(_.label(goal) for goal in row["goals"]),
        _("Reviews"): sentences.reviews(_, row),
    }
    return {k: v if isinstance(v, str) and v else NOTHING for k, v in stated.items()}


def _figure(
    view: View,
    records: pd.DataFrame,
    reviews: pd.DataFrame,
    totals: pd.DataFrame,
    shared: list[str],
) -> Any:
    _, line = view.words, view.ask("cohort_record").iloc[0]
    ids = list(records["application_id"])
    bands = [chart.Band(TOTAL, _("Total"), _numbers(records["total"]), sentences.line(_, line))]
    for (criterion, name, weight), rows in reviews.groupby(
        ["criterion", "name", "weight"], sort=False
    ):
        means = rows.groupby("application_id")["mean"].first().reindex(ids)
        label = _("{name} · weight\u00a0{weight}", name=name, weight=weight)
        bands.append(chart.Band(f"criterion {criterion}", label, _numbers(means)))
    dots = pd.concat(
        [totals.assign(band=TOTAL), reviews.assign(band="criterion " + reviews["criterion"])]
    ).dropna(subset="on_scale")
    dots = dots.assign(
        value=dots["on_scale"], text=[sentences.dot(_, row) for row in dots.to_dict("records")]
    )
    axis = Axis(line["total_min"], line["total_max"], _("Score"), lambda value: exact(_, value))
    names = {"other": _("reviewers of one of them alone"), "mean": _("mean")}
    strips = {name: short(name, 14) for name in ids}
    return chart.beside(dots, bands, strips, shared, axis, names, dark=dark())


def _numbers(values: pd.Series) -> list[float | None]:
    return [None if pd.isna(value) else float(value) for value in values]


def _table(
    view: View, records: pd.DataFrame, reviews: pd.DataFrame, totals: pd.DataFrame
) -> tuple[pd.DataFrame, dict[str, str]]:
    """A row for each review and each application's mean, a column for each criterion."""
    _ = view.words
    rows, columns = [], {"application_id": _("Application"), "reviewer": _("Reviewer")}
    columns["total"] = _("Total")
    for criterion, name in reviews[["criterion", "name"]].drop_duplicates().itertuples(index=False):
        # Two criteria may bear one name, or that of a column.
        taken = name in columns.values()
        columns[f"criterion {criterion}"] = f"{name} ({criterion})" if taken else name
    own = totals.set_index(["application_id", "reviewer"])["on_scale"]
    for application, total in zip(records["application_id"], records["total"], strict=True):
        sheet = reviews[reviews["application_id"] == application]
        for reviewer, given in sheet.groupby("reviewer"):
            scores = dict(zip("criterion " + given["criterion"], given["on_scale"], strict=True))
            rows.append(
                {
                    "application_id": application,
                    "reviewer": reviewer,
                    "total": own.get((application, reviewer)),
                    **scores,
                }
            )
        means = sheet.groupby("criterion")["mean"].first()
        rows.append(
            {
                "application_id": application,
                "reviewer": _("mean"),
                "total": total,
                **{f"criterion {criterion}": mean for criterion, mean in means.items()},
            }
        )
    return pd.DataFrame(rows, columns=list(columns)), columns
