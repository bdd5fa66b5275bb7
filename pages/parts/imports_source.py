"""The files of one import, uploaded or in a folder of the server, and what runs on them.

Uploaded files are set down in a private folder for as long as one command runs on them, and every
command runs in a process of its own: what reads other people's files stays out of the server.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from streamlit.runtime.uploaded_file_manager import UploadedFile

from data import causes, importing
from data.findings import visible
from data.progress import Tell, silent
from data.wording import say, unpacked
from pages.parts.text import plain
from queries.view import StoreError

ENDINGS = ("csv", "parquet", "xlsx")
LARGEST = 50  # MB, of one upload; .streamlit/config.toml says the same for each file


class Source(Protocol):
    """Files that can be checked and imported."""

    @property
    def ids(self) -> tuple[Any, ...]:
        """What tells these files from others, and from themselves once they have changed; empty
        where there are none."""

    def run(self, command: str, *options: str, tell: Tell = silent) -> dict[str, Any]:
        """Runs one command on the files and returns its answer; StoreError, a sentence."""

    def marked(self, lang: str, *options: str) -> bytes:
        """The files as one workbook with every finding marked; StoreError where that fails."""


class _Runs:
    """What both kinds of files can do, once `_path` says where they lie."""

    def run(self, command: str, *options: str, tell: Tell = silent) -> dict[str, Any]:
        with self._path() as path:
            return _answer(command, path, options, tell)

    def marked(self, lang: str, *options: str) -> bytes:
        with self._path() as path, tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "marked.xlsx"
            _answer("check", path, (f"--marked={out}", f"--lang={lang}", *options), silent)
            return out.read_bytes()


@dataclass(frozen=True, eq=False)
class Uploaded(_Runs):
    """Files that the reader's browser sent."""

    files: list[UploadedFile]

    @property
    def ids(self) -> tuple[str, ...]:
        """See Source."""
        return tuple(sorted(file.file_id for file in self.files))

    def problem(self, _: Callable[..., str]) -> str | None:
        """Why these files cannot go together; None when they can."""
        names = [_name(file) for file in self.files]
        if twice := next((name for name in names if names.count(name) > 1), None):
            return _("Two files are called {name}; take one of them out.", name=plain(twice))
        books = [name for name in names if _is_workbook(name)]
        if books and len(books) < len(names):
            return _(
                "A workbook does not come with files of another kind: take out {name}, or the "
                "other files.",
                name=plain(books[0]),
            )
        if sum(file.size for file in self.files) > LARGEST * 2**20:
            return _(
                "Together these files are larger than {n} MB. Larger ones are imported on the "
                "server, with python -m data import.",
                n=LARGEST,
            )
        return None

    @contextmanager
    def _path(self) -> Iterator[Path]:
        try:
            with tempfile.TemporaryDirectory(prefix="dashboard-import-") as folder:
                for file in self.files:
                    # getbuffer() would copy it first, into the server's memory.
                    (Path(folder) / _name(file)).write_bytes(file.getvalue())
                names = [_name(file) for file in self.files]
                alone = len(names) == 1 and _is_workbook(names[0])
                yield Path(folder) / names[0] if alone else Path(folder)
        except OSError as error:
            raise StoreError(
                say("The files could not be set down: {why}.", why=causes.of_system(error))
            ) from error


@dataclass(frozen=True, eq=False)
class OnServer(_Runs):
    """One batch in the folder that DASHBOARD_INBOX names."""

    path: Path

    @property
    def ids(self) -> tuple[Any, ...]:
        """See Source."""
        return tuple(
            (file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in _files(self.path)
        )

    @property
    def size(self) -> int:
        """Bytes of its files."""
        return sum(file.stat().st_size for file in _files(self.path))

    @contextmanager
    def _path(self) -> Iterator[Path]:
        yield self.path


def inbox() -> dict[str, OnServer] | None:
    """The batches that lie in the server's folder, by name: a workbook or a folder of tables each.

    None without such a folder. Links are left alone: they may lead anywhere. Raises StoreError
    when the folder cannot be read.
    """
    if not (folder := os.environ.get("DASHBOARD_INBOX")):
        return None
    try:
        found = sorted(Path(folder).iterdir())
        batches = [path for path in found if not path.name.startswith((".", "~$")) and _files(path)]
    except OSError as error:
        raise StoreError(
            say("The server's folder cannot be read: {why}.", why=causes.of_system(error))
        ) from error
    return {visible(path.name): OnServer(path) for path in batches}


def _files(path: Path) -> list[Path]:
    """The files of a batch: the workbook, or the tables or workbooks of a folder; none where it is
    no batch."""
    if path.is_symlink():
        return []
    if path.is_file():
        return [path] if _is_workbook(path.name) else []
    return [
        file
        for file in sorted(path.iterdir())
        if file.suffix.lower()[1:] in ENDINGS and file.is_file() and not file.is_symlink()
    ]


def _answer(command: str, path: Path, options: tuple[str, ...], tell: Tell) -> dict[str, Any]:
    answer = importing.run([command, str(path), *options], tell)
    if "error" in answer:
        raise StoreError(unpacked(answer["said"]))
    return answer


def _name(file: UploadedFile) -> str:
    """The file's own name without any folder, whatever the browser sent."""
    return visible(file.name).replace("\\", "/").rsplit("/", 1)[-1].lstrip(".~$") or "file"


def _is_workbook(name: str) -> bool:
    return name.lower().endswith(".xlsx")
