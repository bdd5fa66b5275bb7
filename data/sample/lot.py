"""The lot: chance that falls the same way every time, on every machine.

Only `random.Random.random()` is used, whose sequence Python promises to keep; what is built on it
here is plain arithmetic, so no library's rounding can change a file.
"""

import datetime as dt
import random
from collections.abc import Sequence
from typing import TypeVar

Thing = TypeVar("Thing")


class Lot:
    """A named source of chance: the same names, the same draws.

    Each part of the sample draws from a lot of its own, so that a change in one leaves the others.
    """

    def __init__(self, *names: object) -> None:
        self._next = random.Random("/".join(str(name) for name in names)).random

    def chance(self, probability: float) -> bool:
        """True with that probability (0 to 1)."""
        return self._next() < probability

    def within(self, low: float, high: float) -> float:
        """A number between the two."""
        return low + (high - low) * self._next()

    def pick(self, things: Sequence[Thing]) -> Thing:
        """One of them; IndexError when there are none."""
        return things[int(self._next() * len(things))]

    def draw(self, things: Sequence[Thing], count: int) -> list[Thing]:
        """`count` of them, each at most once, in the order drawn; IndexError if there are fewer."""
        left = list(things)
        return [left.pop(int(self._next() * len(left))) for _ in range(count)]

    def shuffled(self, things: Sequence[Thing]) -> list[Thing]:
        """All of them in a new order."""
        return self.draw(things, len(things))

    def day(self, first: dt.date, last: dt.date) -> dt.date:
        """A day from `first` to `last`, both included."""
        return first + dt.timedelta(days=int(self._next() * ((last - first).days + 1)))

    def spread(self) -> float:
        """A bell-shaped number, mean 0 and standard deviation 1, never beyond 6."""
        return sum(self._next() for _ in range(12)) - 6
