"""What a process that reads other people's files may take: the system stops it, not we."""

import resource


def bound(memory: int) -> None:
    """Limits this process to `memory` bytes of addresses, and to no picture of it on a crash."""
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(
        resource.RLIMIT_AS, (memory if most == resource.RLIM_INFINITY else min(memory, most), most)
    )
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
