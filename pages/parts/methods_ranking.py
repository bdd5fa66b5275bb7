"""How a place, its range and the probability of being above the line are found."""

import pandas as pd
import streamlit as st

from analysis.ranking import CENTRAL, DRAWS, SAFE, SEED
from analysis.weighting import concentration, typical_distance
from pages.parts.exhibit import exhibit
from pages.parts.ranking_settings import POINTS
from queries.view import View
from queries.words import N_

# (word, what it means); the text is Markdown. The rules are `analysis/ranking.py`, `weighting.py`,
# `standings.py` and `single_reviews.py`.
PARTS = (
    (
        N_("Draws, and what they tell"),
        N_(
            "What is uncertain is drawn {draws} times, always from the seed {seed}, so that the "
            "same data gives the same page. In each draw the applications are lined up anew. The "
            "*probability of being above the line* is the share of the draws in which an "
            "application is; the *expected place* is its mean place (Heyard, Ott, Salanti, Egger, "
            "Statistics and Public Policy 9 (2022), 110–121); the *range of places* is that of the "
            "central {central} of the draws; the *chance of each place* is how often it had it "
            "(rank acceptability: Lahdelma, Salminen, Operations Research 49 (2001), 444–454). "
            "The Monte Carlo standard error of a probability p is √(p(1 − p)/{draws}), at most "
            "{error} percentage points: what other draws would have changed, and nothing about "
            "whether the model is right."
        ),
    ),
    (
        N_("Safely above, near the line, safely below"),
        N_(
            "*Safely above*: above the line in at least {safe} of the draws. *Safely below*: in at "
            "most {unsafe}. *Near the line*: in between. It is a statement about these draws and "
            "no promise about whatever weights or other reviewers."
        ),
    ),
    (
        N_("Ties"),
        N_(
            "Equal totals share the better place, in the list and in every draw. Where a tie runs "
            "across the line, each of the tied counts with the share of the places that are left "
            "for them. So the order in which applications are stored changes nothing."
        ),
    ),
    (
        N_("Panel noise"),
        N_(
            "An application's level is drawn from what the model of the panel leaves open: value = "
            "mean + application + reviewer + residual, with variances that are common to the whole "
            "panel. So three reviews that agree by chance do not look more certain than others, "
            "and reviewers who scored lower than others on the same applications are taken into "
            "account. A review counts when it scored every criterion that counts. An application "
            "without such a review takes part in the draws with the panel's mean and variance, and "
            "nothing is told of its chances."
        ),
    ),
    (
        N_("Uncertain weights"),
        N_(
            "The weights are drawn from a Dirichlet distribution over the criteria whose weight is "
            "above 0, with α = 1 + κ · weight: its mode is the weights in force, κ = 0 makes any "
            "weights as likely as any others, and a criterion of weight 0 stays at 0. The control "
            "is told in points: how far a drawn weight typically lies from the one in force (the "
            "root mean square over draws and criteria, times 100), from which κ follows. The "
            "*weights that favour* an application are the mean of the weights in the draws that "
            "put it above the line (its central weight vector)."
        ),
    ),
    (
        N_("Both"),
        N_(
            "A draw of the level under the weights in force, moved by what the drawn weights "
            "change in the weighted mean of the application's criteria. The weights act on the "
            "mean scores, the noise is that of the total."
        ),
    ),
    (
        N_("Geometric mean"),
        N_(
            "The other way to add up: each criterion is told from 1 to 100 by the limits of its "
            "scale, and the values are multiplied, each to the power of its weight. A weak "
            "criterion is then made up for less by a strong one."
        ),
    ),
    (
        N_("A single review"),
        N_(
            "Each review is left out in turn, and the application placed again among the others as "
            "they are. The review that carries it is the one without which it changes sides; if "
            "several do, the one that moves it most. Nothing is filled in for missing scores. "
            "Drawing an application's own reviews again is shown as a check that fools: it knows "
            "nothing but these reviews, and three that agree by chance look certain."
        ),
    ),
)


def ranking(view: View) -> None:
    """The methods of the page on the ranking, and what the control of points means here."""
    _ = view.words
    values = {
        "draws": DRAWS,
        "seed": str(SEED),
        "central": _.percent(CENTRAL),
        "safe": _.percent(SAFE),
        "unsafe": _.percent(1 - SAFE),
        "error": _.number(100 * (0.25 / DRAWS) ** 0.5, 1),
    }
    for word, meaning in PARTS:
        st.markdown(f"**{_(word)}.** {_(meaning, **values)}")
    _spread(view)


def _spread(view: View) -> None:
    """Points and κ under the weights of the call."""
    _ = view.words
    shares = view.ask("ranked_criteria")["share_weight"].fillna(0)
    weights = list(shares[shares > 0])
    if len(weights) < 2:
        return
    most = typical_distance(weights, 0)
    steps = [points for points in POINTS.values() if 0 < points < most]
    shown = pd.DataFrame(
        {
            "points": [*steps, most],
            "kappa": [*(concentration(weights, points) for points in steps), 0.0],
        }
    )
    exhibit(
        view,
        "weights_spread",
        _("How far weights spread, under those of the call"),
        shown,
        {"points": _("Points a drawn weight typically lies away"), "kappa": _("κ")},
    )
