"""What a process that reads other people's files may take, and what a file may unfold to."""

import resource

from data.wording import Said, say

LARGEST_RATIO = 1000  # of what a file unfolds to and its size


def unfolds(which: Said, size: int, unfolded: int, most: int) -> tuple[Said, Said] | None:
    """What is wrong with a file of `size` bytes that declares to unfold to more than `most` of them
    or LARGEST_RATIO times its size, and what was expected; None where it does not."""
    if unfolded <= min(most, LARGEST_RATIO * size):
        return None
    what = say(
        "{which} unfolds from {size} kB to {unfolded} MB",
        which=which,
        size=str(max(size // 1000, 1)),
        unfolded=str(unfolded // 1_000_000),
    )
    expected = say(
        "at most {most} MB and {times} times its size",
        most=str(most // 1_000_000),
        times=str(LARGEST_RATIO),
    )
    return what, expected


def bound(memory: int) -> None:
    """Limits this process to `memory` bytes of addresses, and to no picture of it on a crash: the
    system stops it, not we."""
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(
        resource.RLIMIT_AS, (memory if most == resource.RLIM_INFINITY else min(memory, most), most)
    )
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
