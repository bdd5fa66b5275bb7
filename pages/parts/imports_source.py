"""The files of one import: uploaded, with what runs on them.

Files are set down in a private folder for as long as one command runs on them, and the command runs
in a process of its own: what reads other people's files stays out of the server.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from streamlit.runtime.uploaded_file_manager import UploadedFile

from data import importing
from data.findings import visible
from pages.parts.text import plain
from queries.view import StoreError

ENDINGS = ("csv", "parquet", "xlsx")
LARGEST = 50  # MB, of one upload; .streamlit/config.toml says the same for each file


@dataclass(frozen=True, eq=False)
class Uploaded:
    """Files that the reader's browser sent."""

    files: list[UploadedFile]

    @property
    def ids(self) -> tuple[str, ...]:
        """What tells these files from others."""
        return tuple(sorted(file.file_id for file in self.files))

    def problem(self, _: Callable[..., str]) -> str | None:
        """Why these files cannot go together; None when they can."""
        names = [_name(file) for file in self.files]
        if twice := next((name for name in names if names.count(name) > 1), None):
            return _("Two files are called {name}; take one of them out.", name=plain(twice))
        if len(names) > 1 and (book := next(filter(_is_workbook, names), None)):
            return _(
                "A workbook comes alone: take out {name}, or the other files.", name=plain(book)
            )
        if sum(file.size for file in self.files) > LARGEST * 2**20:
            return _(
                "Together these files are larger than {n} MB. Larger ones are imported on the "
                "server, with python -m data import.",
                n=LARGEST,
            )
        return None

    def run(self, command: str, *options: str) -> dict[str, Any]:
        """Runs one command on the files and returns its answer; removes them again.

        Raises StoreError, its message a sentence.
        """
        with self._set_down() as path:
            return _answer(command, path, options)

    def marked(self, lang: str) -> bytes:
        """The files as one workbook with every finding marked; StoreError where that fails."""
        with self._set_down() as path, tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "marked.xlsx"
            _answer("check", path, (f"--marked={out}", f"--lang={lang}"))
            return out.read_bytes()

    @contextmanager
    def _set_down(self) -> Iterator[Path]:
        try:
            with tempfile.TemporaryDirectory(prefix="dashboard-import-") as folder:
                for file in self.files:
                    (Path(folder) / _name(file)).write_bytes(file.getbuffer())
                first = _name(self.files[0])
                yield Path(folder) / first if _is_workbook(first) else Path(folder)
        except OSError as error:
            raise StoreError(f"The files could not be set down: {error.strerror}.") from error


Source = Uploaded


def _answer(command: str, path: Path, options: tuple[str, ...]) -> dict[str, Any]:
    answer = importing.run([command, str(path), *options])
    if "error" in answer:
        raise StoreError(answer["error"])
    return answer


def _name(file: UploadedFile) -> str:
    """The file's own name without any folder, whatever the browser sent."""
    return visible(file.name).replace("\\", "/").rsplit("/", 1)[-1].lstrip(".~$") or "file"


def _is_workbook(name: str) -> bool:
    return name.lower().endswith(".xlsx")
