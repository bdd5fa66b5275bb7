"""Reviewers beside each other, and applications with the reviewers' severity taken out.

Two reviewers can be told apart only where they are connected: by an application that both read, or
through others (Weeks and Williams, Technometrics 6 (1964), 319-324). Where the reviewers of an
application read one region alone, nobody can say whether they are severe or the region's
applications weak.
"""

import numpy as np
import pandas as pd

from analysis.panel import Components, Design, sets_of_applications
from analysis.posterior import Posterior, levels, reviewer_effects, severities
from analysis.ranking import SEED, places_of

PANELS = 2_000  # simulated
NORMAL = 1.959963984540054  # standard deviations to either side hold 95 %
CELLS = 4_000_000  # numbers in a chunk of simulated panels


def by_reviewer(design: Design, posterior: Posterior | None) -> pd.DataFrame:
    """One row per reviewer of the design, in its order.

    posterior: None where the variances cannot be told apart, and then nobody is told to give less
    or more than others. Gives reviewer, connected (number of the set, from 1), reviews, mean_given,
    severity (points given above the mean of the other reviewers of the set, on the same
    application; shrunk towards 0 where there are few reviews), severity_low, severity_high (95 %),
    and reason: "no_other" where the set has no other reviewer.
    """
    sums = design.centre * design.given + design.scale * design.by_reviewer(design.values)
    severity = deviation = np.full(len(design.reviewers), np.nan)
    if posterior:
        severity, deviation = severities(posterior)
    alone = np.isnan(severity)
    return pd.DataFrame(
        {
            "reviewer": design.reviewers,
            "connected": design.sets + 1,
            "reviews": design.given,
            "mean_given": sums / design.given,
            "severity": severity + 0.0,  # no -0
            "severity_low": severity - NORMAL * deviation,
            "severity_high": severity + NORMAL * deviation,
            "reason": pd.Series(
                np.where(alone & (posterior is not None), "no_other", None), dtype=object
            ),
        }
    )


def by_application(
    design: Design, narrow: np.ndarray, posterior: Posterior, components: Components
) -> pd.DataFrame:
    """One row per application of the design, in its order.

    narrow: for each reviewer, whether all that was read is from one region, and others read more.
    Gives application_id, reviews, connected (number of the set, from 1), adjusted and adjusted_sd
    (the level: mean and standard deviation), adjusted_place (among all of these; ties share the
    better place), disagreement (standard deviation of its reviews, the reviewers' severity taken
    out; missing with one review), disagreement_chance (share of PANELS simulated panels of the same
    design in which it is at least as large) and reason, why there is no adjusted place:
    not_connected: it is not in the set that holds most applications, or no set holds most
    one_region: all of its reviewers are narrow
    """
    adjusted, deviation = levels(posterior)
    connected = sets_of_applications(design)
    held = np.bincount(connected)
    outside = (connected != held.argmax()) | (2 * held.max() <= len(connected))
    narrowly = design.by_application(1.0 - narrow[design.reviewer]) == 0
    reasons = np.select([outside, narrowly], ["not_connected", "one_region"], "")
    places = places_of(adjusted.round(10)).astype(float)
    disagreement, chance = _disagreement(design, posterior, components)
    return pd.DataFrame(
        {
            "application_id": design.applications,
            "reviews": design.read,
            "connected": connected + 1,
            "adjusted": adjusted,
            "adjusted_sd": deviation,
            "adjusted_place": np.where(reasons == "", places, np.nan),
            "disagreement": disagreement,
            "disagreement_chance": chance,
            "reason": pd.Series(np.where(reasons == "", None, reasons), dtype=object),
        }
    )


def unassessed(design: Design) -> pd.DataFrame:
    """The same of a panel whose variances cannot be told apart: application_id, reviews, connected
    and a reason that is left to say."""
    return pd.DataFrame(
        {
            "application_id": design.applications,
            "reviews": design.read,
            "connected": sets_of_applications(design) + 1,
            "reason": None,
        }
    )


def _disagreement(
    design: Design, posterior: Posterior, components: Components
) -> tuple[np.ndarray, np.ndarray]:
    """Disagreement on each application, and how often chance alone makes as much of it."""
    some = design.read > 1
    if posterior.exact:
        return np.where(some, 0.0, np.nan), np.where(some, 1.0, np.nan)
    found = _deviations(design, posterior, design.values[:, None])[:, 0]
    variances = np.array([components.application, components.reviewer, components.residual])
    deviations = np.sqrt(np.maximum(variances, 0)) / design.scale
    rng, reached = np.random.default_rng(SEED), np.zeros(len(found))
    chunk = max(1, CELLS // len(design.values))
    for start in range(0, PANELS, chunk):
        count = min(chunk, PANELS - start)
        simulated = deviations[2] * rng.standard_normal((len(design.values), count))
        for deviation, at, names in (
            (deviations[0], design.application, design.applications),
            (deviations[1], design.reviewer, design.reviewers),
        ):
            simulated += (deviation * rng.standard_normal((len(names), count)))[at]
        many = _deviations(design, posterior, simulated)
        # What differs by rounding alone is as large.
        reached += (many >= found[:, None] - 1e-9).sum(axis=1)
    return (
        np.where(some, design.scale * found, np.nan),
        np.where(some, reached / PANELS, np.nan),
    )


def _deviations(design: Design, posterior: Posterior, values: np.ndarray) -> np.ndarray:
    """Standard deviation of each application's values after severity: applications x panels."""
    left = values - reviewer_effects(posterior, values)[design.reviewer]
    first = np.cumsum(design.read) - design.read
    mean = np.add.reduceat(left, first, axis=0) / design.read[:, None]
    squares = np.add.reduceat((left - mean[design.application]) ** 2, first, axis=0)
    return np.sqrt(squares / np.maximum(design.read - 1, 1)[:, None])
