"""The page register. To add a page: its file, one line here, one line in `queries/rights.toml`.

The order here is the order of the menu. A page's filters are shown above it and kept in its
address; `details` are further parameters of its own, dropped when the reader goes elsewhere, and
`repeated` those of them that may be given several times. A page of `every_cohort` shows all of them
together.
"""

from dataclasses import dataclass

from queries.words import N_

APPLICATION_FILTERS = ("region", "country", "stage", "goal", "group", "type", "score")
REVIEWED_FILTERS = ("region", "country", "stage", "goal", "group", "type")
# Neither a stage nor a score: it is those that are compared.
BALANCE_FILTERS = ("region", "country", "goal", "group", "type")
NETWORK_FILTERS = ("region", "country", "goal", "group")
COUNTRY_FILTERS = ("country",)


@dataclass(frozen=True)
class Page:
    """One page: its key in the address and in rights.toml, its file, its name in the menu."""

    key: str
    path: str
    section: str
    title: str
    icon: str
    filters: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    every_cohort: bool = False
    repeated: tuple[str, ...] = ()

    @property
    def dated(self) -> bool:
        """Whether it can show a past day: the records of what came in and the methods cannot."""
        return bool(self.filters)


OVERVIEW, SELECTION, COHORT, RECORDS = N_("Overview"), N_("Selection"), N_("Cohort"), N_("Records")

PAGES = (
    Page(
        "overview",
        "overview/overview.py",
        OVERVIEW,
        N_("Overview"),
        "dashboard",
        APPLICATION_FILTERS,
    ),
    Page(
        "applicants",
        "selection/applicants.py",
        SELECTION,
        N_("Applicants"),
        "public",
        APPLICATION_FILTERS,
        ("application",),
    ),
    Page(
        "scores",
        "selection/scores.py",
        SELECTION,
        N_("Scores"),
        "bar_chart",
        APPLICATION_FILTERS,
        ("by",),
    ),
    Page(
        "ranking",
        "selection/ranking.py",
        SELECTION,
        N_("Ranking"),
        "leaderboard",
        APPLICATION_FILTERS,
        ("application", "noise", "points", "weights"),
    ),
    Page(
        "reviewers",
        "selection/reviewers.py",
        SELECTION,
        N_("Reviewers"),
        "rate_review",
        REVIEWED_FILTERS,
    ),
    Page(
        "balance",
        "selection/balance.py",
        SELECTION,
        N_("Distribution"),
        "balance",
        BALANCE_FILTERS,
        ("least", "most", "ldc", "lldc", "sids", "in", "out", "by"),
        repeated=("in", "out"),
    ),
    Page(
        "compare",
        "selection/compare.py",
        SELECTION,
        N_("Compare"),
        "compare_arrows",
        APPLICATION_FILTERS,
        ("application",),
        repeated=("application",),
    ),
    Page(
        "centres",
        "cohort/centres.py",
        COHORT,
        N_("Centres"),
        "location_on",
        NETWORK_FILTERS,
        ("centre",),
    ),
    Page(
        "goals",
        "cohort/goals.py",
        COHORT,
        N_("Priorities"),
        "flag",
        NETWORK_FILTERS,
        ("by", "centre", "indicator"),
    ),
    Page(
        "changes",
        "cohort/changes.py",
        COHORT,
        N_("Changes"),
        "difference",
        NETWORK_FILTERS,
        ("by", "from", "to", "before", "after"),
    ),
    Page(
        "country",
        "cohort/country.py",
        COHORT,
        N_("Country"),
        "handshake",
        COUNTRY_FILTERS,
        every_cohort=True,
    ),
    Page("imports", "records/imports.py", RECORDS, N_("Imports"), "upload_file"),
    Page("methods", "records/methods.py", RECORDS, N_("Methods"), "menu_book"),
)
