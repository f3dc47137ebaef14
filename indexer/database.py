"""An SQLite file that one run has to itself: opening, locking, transactions, and foreign errors mapped.

Knows nothing of what the tables mean.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rag.errors import StoreBusyError, StoreError


class Database:
    """An open database in write-ahead mode. What a transaction wrote survives a kill; what it had not ended is gone."""

    def __init__(self, path: Path, tables: str, version: int) -> None:
        """Open the file, or make it with the statements of `tables`.

        Raises `StoreBusyError` while another run has it, `StoreError` when it cannot be read or written or is of
        another version.
        """
        self._path = path
        with self._mapped():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=0.5, isolation_level=None)
        try:
            self._prepare(tables, version)
        except StoreError:
            self._connection.close()
            raise

    def close(self) -> None:
        self._connection.close()

    def one(self, query: str, *values: object) -> Any:
        """The first column of the first row; None when there is no row."""
        with self._mapped():
            row = self._connection.execute(query, values).fetchone()
        return None if row is None else row[0]

    def all(self, query: str, *values: object) -> list[Any]:
        """Every row, as tuples."""
        with self._mapped():
            return self._connection.execute(query, values).fetchall()

    def run(self, statement: str, *values: object) -> None:
        """Run one statement inside a transaction."""
        self._connection.execute(statement, values)

    def run_many(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Run one statement for each row inside a transaction."""
        self._connection.executemany(statement, rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of what is run inside, or, when something is raised, none of it."""
        with self._mapped(), self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            yield

    def _prepare(self, tables: str, version: int) -> None:
        with self._mapped():
            # With this locking mode the first transaction takes the file for as long as it is open.
            self._connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._connection.execute("PRAGMA journal_mode = WAL")
        with self.transaction():
            found = self.one("PRAGMA user_version")
            if found == 0:
                for statement in tables.split(";"):
                    self.run(statement)
                self.run(f"PRAGMA user_version = {version}")
            elif found != version:
                raise StoreError(f"{self._path} was made by another version of Gazette; use that version")

    @contextmanager
    def _mapped(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise StoreBusyError(
                    f"another run is indexing into this store (its manifest {self._path} is in use); wait until it ends"
                ) from error
            raise StoreError(f"cannot use the manifest {self._path}: {error}") from error
        except sqlite3.DatabaseError as error:
            raise StoreError(
                f"the manifest {self._path} is damaged ({error}); delete it and index again: it is made anew from the "
                "store"
            ) from error
        except OSError as error:
            raise StoreError(f"cannot use the manifest {self._path}: {error.strerror or error}") from error
