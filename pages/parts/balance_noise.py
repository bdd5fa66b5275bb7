"""How much an application's total varies with who reviewed it, as the panel's model has it."""

import pandas as pd

from analysis.balance import panel_noise
from pages.parts.panel import panel
from queries.view import View


def noise_of(view: View) -> float | None:
    """How much an application's total varies with who reviewed it; None where not assessable."""
    agreement = panel(view)[0]
    total = agreement[agreement["criterion"].isna()]
    if total.empty or pd.notna(total.iloc[0]["reason"]):
        return None
    row = total.iloc[0]
    return panel_noise(
        *(float(row[name]) for name in ("var_reviewer", "var_residual", "reviews_each")),
        complete=bool(row["complete"]),
    )
