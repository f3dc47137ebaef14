"""One index run over listed files: read, compare with the manifest, write, take out, report.

It decides what is unchanged, what is replaced, what goes and what is set aside. It knows no format and no engine, and
opens nothing.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from indexer.manifest import Manifest, SourceRow
from indexer.points import drafts
from indexer.pseudonym import Pseudonyms, new_key
from indexer.read import Rejected, read_records
from indexer.report import IndexReport, Progress, SetAside
from indexer.sources import Listing, SourceFile, still_there
from indexer.writer import Writer
from rag.embedding import Embedder
from rag.errors import ReadError
from rag.settings import Settings
from rag.store import schema
from rag.store.base import Store
from rag.types import Article

# Raised when reading, chunking, events or what is embedded change, so that the same files are read and written again.
PIPELINE_VERSION: Final = 2
# Characters of one text. A Qdrant server refuses requests over 32 MB, and a batch may hold two such texts.
_LONGEST: Final = 4_000_000
STDIN: Final = "stdin"  # the source of what came by standard input


def source_key(source: str, article_id: str) -> str:
    """What the manifest calls the source of an article: its file, and for standard input the article itself, so that
    what came that way in other runs stays."""
    return f"{STDIN}\n{article_id}" if source == STDIN else source


def _pseudonyms(manifest: Manifest, settings: Settings) -> Pseudonyms:
    if settings.pseudonym_key is not None:
        return Pseudonyms(settings.pseudonym_key.get_secret_value().encode())
    key = manifest.get_meta("pseudonym_key")
    if key is None:
        key = new_key()
        manifest.set_meta("pseudonym_key", key)
    return Pseudonyms(key)


@dataclass(slots=True)
class _Reading:
    """What one source has given so far."""

    source: str
    seen: dict[str, str] = field(default_factory=dict)  # digests by article id
    written: set[str] = field(default_factory=set)  # ids of those that were new or changed
    rejected: list[tuple[str, str]] = field(default_factory=list)  # record and reason


class Run:
    """A run. Call `read_files`, then `read_stdin` where it is wanted, then `finish`."""

    def __init__(
        self,
        store: Store,
        embedder: Embedder,
        manifest: Manifest,
        settings: Settings,
        listing: Listing,
        progress: Callable[[Progress], None] | None,
    ) -> None:
        self._store = store
        self._manifest = manifest
        self._settings = settings
        self._listing = listing
        self._progress = progress
        self._pseudonyms = _pseudonyms(manifest, settings)
        self._writer = Writer(store, embedder, manifest, self._tell)
        self._set_aside = list(listing.set_aside)
        self._keys: list[str] = []  # sources read or found unchanged
        self._current = ""
        self._total = 0
        parts = (PIPELINE_VERSION, schema.SCHEMA_VERSION, settings.chunk_tokens, settings.chunk_overlap)
        self._fingerprint = repr((*parts, embedder.name, self._pseudonyms.digest)).encode()

    def read_files(self) -> None:
        """Read the listed files, and finish first what an interrupted run has left of others."""
        files = {**self._left_over(), **self._listing.files}
        self._total = len(files)
        for file in files.values():
            self._file(file)
            self._keys.append(file.key)
            self._current = file.key
            self._tell()
        for folder in self._listing.folders:
            self._remove_vanished(folder)

    def read_stdin(self, stream: BinaryIO) -> None:
        """Read standard input. Each of its articles is a source of its own: what came this way before stays."""
        self._current = STDIN
        largest = self._settings.max_file_mb * 2**20
        data = stream.read(largest + 1)
        if len(data) > largest:
            self._aside(STDIN, f"more than {self._settings.max_file_mb} MiB (max_file_mb); give it in parts")
            return
        reading = _Reading(STDIN)
        try:
            for item in read_records(data, STDIN, ""):
                self._record(item, reading, None)
        except ReadError as error:
            reading.rejected.append(("", str(error).removeprefix(f"{reading.source}: ")))
        for article_id, digest in reading.seen.items():
            key = source_key(STDIN, article_id)
            self._keys.append(key)
            if article_id in reading.written:
                self._writer.end_source(SourceRow(key, "done", digest, (), 0), None, hold=False)
        for record, reason in reading.rejected:
            self._aside(STDIN, reason, record)
        self._tell()

    def finish(self, started: float) -> IndexReport:
        """Flush, clear away what cannot be finished, let the store build its indexes, and say what was done."""
        self._writer.flush()
        for row in self._manifest.pending():
            if row.key.startswith(source_key(STDIN, "")):
                self._writer.remove_source(row.key)
                self._aside(STDIN, "an interrupted run read an article from here; give it again")
        if self._manifest.unoptimized:
            self._store.optimize()
            self._manifest.optimized()
        counts = self._manifest.counts(self._keys)
        return IndexReport(
            articles=counts.articles,
            comments=counts.comments,
            passages=counts.passages,
            embedded=self._writer.embedded,
            unchanged=counts.articles - self._writer.articles,
            removed=self._writer.removed,
            set_aside=tuple(self._set_aside),
            skipped=self._listing.skipped,
            seconds=time.monotonic() - started,
        )

    def _left_over(self) -> dict[str, SourceFile]:
        """Files that an interrupted run began and this one was not given. Those that are gone are taken out."""
        found: dict[str, SourceFile] = {}
        for row in self._manifest.pending():
            if row.key in self._listing.files or row.key.startswith(source_key(STDIN, "")):
                continue
            places = [place for place in self._manifest.places(row.key) if still_there(place, row.key)]
            if places:
                found[row.key] = SourceFile.at(row.key, places[0])
            else:
                self._writer.remove_source(row.key)
        return found

    def _remove_vanished(self, folder: Path) -> None:
        for row in self._manifest.sources_under(bytes(folder)):
            places = self._manifest.places(row.key)
            gone = [place for place in places if not still_there(place, row.key)]
            if row.key not in self._listing.files and len(gone) == len(places):
                self._writer.remove_source(row.key)
            elif gone:
                self._manifest.drop_places(row.key, gone)

    def _file(self, file: SourceFile) -> None:
        try:
            data = file.path.read_bytes()
        except OSError as error:
            self._aside(file.key, (error.strerror or str(error)).lower())
            return
        digest = self._digest(file.path.suffix.lower().encode(), data)
        row = self._manifest.source(file.key)
        if row is not None and row.state == "done" and row.digest == digest:
            for record, reason in row.rejected:
                self._aside(file.key, reason, record)
            if file.place not in self._manifest.places(file.key):
                self._manifest.add_place(file.key, file.place)
            return
        reading = _Reading(file.key)
        try:
            for item in read_records(data, file.key, file.path.suffix.lower()):
                self._record(item, reading, file.place)
        except ReadError as error:
            reading.rejected.append(("", str(error).removeprefix(f"{reading.source}: ")))
        self._end(reading, row, digest, file.place)

    def _record(self, item: Article | Rejected, reading: _Reading, place: bytes | None) -> None:
        if isinstance(item, Rejected):
            reading.rejected.append((item.record, item.reason))
            return
        longest = max(len(text) for text in (item.body, *(comment.text for comment in item.comments)))
        if longest > _LONGEST:
            reason = f"{longest} characters are too long for one text (limit {_LONGEST}); split it into articles"
            reading.rejected.append((item.record, reason))
            return
        try:
            digest = self._digest(json.dumps(asdict(item), ensure_ascii=False).encode())
        except UnicodeEncodeError:
            record = item.record.encode("utf-8", "replace").decode()
            reading.rejected.append((record, "holds half a character (a lone surrogate), which no store can keep"))
            return
        record = item.record or (item.url or _text_digest(item) if reading.source == STDIN else "")
        article_id, number = schema.article_id(reading.source, record), 1
        while article_id in reading.seen:  # two records under one name: both go in, unless they are the same
            if reading.seen[article_id] == digest:
                reading.rejected.append((item.record, "the same article as another one here"))
                return
            number += 1
            article_id = schema.article_id(reading.source, f"{record}\n{number}")
        reading.seen[article_id] = digest
        if self._manifest.article_digest(article_id) == digest:
            self._writer.keep_article(article_id)
            return
        reading.written.add(article_id)
        key = source_key(reading.source, article_id)
        tokens, overlap = self._settings.chunk_tokens, self._settings.chunk_overlap
        points = drafts(item, article_id, reading.source, self._pseudonyms, chunk_tokens=tokens, overlap=overlap)
        for draft in points:
            self._writer.add(draft, article_id, key, place)
        self._writer.end_article(article_id, digest)

    def _end(self, reading: _Reading, before: SourceRow | None, digest: str, place: bytes) -> None:
        """Decide what becomes of articles that the source had before and did not give this time.

        Where it gave none, or more of its records are bad than when it was last taken as it was, they may be among the
        bad ones: they stay. Otherwise they were taken out of the file, and go.
        """
        bad, baseline = len(reading.rejected), before.baseline if before else None
        hold = baseline is not None and bad > 0 and (bad > baseline or not reading.seen)
        row = SourceRow(reading.source, "done", digest, tuple(reading.rejected), baseline if hold else bad)
        self._writer.end_source(row, place, hold=hold)
        for record, reason in reading.rejected:
            self._aside(reading.source, reason, record)

    def _aside(self, source: str, reason: str, record: str = "") -> None:
        self._set_aside.append(SetAside(f"{source} ({record})" if record else source, reason))

    def _digest(self, *parts: bytes) -> str:
        digest = hashlib.sha256(self._fingerprint)
        for part in parts:
            digest.update(len(part).to_bytes(8, "big") + part)
        return digest.hexdigest()

    def _tell(self) -> None:
        if self._progress is not None:
            done = len(self._keys)
            self._progress(Progress(done, max(done, self._total), self._writer.passages, self._current))


def _text_digest(article: Article) -> str:
    """Names an article by its words alone, whatever else a later version may understand of it."""
    return hashlib.sha256(f"{article.title}\n{article.body}".encode()).hexdigest()
