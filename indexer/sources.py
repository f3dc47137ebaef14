"""Which files a run is to read.

Walks the given paths, in a fixed order, and says why a path is not read. It looks at names and sizes; it reads no file
and knows nothing of formats beyond the suffixes it is given.

Folders are walked to the bottom. Hidden files and folders, and files with a suffix that is not read, are counted and
left alone; so is the folder of a Gazette store. Links to files are followed, links to folders are not: they may lead
round in a circle, or to the whole disk. A file that is reached twice is read once.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

from indexer.report import SetAside
from rag.errors import UsageError

STDIN: Final = "-"
_STORE_MARKS: Final = frozenset({"store.json", "shard"})  # what the folder of an embedded store holds

PathLike = str | os.PathLike[str]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read."""

    key: str  # its resolved path, as text; what the manifest and the citations call it
    path: Path
    place: bytes  # the path it was found by, as the file system names it

    @classmethod
    def at(cls, key: str, place: bytes) -> Self:
        """A file that was found before."""
        return cls(key, Path(os.fsdecode(place)), place)


@dataclass(slots=True)
class Listing:
    """What the given paths come to."""

    files: dict[str, SourceFile] = field(default_factory=dict)  # by key, in reading order
    folders: list[Path] = field(default_factory=list)  # the given folders, resolved
    stdin: bool = False
    set_aside: list[SetAside] = field(default_factory=list)
    skipped: int = 0


def list_sources(
    paths: PathLike | Iterable[PathLike], *, suffixes: Iterable[str], largest: int, store: Path | None = None
) -> Listing:
    """The files to read under `paths` (files, folders, or "-" for standard input).

    `suffixes` are lower case with their dot, `largest` is in bytes, `store` is a folder never to be walked. Raises
    `UsageError` when no path is given, or when not one of them is there.
    """
    given = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    if not given:
        raise UsageError("give at least one file or folder to index")
    walk = _Walk(frozenset(suffixes), largest, store)
    missing = 0
    for each in given:
        if str(each) == STDIN:
            walk.listing.stdin = True
        elif _exists(Path(each)):
            walk.visit(Path(each))
        else:
            missing += 1
            walk.set_aside(Path(each), "no such file or folder")
    if missing == len(given):
        raise UsageError(f"no such file or folder: {', '.join(printable(Path(each)) for each in given)}")
    return walk.listing


def printable(path: Path) -> str:
    """A path as text that any encoding can carry: bytes that are no UTF-8 become \\xNN."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def still_there(place: bytes, key: str) -> bool:
    """Whether a file that was found at `place` is there still. One that cannot be looked at counts as there."""
    try:
        os.lstat(place)
        return printable(Path(os.path.realpath(os.fsdecode(place)))) == key
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True


@dataclass(slots=True)
class _Walk:
    suffixes: frozenset[str]
    largest: int
    store: Path | None
    listing: Listing = field(default_factory=Listing)

    def visit(self, path: Path) -> None:
        """Take in one given path."""
        try:
            resolved = path.resolve(strict=True)
        except (OSError, RuntimeError) as error:
            self.set_aside(path, _reason(error))
            return
        if resolved.is_dir():
            self.listing.folders.append(resolved)
            for place in self._files(resolved):
                if place.suffix.lower() in self.suffixes:
                    self._file(place)
                else:
                    self.listing.skipped += 1
        elif path.suffix.lower() in self.suffixes:
            self._file(path.parent.resolve() / path.name)  # a link is not resolved: its own path is the place
        else:
            kinds = ", ".join(sorted(self.suffixes))
            self.set_aside(path, f"a kind of file that is not read ({path.suffix or 'no suffix'}); read are {kinds}")

    def set_aside(self, path: Path, reason: str) -> None:
        self.listing.set_aside.append(SetAside(printable(path), reason))

    def _files(self, folder: Path) -> Iterator[Path]:
        """Every file under a folder that is not hidden, folder by folder, in the order of their names."""

        def unreadable(error: OSError) -> None:
            self.set_aside(Path(error.filename), _reason(error))

        for name, inner, names in os.walk(folder, onerror=unreadable):
            here = Path(name)
            if here == self.store or {*inner, *names} >= _STORE_MARKS:
                inner.clear()
                continue
            shown = sorted(each for each in inner if not each.startswith("."))
            self.listing.skipped += len(inner) - len(shown)
            linked = [each for each in shown if (here / each).is_symlink()]
            for each in linked:
                self.set_aside(here / each, "a link to a folder is not followed; give the folder itself")
            inner[:] = [each for each in shown if each not in linked]
            for each in sorted(names):
                if each.startswith("."):
                    self.listing.skipped += 1
                else:
                    yield here / each

    def _file(self, place: Path) -> None:
        try:
            resolved = place.resolve(strict=True)
            found = resolved.stat()
        except (OSError, RuntimeError) as error:  # a link in a circle is a RuntimeError before Python 3.13
            self.set_aside(place, _reason(error))
            return
        if not stat.S_ISREG(found.st_mode):
            self.set_aside(place, "not a regular file")
        elif found.st_size > self.largest:
            limit = f"{self.largest / 2**20:.0f} MiB"
            self.set_aside(
                place, f"{found.st_size / 2**20:.1f} MiB is over the limit of {limit} (max_file_mb); split it"
            )
        else:
            key = printable(resolved)
            self.listing.files.setdefault(key, SourceFile(key, resolved, os.fsencode(place)))


def _exists(path: Path) -> bool:
    """Whether there is anything at a path, even a broken link or what may not be looked at."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def _reason(error: OSError | RuntimeError) -> str:
    if isinstance(error, FileNotFoundError):
        return "a link to a file that is not there"
    text = error.strerror if isinstance(error, OSError) else None
    return (text or str(error)).lower()
