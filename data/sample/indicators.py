"""The sample's indicators: made up, since no common set of indicators for centres is public."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Indicator:
    """What centres report. `start` and `aim`: the ranges that baselines and targets come from."""

    code: str
    goal: str
    name: str
    unit: str
    level: str
    direction: str
    kind: str
    additive: bool
    start: tuple[float, float] = (0, 0)
    aim: tuple[float, float] = (1, 1)

    def row(self) -> dict[str, object]:
        """The row of the import format."""
        return {
            "indicator": self.code,
            "goal": self.goal,
            "name": f"{self.name} (sample)",
            "unit": self.unit,
            "level": self.level,
            "direction": self.direction,
            "kind": self.kind,
            "additive": "yes" if self.additive else "no",
        }


INDICATORS = (
    Indicator(
        "S1.1",
        "KAP-1",
        "Communities connected with the centre's help",
        "communities",
        "output",
        "up",
        "cumulative",
        True,
        aim=(6, 40),
    ),
    Indicator(
        "S1.2",
        "KAP-1",
        "Pilot sites in service",
        "sites",
        "output",
        "up",
        "level",
        True,
        start=(0, 3),
        aim=(8, 25),
    ),
    Indicator(
        "S1.3",
        "KAP-1",
        "Price of entry-level data in the pilot areas",
        "% of monthly income",
        "outcome",
        "down",
        "level",
        False,
        start=(4, 9),
        aim=(1.5, 2.5),
    ),
    Indicator(
        "S2.1",
        "KAP-2",
        "People trained",
        "people",
        "output",
        "up",
        "cumulative",
        True,
        aim=(200, 1500),
    ),
    Indicator(
        "S2.2",
        "KAP-2",
        "Start-ups supported",
        "start-ups",
        "output",
        "up",
        "cumulative",
        True,
        aim=(10, 60),
    ),
    Indicator(
        "S2.3",
        "KAP-2",
        "Supported start-ups still active a year later",
        "%",
        "outcome",
        "up",
        "level",
        False,
        start=(35, 55),
        aim=(65, 85),
    ),
    Indicator(
        "S3.1",
        "KAP-3",
        "Policy experiments completed",
        "experiments",
        "output",
        "up",
        "cumulative",
        True,
        aim=(3, 10),
    ),
    Indicator(
        "S3.2",
        "KAP-3",
        "Days to admit a project to the sandbox",
        "days",
        "outcome",
        "down",
        "level",
        False,
        start=(90, 180),
        aim=(20, 60),
    ),
    Indicator(
        "S3.3",
        "KAP-3",
        "Rules of the sandbox published",
        "",
        "output",
        "up",
        "yes/no",
        False,
    ),
    Indicator(
        "S4.1",
        "KAP-4",
        "Partnerships signed",
        "partnerships",
        "output",
        "up",
        "cumulative",
        True,
        aim=(5, 25),
    ),
    Indicator(
        "S4.2",
        "KAP-4",
        "Funds mobilized",
        "thousand US dollars",
        "outcome",
        "up",
        "cumulative",
        True,
        aim=(200, 2500),
    ),
    Indicator(
        "S5.1",
        "KAP-5",
        "Women among participants",
        "%",
        "outcome",
        "up",
        "level",
        False,
        start=(22, 38),
        aim=(45, 50),
    ),
    Indicator(
        "S5.2",
        "KAP-5",
        "Organizations that ran a security exercise",
        "organizations",
        "output",
        "up",
        "cumulative",
        True,
        aim=(8, 40),
    ),
    Indicator(
        "S5.3",
        "KAP-5",
        "Security findings open past their date",
        "findings",
        "outcome",
        "down",
        "level",
        True,
        start=(25, 60),
        aim=(0, 10),
    ),
)
BY_GOAL = {
    goal: [indicator for indicator in INDICATORS if indicator.goal == goal]
    for goal in sorted({indicator.goal for indicator in INDICATORS})
}
