"""The centres of the sample: who they are, what they aim at and what they reported."""

import datetime as dt
from dataclasses import dataclass

from data.sample.cohort import DECIDED_1, SEED, Tables
from data.sample.indicators import BY_GOAL, INDICATORS, Indicator
from data.sample.lot import Lot

TOLD_UNTIL = dt.date(2026, 11, 20)  # nothing in the sample happened later
STARTED, LATE_START = dt.date(2024, 1, 1), dt.date(2025, 3, 1)
NOT_YET_STARTED = dt.date(2026, 11, 2)  # signed, so far without anything to report
ENDED, PAUSED = dt.date(2026, 4, 30), dt.date(2026, 5, 15)
QUARTERS = tuple(
    dt.date(year, month, day)
    for year in (2024, 2025, 2026)
    for month, day in ((3, 31), (6, 30), (9, 30), (12, 31))
    if (year, month) < (2026, 12)
)
DUE = {
    STARTED: (dt.date(2025, 6, 30), dt.date(2026, 12, 31)),
    LATE_START: (dt.date(2026, 6, 30), dt.date(2027, 12, 31)),
    NOT_YET_STARTED: (dt.date(2028, 6, 30), dt.date(2029, 12, 31)),
}
MILESTONES = (
    ("Team in place (sample)", dt.date(2024, 3, 31)),
    ("First intake of participants (sample)", dt.date(2024, 9, 30)),
    ("Mid-term report (sample)", dt.date(2025, 6, 30)),
    ("Outside evaluation (sample)", dt.date(2026, 6, 30)),
    ("Handover plan (sample)", dt.date(2026, 12, 15)),
    ("Final report (sample)", dt.date(2027, 6, 30)),
    ("Plan for the years after (sample)", dt.date(2028, 1, 31)),
)


@dataclass
class Centre:
    """A centre while it is drawn. `fate`: running, late, ended, paused, signed or waiting."""

    key: str
    fate: str
    application: dict[str, object]

    @property
    def start(self) -> dt.date:
        """The day its work begins."""
        return {"late": LATE_START, "signed": NOT_YET_STARTED}.get(self.fate, STARTED)

    @property
    def stop(self) -> dt.date:
        """The last day it can report on."""
        return {"ended": ENDED, "paused": PAUSED}.get(self.fate, TOLD_UNTIL)

    @property
    def due(self) -> tuple[dt.date, dt.date]:
        """The days its target on the way and its last target fall due; its agreement ends then."""
        return DUE[self.start]


def network(cohort: Tables) -> Tables:
    """Centres, agreements, statuses, indicators, targets, measurements and milestones of cohort 1.

    The selected applications become 17 centres on the day of the decision; one from the reserve
    joins later and one ends after that: 17, then 18, then 17.
    """
    lot = Lot(SEED, "network")
    selected = [row for row in cohort["applications"] if row["stage"] == "selected"]
    reserve = [row for row in cohort["applications"] if row["stage"] == "reserve"]
    fates = ["running"] * (len(selected) - 4) + ["ended", "paused", "signed", "waiting"]
    pairs = [*zip(selected, lot.shuffled(fates), strict=True), (lot.pick(reserve), "late")]
    centres = [
        Centre(f"C{number:02}", fate, application)
        for number, (application, fate) in enumerate(pairs, start=1)
    ]
    tables: Tables = {
        "centres": [_centre(centre) for centre in centres],
        "agreements": [_agreement(c) for c in centres if c.fate != "waiting"],
        "centre_statuses": [row for centre in centres for row in _statuses(centre)],
        "indicators": [indicator.row() for indicator in INDICATORS],
        "targets": [],
        "measurements": [],
        "milestones": [],
    }
    for centre in centres:
        if centre.fate != "waiting":
            _aims_and_reports(centre, tables)
            tables["milestones"] += _milestones(centre)
    common = _common_target(tables["targets"])
    _revise_one(lot, tables["targets"])
    tables["targets"].append(common)
    return tables


def _centre(centre: Centre) -> dict[str, object]:
    application = centre.application
    return {
        "centre_id": centre.key,
        "application_id": application["application_id"],
        "name": f"Sample Acceleration Centre {centre.key[1:]}",
        "country": application["country"],
        "city": application["city"],
        "latitude": application["latitude"],
        "longitude": application["longitude"],
        "host_type": application["organization_type"],
        "objectives": application["objectives"],
    }


def _agreement(centre: Centre) -> dict[str, object]:
    signed = _signed_on(centre)
    return {
        "centre_id": centre.key,
        "reference": f"SAMPLE-{centre.key}",
        "signed_on": signed,
        "starts_on": max(signed, centre.start),
        "ends_on": centre.due[1],
        "expected_outcomes": "Sample text: what the centre and the secretariat agreed on.",
    }


def _signed_on(centre: Centre) -> dt.date:
    lot = Lot(SEED, "signed", centre.key)
    if centre.fate == "late":
        return lot.day(dt.date(2025, 2, 12), dt.date(2025, 2, 26))
    if centre.fate == "signed":
        return lot.day(dt.date(2026, 9, 1), dt.date(2026, 10, 16))
    return lot.day(dt.date(2023, 9, 18), dt.date(2023, 12, 15))


def _statuses(centre: Centre) -> list[dict[str, object]]:
    selected = dt.date(2025, 2, 10) if centre.fate == "late" else DECIDED_1
    dated = [("selected", selected)]
    if centre.fate != "waiting":
        dated.append(("agreement signed", _signed_on(centre)))
    if centre.fate in ("running", "late", "ended", "paused"):
        first = Lot(SEED, "operating", centre.key).day(
            centre.start, centre.start + dt.timedelta(days=75)
        )
        dated.append(("operating", first))
    if centre.fate in ("ended", "paused"):
        dated.append((centre.fate, centre.stop))
    return [{"centre_id": centre.key, "status": status, "since": since} for status, since in dated]


def _aims_and_reports(centre: Centre, tables: Tables) -> None:
    """Targets and measurements: surely for the priorities applied for, by lot for the others."""
    for goal, indicators in BY_GOAL.items():
        lot = Lot(SEED, "aims", centre.key, goal)
        if goal not in str(centre.application["goals"]).split(";") and lot.chance(0.4):
            continue
        silent = lot.chance(0.15)
        for indicator in lot.draw(indicators, lot.pick((1, 2, 2, len(indicators)))):
            baseline = _rounded(indicator, lot.within(*indicator.start))
            aim = _rounded(indicator, lot.within(*indicator.aim))
            if not lot.chance(0.07):  # else it reports without a target
                tables["targets"] += _targets(lot, centre, indicator, baseline, aim)
            if not silent:
                tables["measurements"] += _measurements(lot, centre, indicator, baseline, aim)


def _rounded(indicator: Indicator, value: float) -> float | int:
    """As precise as people report it: prices to a tenth, large targets to tens, else whole."""
    if indicator.unit.startswith("% of"):
        return round(value, 1)
    return round(value / 10) * 10 if value > 150 else round(value)


def _told(indicator: Indicator, value: float) -> object:
    """The value as it stands in the file."""
    if indicator.kind == "yes/no":
        return "yes" if value >= 1 else "no"
    return value


def _targets(
    lot: Lot, centre: Centre, indicator: Indicator, baseline: float, aim: float
) -> list[dict[str, object]]:
    """One target on the way and a last one, for 4 of 5; else the last one alone."""
    half, end = centre.due
    steps = [(half, _rounded(indicator, (baseline + aim) / 2)), (end, aim)]
    if indicator.kind == "yes/no" or lot.chance(0.2):
        steps = steps[1:]
    known = not lot.chance(0.07)
    return [
        {
            "centre_id": centre.key,
            "indicator": indicator.code,
            "baseline": _told(indicator, baseline) if known else "",
            "baseline_on": centre.start - dt.timedelta(days=1) if known else "",
            "target": _told(indicator, value),
            "due_on": due_on,
            "set_on": centre.start + dt.timedelta(days=14),
        }
        for due_on, value in steps
    ]


def _measurements(
    lot: Lot, centre: Centre, indicator: Indicator, baseline: float, aim: float
) -> list[dict[str, object]]:
    """Reports at quarter ends with the gaps that reports have, on a course drawn by lot."""
    open_to = [day for day in QUARTERS if centre.start < day <= centre.stop]
    rhythm = lot.pick(("quarterly",) * 4 + ("half-yearly",) * 4 + ("few",) * 2 + ("one", "none"))
    if rhythm == "none" or not open_to:
        return []
    if rhythm == "quarterly":
        days = [day for day in open_to if not lot.chance(0.1)]
    elif rhythm == "half-yearly":
        days = [day for day in open_to if day.month in (6, 12) and not lot.chance(0.1)]
    else:
        days = sorted(lot.draw(open_to, min(len(open_to), 1 if rhythm == "one" else 3)))

    pace = lot.pick((0.45, 0.6, 0.8, 0.95, 1.0, 1.15, 1.3))
    falls_back = indicator.kind != "cumulative" and lot.chance(0.3)
    rows: list[dict[str, object]] = []
    reached = 0.0
    for day in days:
        share = pace * (day - centre.start).days / 1095 * lot.within(0.9, 1.1)
        if falls_back and day >= dt.date(2026, 1, 1):
            share *= 0.5
        if indicator.kind == "yes/no":
            value = 1.0 if share >= 0.45 else 0.0
        else:
            value = baseline + (aim - baseline) * share
            if indicator.kind == "cumulative":
                value = reached = max(reached, value)
            value = max(0.0, min(value, 100.0) if indicator.unit == "%" else value)
            value = round(value, 1) if indicator.unit.startswith("% of") else round(value)
        verified = day + dt.timedelta(days=lot.pick(range(15, 60)))
        row = {
            "centre_id": centre.key,
            "indicator": indicator.code,
            "measured_on": day,
            "value": _told(indicator, value),
            "source": "sample report",
            "reported_by": f"Sample Acceleration Centre {centre.key[1:]}",
            "verified_on": verified if lot.chance(0.6) and verified <= TOLD_UNTIL else "",
        }
        rows.append(row)
        if indicator.code == "S2.1" and day.month in (6, 12):
            women = round(value * lot.within(0.3, 0.55))
            rows.append(row | {"breakdown": "women", "value": women})
            rows.append(row | {"breakdown": "men", "value": value - women})
    return rows


def _milestones(centre: Centre) -> list[dict[str, object]]:
    """Most met, some late, some to come; one in twenty without a date."""
    lot = Lot(SEED, "milestones", centre.key)
    behind = (centre.start - STARTED).days
    rows: list[dict[str, object]] = []
    for milestone, planned in MILESTONES:
        due = planned + dt.timedelta(days=behind + lot.pick(range(-21, 22)))
        done = due + dt.timedelta(days=lot.pick((-25, -12, -5, -3, 0, 20, 45, 110)))
        met = done <= min(centre.stop, TOLD_UNTIL) and not lot.chance(0.15)
        if centre.fate == "ended" and not met:
            continue
        rows.append(
            {
                "centre_id": centre.key,
                "milestone": milestone,
                "due_on": "" if lot.chance(0.05) else due,
                "done_on": done if met else "",
            }
        )
    return rows


def _revise_one(lot: Lot, targets: list[dict[str, object]]) -> None:
    """One centre's last target is set again, lower, in October 2025; the first wording stays."""
    large = [
        row
        for row in targets
        if row["due_on"] == dt.date(2026, 12, 31)
        and isinstance(row["target"], int)
        and row["target"] >= 20
        and row["baseline"] == 0
    ]
    first = lot.pick(large)
    lower = int(first["target"] * 0.75)
    targets.insert(
        targets.index(first) + 1, first | {"target": lower, "set_on": dt.date(2025, 10, 15)}
    )


def _common_target(targets: list[dict[str, object]]) -> dict[str, object]:
    """What the cohort as a whole aims at: people trained, the sum of the centres' first targets."""
    aims = [
        row["target"]
        for row in targets
        if row["indicator"] == "S2.1" and row["due_on"] == dt.date(2026, 12, 31)
    ]
    return {
        "cohort": "1",
        "indicator": "S2.1",
        "baseline": 0,
        "baseline_on": dt.date(2023, 12, 31),
        "target": sum(aims),
        "due_on": dt.date(2026, 12, 31),
        "set_on": dt.date(2024, 1, 15),
    }
