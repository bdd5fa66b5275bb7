"""The two cohorts: applications, stages, criteria, reviewers, scores."""

import datetime as dt
import itertools
from collections import Counter
from dataclasses import dataclass, field

from data.sample.countries import GROUPS, Country
from data.sample.lot import Lot
from data.sample.scoring import Sheet, differences, raise_by, review, reviewers_for, total

SEED = "sample 4"
REGIONS = ("AFR", "AMS", "ARB", "ASP", "CIS", "EUR")
TYPES = (
    "regulator",
    "ministry",
    "university",
    "incubator",
    "non-profit",
    "company",
    "research institute",
)
GOALS = ("KAP-1", "KAP-2", "KAP-3", "KAP-4", "KAP-5")
OBJECTIVES = ("1", "2", "3", "4", "5", "6")

CRITERIA_1 = {
    "team": ("Team and experience (sample)", 30),
    "ecosystem": ("Place in the local ecosystem (sample)", 25),
    "plan": ("Plan of work (sample)", 20),
    "reach": ("Reach beyond the host (sample)", 15),
    "means": ("Means and premises (sample)", 10),
}
CRITERIA_2 = {
    "need": ("Need in the country (sample)", 25),
    "plan": ("Plan of work (sample)", 20),
    "team": ("Team and experience (sample)", 20),
    "partners": ("Partners (sample)", 15),
    "inclusion": ("Inclusion (sample)", 12),
    "means": ("Means and premises (sample)", 8),
}
SCALE_1 = (1, 10, 1)
SCALE_2 = (0, 5, 0.5)
REVIEWERS = [f"R{number:02}" for number in range(1, 17)]

OPENED_1, CLOSED_1, DECIDED_1 = dt.date(2023, 2, 6), dt.date(2023, 3, 31), dt.date(2023, 6, 15)
OPENED_2, CLOSED_2 = dt.date(2026, 6, 15), dt.date(2026, 9, 30)
PLACES_1, PLACES_2 = 17, 12

# Not in the draw: the countries for which a centre has been reported in public, so that nothing
# here can be taken for a fact about one; and Palau, a Member State only since 19 September 2024.
NOT_DRAWN = {"AZE", "CHN", "IND", "KEN", "MWI", "TZA", "ZAF", "ZWE", "PLW"}


@dataclass
class Application:
    """One application while it is drawn; `stages` are dated, oldest first."""

    key: str
    country: Country
    quality: float = 0.0
    sheet: Sheet = field(default_factory=dict)
    stage: str = "submitted"
    stages: list[tuple[str, dt.date]] = field(default_factory=list)


Tables = dict[str, list[dict[str, object]]]


def empty_region() -> str:
    """The region nobody applied from in cohort 1: any but the CIS."""
    return Lot(SEED, "empty region").pick([region for region in REGIONS if region != "CIS"])


def leanings() -> dict[str, float]:
    """How far each reviewer scores from the others, in points of a scale of 1 to 10.

    One scores lower and one higher; both are among those who review both cohorts.
    """
    lot = Lot(SEED, "reviewers")
    result = {reviewer: 0.25 * lot.spread() for reviewer in REVIEWERS}
    lower, higher = lot.draw(REVIEWERS[3:11], 2)
    return result | {lower: -2.0, higher: 1.5}


def cohort_1(countries: list[Country]) -> Tables:
    """Cohort 1, decided: drawn again until the conditions hold that README.md names."""
    weights = {criterion: weight for criterion, (_, weight) in CRITERIA_1.items()}
    for attempt in itertools.count(1):
        lot = Lot(SEED, "cohort 1", attempt)
        applications = _applicants(
            lot, countries, "A", (28, 5, 2), set(REGIONS) - {empty_region()}, DECIDED_1
        )
        if applications is None:
            continue
        _review_all(lot, applications)
        if _select(lot, applications, weights) and _differ_as_meant(applications):
            break
    _date_stages_1(lot, applications)
    tables = _tables("1", applications, CRITERIA_1, SCALE_1)
    tables["cohorts"] = [
        {
            "cohort": "1",
            "name": "Sample cohort 1: countries and results drawn by lot",
            "opened_on": OPENED_1,
            "closed_on": CLOSED_1,
            "decided_on": DECIDED_1,
            "places": PLACES_1,
            "plan": "KAP",
            "sample": "yes",
        }
    ]
    tables["reviewers"] = [
        {"reviewer": reviewer, "name": f"Sample reviewer {reviewer[1:]}"} for reviewer in REVIEWERS
    ]
    _forget_dates(lot, tables)
    tables["conflicts"] = [
        {
            "person": "sample.member.one@example.org",
            "application_id": lot.pick(applications).key,
            "reason": "sample",
        },
        {
            "person": "sample.member.two@example.org",
            "country": lot.pick(applications).country.code,
            "reason": "sample",
        },
    ]
    return tables


def cohort_2(countries: list[Country]) -> Tables:
    """Cohort 2, being evaluated: reviews under way, nothing decided."""
    for attempt in itertools.count(1):
        lot = Lot(SEED, "cohort 2", attempt)
        applications = _applicants(lot, countries, "B", (16, 4, 0), set(REGIONS), CLOSED_2)
        if applications is not None:
            break
    stages = ["submitted"] * 5 + ["eligible"] * 8 + ["evaluated"] * 10 + ["withdrawn"]
    busy = dict.fromkeys(REVIEWERS[2:], 0)
    leaning = leanings()
    for application, stage in zip(applications, lot.shuffled(stages), strict=True):
        application.stage = stage
        count = {"evaluated": lot.pick((3, 3, 4)), "eligible": lot.pick((0, 1, 2))}.get(stage, 0)
        chosen = reviewers_for(lot, busy, count)
        application.sheet = review(
            lot,
            application.quality,
            {reviewer: leaning[reviewer] for reviewer in chosen},
            list(CRITERIA_2),
            SCALE_2,
            missing=0.06,
        )
        submitted = application.stages[0][1]
        eligible = lot.day(dt.date(2026, 10, 12), dt.date(2026, 10, 23))
        evaluated = lot.day(dt.date(2026, 11, 9), dt.date(2026, 11, 19))
        application.stages = {
            "submitted": [("submitted", submitted)],
            "eligible": [("submitted", submitted), ("eligible", eligible)],
            "evaluated": [
                ("submitted", submitted),
                ("eligible", eligible),
                ("evaluated", evaluated),
            ],
            "withdrawn": [("submitted", submitted), ("withdrawn", dt.date(2026, 10, 9))],
        }[stage]
    tables = _tables("2", applications, CRITERIA_2, SCALE_2)
    tables["cohorts"] = [
        {
            "cohort": "2",
            "name": "Sample cohort 2: countries and results drawn by lot",
            "opened_on": OPENED_2,
            "closed_on": CLOSED_2,
            "places": PLACES_2,
            "plan": "BAP",
            "sample": "yes",
        }
    ]
    tables["conflicts"] = [
        {
            "person": "sample.member.one@example.org",
            "application_id": lot.pick(applications).key,
            "reason": "sample",
        }
    ]
    return tables


def _applicants(
    lot: Lot,
    countries: list[Country],
    letter: str,
    times: tuple[int, int, int],
    regions: set[str],
    day: dt.date,
) -> list[Application] | None:
    """Applications from as many countries as `times` says send one, two and three.

    None when a region of `regions`, or one of LDC, LLDC and SIDS, sent none. Groups as of `day`.
    """
    pool = [
        country
        for country in countries
        if country.region(day) in regions and country.code not in NOT_DRAWN
    ]
    drawn = lot.draw(pool, sum(times))
    groups = set().union(*(country.groups(day) for country in drawn))
    if not groups >= regions | set(GROUPS):
        return None
    counts = [1] * times[0] + [2] * times[1] + [3] * times[2]
    senders = [country for country, count in zip(drawn, counts, strict=True) for _ in range(count)]
    opened, closed = (OPENED_1, CLOSED_1) if letter == "A" else (OPENED_2, CLOSED_2)
    # Most arrive shortly before the call closes.
    dates = sorted(max(lot.day(opened, closed), lot.day(opened, closed)) for _ in senders)
    return [
        Application(
            f"{letter}{number:02}",
            country,
            quality=5.8 + 1.1 * lot.spread(),
            stages=[("submitted", date)],
        )
        for number, (country, date) in enumerate(
            zip(lot.shuffled(senders), dates, strict=True), start=1
        )
    ]


def _review_all(lot: Lot, applications: list[Application]) -> None:
    """Three to five reviews for each application of cohort 1, some scores missing."""
    busy = dict.fromkeys(REVIEWERS[:14], 0)
    leaning = leanings()
    for application in applications:
        chosen = reviewers_for(lot, busy, lot.pick((3, 4, 4, 5)))
        application.sheet = review(
            lot,
            application.quality,
            {reviewer: leaning[reviewer] for reviewer in chosen},
            list(CRITERIA_1),
            SCALE_1,
            missing=0.03,
        )


def _select(lot: Lot, applications: list[Application], weights: dict[str, int]) -> bool:
    """Give every application of cohort 1 its last stage; False when the draw does not allow it.

    The best 17, but: places 17 and 18 are made equal and the lot decides between them; and twice,
    of the eight next below the line, the best from the region with the fewest selected comes in
    for the lowest from the region with the most.
    """
    totals = {a.key: total(a.sheet, weights) for a in applications}
    if None in totals.values():
        return False
    ranked = sorted(applications, key=lambda a: (-totals[a.key], a.key))
    left_early, left_late = ranked[lot.pick(range(26, 38))], ranked[7]
    for application in (left_early, left_late):
        application.stage = "withdrawn"
        ranked.remove(application)

    before, last, first_out, after = ranked[PLACES_1 - 2 : PLACES_1 + 2]
    gap = totals[last.key] - totals[first_out.key]
    tied = raise_by(first_out.sheet, gap, weights, SCALE_1[1])
    if tied is None or not totals[before.key] > totals[last.key] > totals[after.key]:
        return False
    first_out.sheet = tied

    chosen_of_tie, left_of_tie = lot.shuffled([last, first_out])
    selected = [*ranked[: PLACES_1 - 1], chosen_of_tie]
    reserve = [left_of_tie]
    for _ in range(2):
        taken = Counter(a.country.region(DECIDED_1) for a in selected)
        near = [a for a in ranked[PLACES_1 + 1 : PLACES_1 + 9] if a not in selected]
        enters = min(near, key=lambda a: (taken[a.country.region(DECIDED_1)], ranked.index(a)))
        most = max(REGIONS, key=taken.__getitem__)
        leaves = [
            a
            for a in ranked[: PLACES_1 - 1]
            if a in selected and a.country.region(DECIDED_1) == most
        ]
        if taken[enters.country.region(DECIDED_1)] >= taken[most]:
            return False
        selected.remove(leaves[-1])
        reserve.append(leaves[-1])
        selected.append(enters)
    reserve += [a for a in ranked[PLACES_1 + 1 :] if a not in selected][:2]
    for application in ranked:
        application.stage = (
            "selected"
            if application in selected
            else "reserve"
            if application in reserve
            else "not selected"
        )
    groups = set().union(*(a.country.groups(DECIDED_1) for a in selected))
    return groups >= set(GROUPS)


def _differ_as_meant(applications: list[Application]) -> bool:
    """One reviewer scored about 2 lower and one about 1.5 higher than the others; no other did."""
    meant = leanings()
    found = differences([application.sheet for application in applications])
    return all(
        abs(gap - meant[reviewer]) < 0.3 if abs(meant[reviewer]) >= 1.5 else abs(gap) < 0.9
        for reviewer, gap in found.items()
    )


def _date_stages_1(lot: Lot, applications: list[Application]) -> None:
    """Dates for cohort 1. Two of those not selected were never found eligible."""
    refused = [a for a in applications if a.stage == "not selected"]
    weakest = {a.key for a in sorted(refused, key=lambda a: (a.quality, a.key))[:2]}
    withdrawn = [a for a in applications if a.stage == "withdrawn"]
    for application in applications:
        eligible = lot.day(dt.date(2023, 4, 10), dt.date(2023, 4, 21))
        evaluated = lot.day(dt.date(2023, 5, 22), dt.date(2023, 6, 2))
        if application.key not in weakest:
            application.stages.append(("eligible", eligible))
            if application is not withdrawn[0]:
                application.stages.append(("evaluated", evaluated))
        left = dt.date(2023, 5, 12) if application is withdrawn[0] else dt.date(2023, 6, 8)
        ended = left if application.stage == "withdrawn" else DECIDED_1
        application.stages.append((application.stage, ended))


def _forget_dates(lot: Lot, tables: Tables) -> None:
    """Two of those not selected lose the dates of their stages, one also the day it came in."""
    refused = [row for row in tables["applications"] if row["stage"] == "not selected"]
    first, second = lot.draw(refused, 2)
    del first["submitted_on"]
    forgotten = {first["application_id"], second["application_id"]}
    tables["application_stages"] = [
        row for row in tables["application_stages"] if row["application_id"] not in forgotten
    ]


def _tables(
    cohort: str,
    applications: list[Application],
    criteria: dict[str, tuple[str, int]],
    scale: tuple[int, int, float],
) -> Tables:
    """The rows of one cohort's applications, stages, criteria and scores."""
    tables: Tables = {
        "applications": [],
        "application_stages": [],
        "criteria": [
            {
                "cohort": cohort,
                "criterion": criterion,
                "name": name,
                "weight": weight,
                "scale_min": scale[0],
                "scale_max": scale[1],
                "description": "Made up for the sample; the real criteria are not public.",
            }
            for criterion, (name, weight) in criteria.items()
        ],
        "scores": [],
    }
    scoring = (
        (dt.date(2023, 4, 24), dt.date(2023, 5, 19))
        if cohort == "1"
        else (dt.date(2026, 10, 26), dt.date(2026, 11, 18))
    )
    for application in applications:
        key = application.key
        lot = Lot(SEED, "application", key)
        latitude, longitude = application.country.place(lot)
        kind = lot.pick(TYPES)
        objectives = sorted(lot.draw(OBJECTIVES, lot.pick((1, 2, 2, 3, 3, 4, 5))))
        tables["applications"].append(
            {
                "application_id": key,
                "cohort": cohort,
                "country": application.country.code,
                "organization": f"Sample Organization {key} ({kind})",
                "organization_type": kind,
                "title": f"Sample project {key}",
                "city": f"Sample City {key}",
                "latitude": latitude,
                "longitude": longitude,
                "submitted_on": application.stages[0][1],
                "stage": application.stage,
                # The priorities of the Baku plan are not loaded, so cohort 2 names none.
                "goals": ";".join(sorted(lot.draw(GOALS, lot.pick((1, 2, 2, 3)))))
                if cohort == "1"
                else "",
                "objectives": ";".join(objectives),
            }
        )
        tables["application_stages"] += [
            {"application_id": key, "stage": stage, "since": since}
            for stage, since in application.stages
        ]
        for reviewer in sorted({reviewer for reviewer, _ in application.sheet}):
            scored_on = lot.day(*scoring)
            tables["scores"] += [
                {
                    "application_id": key,
                    "reviewer": reviewer,
                    "criterion": criterion,
                    "score": application.sheet[reviewer, criterion],
                    "scored_on": scored_on,
                }
                for criterion in criteria
                if (reviewer, criterion) in application.sheet
            ]
    return tables
