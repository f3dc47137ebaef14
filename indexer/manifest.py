"""The manifest: which files went into a store, and which points each of them has there.

An SQLite database beside an embedded store, or in the user's data folder for a served one. It is what makes a second
run cheap and a killed run harmless: every point is noted here before it is written to the store, so that whatever a
kill leaves behind is known by name. It knows ids and digests; it knows nothing of articles, chunking or vectors.

A *generation* is one run that writes. A source is `pending` from its first point until all of it is in the store. What
a source holds that its reading in this generation did not bring again is stale. `adopted` sources were found in the
store by `reconcile` and have not been read since.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, Self

import platformdirs

from indexer.database import Database

FILE: Final = "manifest.sqlite3"
_VERSION: Final = 1
_MANY: Final = 500  # values in one statement; SQLite takes at least 999

Role = Literal["article", "comment", "passage", "event"]
State = Literal["done", "pending", "adopted"]

_TABLES: Final = """
CREATE TABLE meta(name TEXT PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE sources(
    key TEXT PRIMARY KEY, state TEXT NOT NULL, digest TEXT, rejected TEXT NOT NULL DEFAULT '[]',
    baseline INTEGER) WITHOUT ROWID;
CREATE TABLE places(source TEXT NOT NULL, path BLOB NOT NULL, PRIMARY KEY(source, path)) WITHOUT ROWID;
CREATE TABLE articles(
    id TEXT PRIMARY KEY, source TEXT NOT NULL, digest TEXT, generation INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE points(
    id TEXT PRIMARY KEY, article TEXT NOT NULL, role TEXT NOT NULL, generation INTEGER NOT NULL, embedding BLOB
    ) WITHOUT ROWID;
CREATE INDEX places_path ON places(path);
CREATE INDEX articles_source ON articles(source);
CREATE INDEX points_article ON points(article);
CREATE INDEX points_embedding ON points(embedding)
"""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """What the manifest knows of one source."""

    key: str
    state: State
    digest: str | None  # of the content and of the pipeline that read it; None when it must be read again
    rejected: tuple[tuple[str, str], ...]  # record and reason, of the last complete reading
    baseline: int | None  # bad records of the last reading that took out what was stale; None before the first


@dataclass(frozen=True, slots=True)
class PointRow:
    """A point as the manifest notes it."""

    id: str
    article: str
    role: Role


@dataclass(frozen=True, slots=True)
class Counts:
    articles: int
    comments: int
    passages: int


@dataclass(slots=True)
class Settled:
    """What the store has acknowledged since the manifest was last told."""

    embedded: list[tuple[bytes, str]] = field(default_factory=list)  # digest of the embedded text, point
    kept: list[str] = field(default_factory=list)  # articles found again, unchanged
    articles: list[tuple[str, str]] = field(default_factory=list)  # digest, article that is now whole
    sources: list[SourceRow] = field(default_factory=list)  # as they are to stand
    gone_points: list[str] = field(default_factory=list)
    gone_articles: list[str] = field(default_factory=list)
    gone_sources: list[str] = field(default_factory=list)


def manifest_path(location: str, collection: str) -> Path:
    """Where the manifest of a store lies: in the folder of an embedded store, else in the user's data folder."""
    if location.lower().startswith(("http://", "https://")):
        served = hashlib.sha256(f"{location.rstrip('/')}\n{collection}".encode()).hexdigest()[:32]
        return platformdirs.user_data_path("gazette") / "manifests" / f"{served}.sqlite3"
    return Path(location).expanduser().resolve() / FILE


class Manifest:
    """An open manifest. One run has it to itself until it is closed; a context manager."""

    def __init__(self, path: Path) -> None:
        """Open or make it. Raises `StoreBusyError` while another run has it, `StoreError` when it cannot be used."""
        self._db = Database(path, _TABLES, _VERSION)
        self._generation = int(self.get_meta("generation") or b"0") + 1
        self._writing = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._db.close()

    def get_meta(self, name: str) -> bytes | None:
        value: bytes | None = self._db.one("SELECT value FROM meta WHERE name = ?", name)
        return value

    def set_meta(self, name: str, value: bytes) -> None:
        with self._db.transaction():
            self._db.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", name, value)

    @property
    def unoptimized(self) -> bool:
        """Whether something was written to the store since `optimized` was last called."""
        return self.get_meta("unoptimized") == b"1"

    def optimized(self) -> None:
        """Note that the store has built its indexes."""
        self.set_meta("unoptimized", b"0")

    def source(self, key: str) -> SourceRow | None:
        return next(self._sources("key = ?", key), None)

    def pending(self) -> list[SourceRow]:
        """Sources whose last run did not end."""
        return list(self._sources("state = 'pending'"))

    def sources_under(self, folder: bytes) -> list[SourceRow]:
        """Sources that were found somewhere under a folder."""
        stem = folder.rstrip(b"/")
        low, high = stem + b"/", stem + b"0"  # "0" is the character after "/"
        return list(self._sources("key IN (SELECT source FROM places WHERE path >= ? AND path < ?)", low, high))

    def places(self, key: str) -> list[bytes]:
        """The paths, as the file system names them, by which a source was found."""
        return [path for (path,) in self._db.all("SELECT path FROM places WHERE source = ?", key)]

    def add_place(self, key: str, path: bytes) -> None:
        with self._db.transaction():
            self._db.run("INSERT OR IGNORE INTO places VALUES (?, ?)", key, path)

    def drop_places(self, key: str, paths: Iterable[bytes]) -> None:
        with self._db.transaction():
            self._db.run_many("DELETE FROM places WHERE source = ? AND path = ?", ((key, path) for path in paths))

    def article_digest(self, article: str) -> str | None:
        """The digest an article was written with; None when it is not there or not whole."""
        digest: str | None = self._db.one("SELECT digest FROM articles WHERE id = ?", article)
        return digest

    def articles_of(self, key: str, *, stale: bool = False) -> list[str]:
        """Ids of the articles of a source; with `stale`, of those that were not found in it by this run."""
        before = self._generation if stale else self._generation + 1
        query = "SELECT id FROM articles WHERE source = ? AND generation < ?"
        return [article for (article,) in self._db.all(query, key, before)]

    def points_of(self, article: str, *, stale: bool = False) -> list[str]:
        """Ids of the points of an article; with `stale`, of those that this run did not write."""
        before = self._generation if stale else self._generation + 1
        query = "SELECT id FROM points WHERE article = ? AND generation < ?"
        return [point for (point,) in self._db.all(query, article, before)]

    def embedded(self, digests: Sequence[bytes]) -> dict[bytes, str]:
        """For digests of embedded texts, the id of a point in the store that has that text's vector."""
        found: dict[bytes, str] = {}
        for start in range(0, len(digests), _MANY):
            some = digests[start : start + _MANY]
            query = f"SELECT embedding, id FROM points WHERE embedding IN ({', '.join('?' * len(some))})"
            found.update(self._db.all(query, *some))
        return found

    def count_points(self) -> int:
        return int(self._db.one("SELECT count(*) FROM points"))

    def counts(self, keys: Iterable[str]) -> Counts:
        """Articles, comments and passages of the named sources."""
        with self._db.transaction():
            self._db.run("CREATE TEMP TABLE counted(key TEXT PRIMARY KEY)")
            self._db.run_many("INSERT OR IGNORE INTO counted VALUES (?)", ((key,) for key in keys))
            query = """SELECT role, count(*) FROM counted JOIN articles ON source = key
                       JOIN points ON article = articles.id GROUP BY role"""
            found: dict[str, int] = dict(self._db.all(query))
            self._db.run("DROP TABLE counted")
        return Counts(found.get("article", 0), found.get("comment", 0), found.get("passage", 0))

    def note(
        self, sources: Mapping[str, bytes | None], articles: Mapping[str, str], points: Iterable[PointRow] = ()
    ) -> None:
        """Note what is about to be written to the store, or deleted from it, BEFORE that is done.

        `sources`: key and, for a file, its path; they are pending from now on. `articles`: id and key of its source.
        """
        with self._db.transaction():
            self._start_writing()
            self._db.run_many(
                "INSERT INTO sources(key, state) VALUES (?, 'pending') "
                "ON CONFLICT(key) DO UPDATE SET state = 'pending', digest = NULL",
                ((key,) for key in sources),
            )
            places = ((key, path) for key, path in sources.items() if path is not None)
            self._db.run_many("INSERT OR IGNORE INTO places VALUES (?, ?)", places)
            self._db.run_many(
                "INSERT INTO articles VALUES (?, ?, NULL, ?) ON CONFLICT(id) DO UPDATE "
                "SET source = excluded.source, digest = NULL, generation = excluded.generation",
                ((article, key, self._generation) for article, key in articles.items()),
            )
            self._db.run_many(
                "INSERT INTO points VALUES (?, ?, ?, ?, NULL) ON CONFLICT(id) DO UPDATE "
                "SET article = excluded.article, role = excluded.role, generation = excluded.generation, "
                "embedding = NULL",  # until the store has the new vector, the old one must not pass for it
                ((point.id, point.article, point.role, self._generation) for point in points),
            )

    def settle(self, done: Settled) -> None:
        """Note what the store has acknowledged."""
        run, generation = self._db.run_many, self._generation
        with self._db.transaction():
            run("UPDATE points SET embedding = ? WHERE id = ?", done.embedded)
            run("UPDATE articles SET generation = ? WHERE id = ?", ((generation, article) for article in done.kept))
            run("UPDATE points SET generation = ? WHERE article = ?", ((generation, article) for article in done.kept))
            run("UPDATE articles SET digest = ? WHERE id = ?", done.articles)
            run(
                "INSERT OR REPLACE INTO sources VALUES (?, ?, ?, ?, ?)",
                ((s.key, s.state, s.digest, json.dumps(s.rejected), s.baseline) for s in done.sources),
            )
            run("DELETE FROM points WHERE id = ?", ((point,) for point in done.gone_points))
            run("DELETE FROM articles WHERE id = ?", ((article,) for article in done.gone_articles))
            run("DELETE FROM places WHERE source = ?", ((key,) for key in done.gone_sources))
            run("DELETE FROM sources WHERE key = ?", ((key,) for key in done.gone_sources))

    def reconcile(self, found: Iterable[tuple[str, str, str, Role]]) -> None:
        """Make the manifest agree with what the store really holds.

        `found` is every point of the store: id, article id, key of its source, role. Points the manifest does not know
        (it is new, or the store was filled from elsewhere) are adopted, so that a later reading of their source can
        take out what is stale; points the store has lost are forgotten, and their sources will be read again.
        """
        with self._db.transaction():
            self._db.run("CREATE TEMP TABLE found(id TEXT PRIMARY KEY, article TEXT, key TEXT, role TEXT)")
            self._db.run_many("INSERT OR REPLACE INTO found VALUES (?, ?, ?, ?)", found)
            for statement in _RECONCILE:
                self._db.run(statement)

    def _start_writing(self) -> None:
        if not self._writing:
            values = [("generation", str(self._generation).encode()), ("unoptimized", b"1")]
            self._db.run_many("INSERT OR REPLACE INTO meta VALUES (?, ?)", values)
            self._writing = True

    def _sources(self, condition: str, *values: object) -> Iterator[SourceRow]:
        query = f"SELECT key, state, digest, rejected, baseline FROM sources WHERE {condition} ORDER BY key"
        for key, state, digest, rejected, baseline in self._db.all(query, *values):
            bad = tuple((record, reason) for record, reason in json.loads(rejected))
            yield SourceRow(key, state, digest, bad, baseline)


_LOST: Final = "SELECT article FROM points WHERE id NOT IN (SELECT id FROM found)"
_RECONCILE: Final = (
    f"UPDATE articles SET digest = NULL WHERE id IN ({_LOST})",
    f"""UPDATE sources SET digest = NULL, state = CASE state WHEN 'pending' THEN state ELSE 'adopted' END
        WHERE key IN (SELECT source FROM articles WHERE id IN ({_LOST}))""",
    "DELETE FROM points WHERE id NOT IN (SELECT id FROM found)",
    "DELETE FROM found WHERE id IN (SELECT id FROM points)",
    "INSERT OR IGNORE INTO sources(key, state) SELECT DISTINCT key, 'adopted' FROM found",
    "UPDATE sources SET digest = NULL WHERE key IN (SELECT key FROM found)",
    "INSERT OR IGNORE INTO articles SELECT DISTINCT article, key, NULL, 0 FROM found",
    "UPDATE articles SET digest = NULL WHERE id IN (SELECT article FROM found)",
    "INSERT INTO points SELECT id, article, role, 0, NULL FROM found",
    "DROP TABLE found",
)
