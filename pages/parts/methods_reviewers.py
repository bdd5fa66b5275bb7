"""How the panel's agreement and its reviewers' levels are found, and a second opinion on it."""

import pandas as pd
import streamlit as st

from analysis.ranking import DRAWS, SAFE, SEED
from pages.parts import reviewers_sentences as sentences
from pages.parts.exhibit import exhibit
from pages.parts.notices import empty
from pages.parts.panel import panel
from pages.parts.reasons import PANELS, REASONS, RELIABLE, RESAMPLES
from pages.parts.tables import in_one_line
from queries.view import View
from queries.words import N_

# (anchor, word, what it means); the text is Markdown, with the numbers of `_numbers`.
DEFINITIONS = (
    (
        "agreement",
        N_("Agreement of the panel"),
        N_(
            "Each review is taken as *mean + application + reviewer + residual*. Applications, "
            "reviewers and residuals are independent draws, each kind with a variance of its own: "
            "A, R and E. The variances are estimated by restricted maximum likelihood (REML), as "
            "not every reviewer reads every application; over all applications that hold a place, "
            "and never those selected alone. For the total, a review is the weighted mean of its "
            "scores and counts where it scored every criterion that counts.\n\n"
            "- ICC(A,1) = A / (A + R + E): the applications' share in a single review;\n"
            "- ICC(C,1) = A / (A + E): the same where reviewers' own levels do not count;\n"
            "- ICC(A,k) = A / (A + (R + E) / k): their share in the mean of k reviews, k being "
            "the harmonic mean of the numbers of reviews that the applications have;\n"
            "- reviewers needed: the least k for which ICC(A,k) reaches {reliable}.\n\n"
            "The 95% intervals come from {draws} draws of the three variances (seed {seed}) from "
            "the normal distribution that their information gives, with those below 0 counted as "
            "0. Where everybody read everything, the coefficients are the ones of the analysis of "
            "variance; they can be below 0, and the interval then reaches down to them. McGraw "
            "and Wong, Psychological Methods 1 (1996), 30–46; Shrout and Fleiss, Psychological "
            "Bulletin 86 (1979), 420–428; Putka and others, Journal of Applied Psychology 93 "
            "(2008), 959–981; ten Hove, Jorgensen and van der Ark, Psychological Methods 27 "
            "(2022), 650–666."
        ),
    ),
    (
        "severity",
        N_("Scored lower or higher than others on the same applications"),
        N_(
            "What the model above says of a reviewer: points given above the mean of the other "
            "reviewers of the same set, on the same application; below 0, lower. It is drawn "
            "towards 0 where there are few reviews, and the 95% interval includes that the "
            "variances themselves are not known exactly. Two reviewers can be told apart only "
            "where they are connected: by an application that both read, or through others (Weeks "
            "and Williams, Technometrics 6 (1964), 319–324); where the panel falls into several "
            "such sets, each is looked at by itself.\n\n"
            "The adjusted total of an application is what the panel's reviewers would give it on "
            "average, had all of them read it; its place follows from it. There is no adjusted "
            "place where the reviewers share no application with most of the others, and none "
            "where all of them read one region only: whether they scored lower or the region's "
            "applications are weaker cannot be told apart then. The official total and place stay "
            "as they are."
        ),
    ),
    (
        "discuss-first",
        N_("To discuss first"),
        N_(
            "An application that is near the line (above it in more than {unsafe} and less than "
            "{safe} of {draws} draws from the model, seed {seed}) **and** whose reviews disagree. "
            "The disagreement is the standard deviation of its reviews after the reviewers' own "
            "levels are taken out. It is held against {panels} panels simulated from the model "
            "with the same reviewers reading the same applications (seed {seed}): no more than "
            "{unsafe} of them may disagree as much on that application. The Monte Carlo error of "
            "a probability is at most {error}."
        ),
    ),
)


def section(view: View) -> None:
    """The definitions under their anchors, and Krippendorff's alpha beside the coefficients."""
    _ = view.words
    numbers = {
        "draws": DRAWS,
        "seed": str(SEED),
        "panels": PANELS,
        "reliable": _.number(RELIABLE, 2),
        "safe": _.percent(SAFE),
        "unsafe": _.percent(1 - SAFE),
        "error": _.number(0.5 / DRAWS**0.5, 3),
    }
    for anchor, word, meaning in DEFINITIONS:
        st.subheader(_(word), anchor=anchor)
        st.markdown(_(meaning, **numbers))
    st.subheader(_("A second opinion: Krippendorff's alpha"), anchor="alpha")
    _second_opinion(view)


def _second_opinion(view: View) -> None:
    _ = view.words
    frame = panel(view)[0]
    if frame.empty:
        empty(
            view,
            _("No application of this cohort holds a place."),
            _("It takes a score on every criterion that counts."),
        )
        return
    st.markdown(
        _(
            "Alpha is 1 less the observed disagreement over the one expected by chance, on an "
            "interval scale, over the applications with two reviews or more. Reviewers' own levels "
            "count as disagreement, so it is held beside ICC(A,1). The 95% intervals come from "
            "{resamples} samples of as many applications (seed {seed}). Krippendorff, Content "
            "Analysis, 2nd edition (2004), chapter 11.",
            resamples=RESAMPLES,
            seed=str(SEED),
        )
    )
    criteria = view.ask("score_by_criterion", fewest=1)
    names = dict(zip(criteria["part"], criteria["name"], strict=True))
    rows = frame.to_dict("records")
    shown = frame.assign(
        what=[_("Total") if pd.isna(key) else names.get(key, key) for key in frame["criterion"]],
        alpha_told=in_one_line([sentences.coefficient(_, row, "alpha") for row in rows]),
        icc_told=in_one_line([sentences.coefficient(_, row, "icc_a1") for row in rows]),
        why=[_(REASONS[code]) if isinstance(code, str) else "" for code in frame["reason"]],
    )
    columns = {
        "what": _("Score"),
        "alpha_told": _("Alpha"),
        "icc_told": "ICC(A,1)",
        "why": _("Not assessable"),
    }
    if not shown["why"].any():
        del columns["why"]
    exhibit(
        view,
        "panel_alpha",
        _("Krippendorff's alpha"),
        shown,
        columns,
        whole=lambda: frame,
        meanings={},
    )
