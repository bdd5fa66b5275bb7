"""Why the system or the database would not, in words that every language has."""

import errno
import logging
import os

import duckdb

from data.wording import Said, say

log = logging.getLogger(__name__)

# What the system says itself is in whatever language it was set up in; here for its usual errors.
OF_SYSTEM = {
    errno.ENOENT: say("there is no such file or folder"),
    errno.EACCES: say("there is no permission"),
    errno.EPERM: say("there is no permission"),
    errno.EROFS: say("the disk can only be read"),
    errno.ENOSPC: say("the disk is full"),
    errno.EDQUOT: say("no more may be stored there"),
    errno.EIO: say("the disk has a fault"),
    errno.ENOTDIR: say("a file stands where a folder should"),
    errno.EISDIR: say("a folder stands where a file should"),
    errno.EMFILE: say("too many files are open"),
    errno.ENFILE: say("too many files are open"),
    errno.ENAMETOOLONG: say("the name is too long"),
    errno.ENOMEM: say("there is not enough memory"),
    errno.EBUSY: say("it is in use"),
}
GAVE_UP = say("the database gave up, and the log says why")


def of_system(error: OSError) -> Said:
    """Why the system would not."""
    if error.errno in OF_SYSTEM:
        return OF_SYSTEM[error.errno]
    log.error("the system would not: %s", error)
    number = errno.errorcode.get(error.errno or 0, str(error.errno or "?"))
    return say("the system gave the error {number}", number=number)


def of_database(error: duckdb.Error, else_: Said = GAVE_UP) -> Said:
    """Why the database would not: it quotes the system, where that is behind it; `else_` where
    nothing is known of it but the log."""
    told = str(error)
    for number, said in OF_SYSTEM.items():
        if os.strerror(number).lower() in told.lower():
            return said
    if is_full(error):
        return OF_SYSTEM[errno.ENOSPC]
    log.error("the database would not: %s", told)
    return else_


def is_full(error: duckdb.Error) -> bool:
    """Whether there is no room on the disk, in the system's words or in the database's own."""
    return "space" in str(error).lower()
