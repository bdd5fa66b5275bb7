"""What is made ready before the first reader comes."""

from dataclasses import replace

from pages.parts import address, applications
from pages.parts.door import role, today
from pages.parts.tables import FEW
from queries.filters import REGIONS, Filters
from queries.rights import Rights
from queries.view import View, latest
from queries.words import LANGUAGES, Words


def warm_up() -> None:
    """Opens the data; with an empty store this builds the sample.

    Where the cohort that is shown first is so small that it takes no time, what /applicants asks
    when a region is clicked is asked now: the first new map comes as fast as the next.
    """
    snapshot = latest()
    for lang in LANGUAGES:
        view = View(snapshot, Filters(), Rights(role()), Words(lang), today())
        cohort = address.default_cohort(address.known_codes(view))
        view = view.through(Filters(cohort=cohort))
        if view.ask("application_count").loc[0, "applications"] > applications.MOST:
            return
        for region in REGIONS:
            there = view.through(replace(view.filters, region=region))
            there.ask("application_count")
            there.ask("applications_by_country")
            there.ask("applications", most=FEW)
