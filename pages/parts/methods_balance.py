"""How a lot is computed, how the best selection under rules is found, and what neither can tell."""

import streamlit as st

from queries.view import View
from queries.words import N_

# (anchor, word, what it means), as in `methods.DEFINITIONS`; the rules are `analysis/balance.py`
# and `analysis/rules.py`.
DEFINITIONS = (
    (
        "lot",
        N_("What a lot would give"),
        N_(
            "Take all N applications of the cohort that were not withdrawn, K of which belong to a "
            "group, and draw n of them by lot: as many as were selected or, before the decision, "
            "as there are places. The number drawn from the group then has the hypergeometric "
            "distribution, P(k) = C(K, k) · C(N − K, n − k) / C(N, n), whose mean is n · K / N. "
            "The range goes from the least to the greatest number that leave at most 2.5% of the "
            "draws below and at most 2.5% above. It is computed exactly; nothing is drawn, so "
            "there is neither a seed nor an error of chance. "
            "Johnson, Kemp and Kotz, *Univariate Discrete Distributions* (2005), chapter 6."
        ),
    ),
    (
        "lot-limits",
        N_("What a lot cannot tell"),
        N_(
            "A number outside its range says that chance alone would rarely give it, not why, and "
            "not that it is wrong: applications differ. A number within it says no more than that "
            "chance could have given it. Of many rows, about one in twenty lies outside even in a "
            "lot; and the rows hang together, as what one region has another has not."
        ),
    ),
    (
        "rules",
        N_("The best selection under rules"),
        N_(
            "Of all selections that fill the places and keep every rule, the one with the largest "
            "sum of totals, and so the largest mean. It is found exactly: by mixed-integer "
            "programming with HiGHS (Huangfu and Hall, *Mathematical Programming Computation* 10, "
            "2018) to an optimality gap of 0, where sums closer than 0.000001 points count as "
            "equal. A region from which nobody can be picked is left out of the rule for each "
            "region. An application without a total cannot be picked. Where fewer can be picked "
            "than there are places, all places that can be filled are. Of several best selections "
            "the one is taken that holds the application first in the list of totals (of equal "
            "totals, by the code), then the second, and so on; that there are others is said."
        ),
    ),
    (
        "rules-conflict",
        N_("Rules that exclude each other"),
        N_(
            "Where no selection keeps all rules, they are gone through one by one: a rule without "
            "which the others are still impossible is laid aside (the deletion filter of Chinneck "
            "and Dravnieks, *ORSA Journal on Computing* 3, 1991). What remains cannot be kept "
            "together, and without any one of it the others can. There may be more such sets; one "
            "is named."
        ),
    ),
    (
        "panel-noise",
        N_("The noise of the panel"),
        N_(
            "How much an application's total would vary with who reviews it, as a standard "
            "deviation: √((σ²(reviewer) + σ²(residual)) / k), with the variances of the panel's "
            "model and k the harmonic mean of the reviews of an application. Where every reviewer "
            "read every application, σ²(reviewer) is left out, as it moves all totals alike. A "
            "difference of two means is told in this unit to give a feeling for its size; it is no "
            "test. Where the model cannot be assessed, the noise is not known."
        ),
    ),
)


def distribution(view: View) -> None:
    """The section of the page /methods."""
    _ = view.words
    for anchor, word, meaning in DEFINITIONS:
        st.subheader(_(word), anchor=anchor)
        st.markdown(_(meaning))
