"""What an import would publish."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from data.findings import Findings
from data.mapping import Mapping
from data.staging import Origin
from data.store import Snapshot


@dataclass
class Draft:
    """What an import would publish. Without a hash there is nothing to publish: see `findings`."""

    findings: Findings
    path: Path
    number: int
    based_on: Snapshot | None
    # How the files' own sheets and columns were read; without a name, as the format has them.
    mapping: Mapping
    origins: dict[str, Origin] = field(default_factory=dict)
    # The files that were read, by their hash.
    files: dict[str, Path] = field(default_factory=dict)
    hash: str = ""
    # The latest date in the files and the latest in the same tables of the snapshot, where the
    # files are older.
    older: tuple[date, date] | None = None

    @property
    def same(self) -> bool:
        """Whether the files hold what is stored already."""
        return bool(self.hash and self.based_on and self.hash == self.based_on.hash)
