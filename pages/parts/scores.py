"""How the applications were scored: in sentences, on one scale, and in parts side by side."""

from typing import Any

import pandas as pd
import streamlit as st

from charts import distributions as chart
from pages.parts import address
from pages.parts import score_sentences as sentences
from pages.parts.exhibit import dark, exhibit
from pages.parts.notices import empty, groups_day, is_decided, left_out, no_application
from pages.parts.score_sentences import FEWEST
from pages.parts.text import short
from queries.filters import REGIONS, STAGES
from queries.view import View
from queries.words import N_, Words

FEW = 300  # applications; up to here each has a dot of its own
NEAR = 1 / 20  # of the scale; this close to the line counts as near
MOST_TYPES = 12  # types of organization with a row of their own
SPLITS = {"criterion": N_("Criterion"), "region": N_("Region"), "type": N_("Organization type")}
TITLES = {
    "criterion": N_("Scores by criterion"),
    "region": N_("Totals by region"),
    "type": N_("Totals by organization type"),
}
# The rows of what has no type of its own.
REMAINDERS = {"other types": N_("other types"), "not stated": N_("not stated")}


def summary(view: View) -> pd.Series:
    """How the totals lie that the filters leave, beside the cohort's scale and line."""
    return view.ask("score_summary", fewest=FEWEST, near=NEAR).astype(object).iloc[0]


def has_scores(view: View) -> bool:
    """Whether there is anything to show; where not, a sentence says what is empty."""
    _, row = view.words, summary(view)
    if pd.isna(row["criteria"]):
        empty(
            view,
            _("This cohort has no criteria, so nothing could be scored."),
            _("The tables criteria and scores would fill this page."),
        )
    elif not row["applications"]:
        no_application(view)
    elif not row["reviewed"]:
        empty(
            view,
            _.plural(
                "The one application here has no score yet.",
                "None of the {n} applications here has a score yet.",
                row["applications"],
            ),
            _("The table scores would fill this page."),
        )
    return bool(row["reviewed"])


def answer(view: View) -> None:
    """The answer in sentences: how many, how high, where the line lies, and how sure that is."""
    _, row = view.words, summary(view)
    st.markdown(" ".join([sentences.height(_, row), *sentences.line(_, row)]))
    if notes := sentences.notes(view, row):
        st.caption(" ".join(notes))
    if view.filters.region or view.filters.group:
        groups_day(view)


def overall(view: View) -> None:
    """All totals on the cohort's scale, with the line; a dot leads to its application's record."""
    _, row = view.words, summary(view)
    if not row["scored"]:
        empty(
            view,
            _("No application here has a total."),
            _("It takes a score on every criterion that counts."),
        )
        return
    show = {
        "title": _("Distribution of the totals"),
        "figure": _figure(view, "all", [chart.Row("all")]),
        "alt": sentences.alt(_, row, decided=is_decided(view)),
    }
    if not _few(row):
        frame = _bars(view, "all", ["all"])
        columns = {"low": _("From"), "high": _("To below"), **_counts(view)}
        exhibit(view, "scores", frame=frame, columns=columns, **show)
        st.caption(_("Where at most {n} applications are left, each is shown by itself.", n=FEW))
        return
    frame = view.ask("score_dots", most=FEW)
    columns = {
        "application_id": _("Application"),
        "organization": _("Organization"),
        "country_name": _("Country"),
        "stage": _("Stage"),
        "total": _("Total"),
        "place": _("Place"),
        "complete": _("Reviews complete"),
    }
    picked = exhibit(
        view,
        "scores",
        frame=frame,
        columns={name: heading for name, heading in columns.items() if name in frame},
        links={"application_id": lambda dot: _record(dot["application_id"])},
        on_select="rerun",
        selection_mode="points",
        **show,
    )
    _open_record(view, frame, picked)


def by_stage(view: View) -> None:
    """Those selected against the others: how many, how high, and how many above the line."""
    _, row = view.words, summary(view)
    if not is_decided(view):
        return
    st.header(_("Were those selected scored higher?"))
    st.markdown(sentences.compared(_, row))
    ask = {"by": "stage", "parts": list(view.filters.stage or STAGES), "fewest": FEWEST}
    whole = view.through(view.filters.only()).ask("score_by_part", **ask)
    frame = view.ask("score_by_part", **ask)[whole["applications"] > 0]
    columns = {"stage": _("Stage"), **_headings(_, "stage")}
    if pd.notna(row["line"]):
        columns["above"] = _("Above the line")
    if row["tied"]:
        columns["on_line"] = _("On the line")
    frame = frame.rename(columns={"part": "stage"})
    exhibit(view, "scores_by_stage", _("Totals by stage"), frame, columns)


def choose_split(view: View) -> str:
    """The control that says what the parts are; the address keeps it as `by`.

    An address without it shows what was chosen last: going back from an application's record, the
    browser finds an address that Streamlit has stripped.
    """
    _, asked = view.words, address.detail("by")
    if asked and asked not in SPLITS:
        left_out(view, [f"by “{short(asked)}”"])
        asked = None
    by = asked or st.session_state.get("scores_last", "criterion")
    st.session_state["details"] = {"by": by}
    st.session_state["scores_last"] = by
    if st.session_state.get("scores_by") != by:
        st.session_state["scores_by"] = by
    return st.segmented_control(
        _("Split by"),
        list(SPLITS),
        format_func=lambda code: _(SPLITS[code]),
        key="scores_by",
        required=True,
        on_change=_split_chosen,
    )


def in_parts(view: View, by: str) -> None:
    """The same by criterion, region or organization type: a row each, with its count and mean."""
    _, row = view.words, summary(view)
    frame = _parts(view, by)
    rows = [
        chart.Row(part, sentences.row_label(_, label, n, mean), None if pd.isna(mean) else mean)
        for part, label, n, mean in zip(
            frame["part"], frame["label"], frame["scored"], frame["mean"], strict=True
        )
    ]
    columns = {"label": _(SPLITS[by]), **_headings(_, by)}
    if is_decided(view):
        columns |= {
            "selected": _("Selected"),
            "selected_mean": _("Mean of the selected"),
            "others": _("Others"),
            "others_mean": _("Mean of the others"),
        }
    labels = "; ".join(row.label for row in rows)
    click = {"on_select": "rerun", "selection_mode": "points"} if _few(row) else {}
    picked = exhibit(
        view,
        f"scores_by_{by}",
        _(TITLES[by]),
        frame,
        columns,
        figure=_figure(view, by, rows),
        alt=_("{title}: {rows}.", title=_(TITLES[by]), rows=labels),
        open_table=True,
        **click,
    )
    if click:
        _open_picked(picked)
    notes = [_("A mean or median is given where there are at least {n}.", n=FEWEST)]
    if not _few(row):
        notes.append(_("The highest bar of each row fills it."))
    if by == "region":
        day = view.ask("cohort_record").loc[0, "groups_on"]
        notes.append(_("Regions are those of {day}.", day=day))
    if by == "criterion":
        notes.append(
            _(
                "On a criterion, an application has the mean of its reviews, told here on the "
                "scale of the totals, from {low} to {high}.",
                low=row["total_min"],
                high=row["total_max"],
            )
        )
    st.caption(" ".join(notes))


def _few(row: pd.Series) -> bool:
    return row["reviewed"] <= FEW


# Figures and tables -----------------------------------------------------------------------------


def _figure(view: View, by: str, rows: list[chart.Row]) -> Any:
    """Dots where few were reviewed, bars where many; `by` is `all` or a key of SPLITS."""
    _, row = view.words, summary(view)
    axis = chart.Axis(
        row["total_min"],
        row["total_max"],
        _("Score") if by == "criterion" else _("Total"),
        lambda value: sentences.exact(_, value),
    )
    line = None
    if pd.notna(row["line"]) and by != "criterion":
        places = int(row["places"])
        line = chart.Line(row["line"], _.plural("line: {n} place", "line: {n} places", places))
    parts = [part.part for part in rows]
    if not _few(row):
        start, width, _count = chart.bins(row["total_min"], row["total_max"])
        names = {"mean": _("mean"), "count": _("applications")}
        names |= _counts(view) if is_decided(view) else {}
        bars = _bars(view, by, parts)
        return chart.bars(bars, rows, axis, names, start=start, width=width, dark=dark(), line=line)
    names = {stage: _.label(stage) for stage in STAGES}
    names |= {"open": _("incomplete"), "mean": _("mean")}
    return chart.dots(_dots(view, by, parts), rows, axis, names, dark=dark(), line=line)


def _dots(view: View, by: str, parts: list[str]) -> pd.DataFrame:
    """One row per dot, as charts.distributions.dots wants them."""
    _ = view.words
    if by == "criterion":
        frame = view.ask("score_dots_by_criterion", most=FEW).rename(columns={"mean": "value"})
    else:
        frame = view.ask("score_dots", most=FEW).rename(columns={"total": "value"})
        if by == "all":
            frame["part"] = by
        elif by == "region":
            frame["part"] = frame["region"]
        else:
            known = frame["organization_type"].isin(parts)
            stated = frame["organization_type"].where(known, "other types")
            frame["part"] = stated.where(frame["organization_type"].notna(), "not stated")
    frame["id"] = frame["application_id"]
    frame["text"] = [_dot_text(_, dot) for dot in frame.to_dict("records")]
    return frame


def _dot_text(_: Words, dot: dict[str, Any]) -> str:
    """What hovering over a dot says: as much of it as the reader may see."""
    known = (dot.get("organization"), dot.get("country_name"))
    who = [str(text) for text in known if text] or [dot["application_id"]]
    value = _.number(dot["value"], 2)
    if pd.notna(dot.get("place")):
        said = _(
            "{value}, place {place}, {stage}",
            value=value,
            place=dot["place"],
            stage=_.label(dot["stage"]),
        )
    else:
        said = _("{value}, {stage}", value=value, stage=_.label(dot["stage"]))
    return "\n".join([*who, said] if dot["complete"] else [*who, said, _("reviews incomplete")])


def _bars(view: View, by: str, parts: list[str]) -> pd.DataFrame:
    """One row per part and interval, as charts.distributions.bars wants them, with its ends."""
    _, row = view.words, summary(view)
    start, width, count = chart.bins(row["total_min"], row["total_max"])
    ask = {"start": start, "width": width, "bins": count}
    if by == "criterion":
        frame = view.ask("score_bins_by_criterion", **ask)
    elif by == "all":
        found = view.ask("score_bins", by="stage", parts=list(STAGES), **ask)
        found = found.groupby("bin")[["selected", "others"]].sum()
        # Intervals between that hold nothing are rows too.
        found = found.reindex(range(found.index.min(), found.index.max() + 1), fill_value=0)
        frame = found.rename_axis("bin").reset_index().assign(part="all")
    else:
        frame = view.ask("score_bins", by=by, parts=parts, **ask)
    frame["low"] = (start + frame["bin"] * width).round(10)
    frame["high"] = (frame["low"] + width).round(10)
    frame["text"] = [
        _(
            "{low} to {high}: selected {selected}, others {others}",
            low=sentences.exact(_, low),
            high=sentences.exact(_, high),
            selected=selected,
            others=others,
        )
        for low, high, selected, others in zip(
            frame["low"], frame["high"], frame["selected"], frame["others"], strict=True
        )
    ]
    return frame


def _parts(view: View, by: str) -> pd.DataFrame:
    """One row per part with its label, in the order of names (criteria: of their weights)."""
    _, filters = view.words, view.filters
    if by == "criterion":
        return view.ask("score_by_criterion", fewest=FEWEST).assign(label=lambda f: f["name"])
    if by == "region":
        parts = [filters.region] if filters.region else _.in_order(REGIONS)
        frame = view.ask("score_by_part", by=by, parts=parts, fewest=FEWEST)
        return frame.assign(label=frame["part"].map(_.label))
    types = view.ask("organization_types", most=MOST_TYPES)["organization_type"]
    kept = [name for name in types if not filters.type or name in filters.type]
    parts = [*_.in_order(kept), *REMAINDERS]
    frame = view.ask("score_by_part", by=by, parts=parts, fewest=FEWEST)
    frame = frame[frame["part"].isin(kept) | (frame["applications"] > 0)]
    labels = [_(REMAINDERS[part]) if part in REMAINDERS else part for part in frame["part"]]
    return frame.assign(label=labels)


def _headings(_: Words, by: str) -> dict[str, str]:
    criterion = by == "criterion"
    return {
        "scored": _("Scored") if criterion else _("With a total"),
        "unscored": _("Not scored") if criterion else _("Without"),
        "mean": _("Mean"),
        "median": _("Median"),
        "lowest": _("Lowest"),
        "highest": _("Highest"),
    }


def _counts(view: View) -> dict[str, str]:
    """What is counted apart: nothing before the decision."""
    _ = view.words
    if is_decided(view):
        return {"selected": _("selected"), "others": _("others")}
    return {"others": _("applications")}


# To the single record -----------------------------------------------------------------------------


def _record(application: str) -> str:
    return "applicants" + address.link(application=application, by=None)


def _go(application: str) -> None:
    there = address.here(application=application, by=None)
    st.switch_page("selection/applicants.py", query_params=there)


def _open_picked(picked: Any) -> None:
    """Follows a click on a dot."""
    points = picked["selection"]["points"]
    if points:
        chosen = points[0]["customdata"]
        _go(chosen if isinstance(chosen, str) else chosen[0])


def _open_record(view: View, frame: pd.DataFrame, picked: Any) -> None:
    """The way from a dot to its record: by click, and the same by keyboard."""
    _ = view.words
    _open_picked(picked)
    ids = frame["application_id"].tolist()
    named = frame.get("organization", frame["application_id"])
    names = dict(zip(ids, named, strict=True))
    chosen = st.selectbox(
        _("Open the record of"),
        ids,
        index=None,
        format_func=names.__getitem__,
        placeholder=_("An application, by its name"),
        key="scores_record",
        width=420,
    )
    if chosen:
        _go(chosen)


def _split_chosen() -> None:
    address.choose(by=st.session_state["scores_by"])
