"""Bytes to normalised text.

Knows which encodings a scraped text may come in and what is no text at all. It knows nothing of articles or formats.
"""

from __future__ import annotations

import re
from typing import Final

from rag.errors import ReadError
from rag.text import normalise

_BOMS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_MAGIC: Final = (
    (b"%PDF", "a PDF; convert it to text first, for example with pdftotext"),
    (b"PK\x03\x04", "a zip archive or an office document; unpack it or export it as text first"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"\x89PNG", "a PNG image; only text can be read"),
    (b"\xff\xd8\xff", "a JPEG image; only text can be read"),
    (b"GIF8", "a GIF image; only text can be read"),
    (b"{\\rtf", "a rich text document; save it as plain text first"),
)
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MARKUP_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_MOST_CONTROLS: Final = 0.01  # share of control bytes above which bytes are taken for binary data


def decode(data: bytes, source: str) -> str:
    """Text in stored form (NFC, LF). UTF-8 and UTF-16 by BOM, else UTF-8, a declared HTML charset, Windows-1252.

    Raises `ReadError` when `data` is binary.
    """
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise ReadError(f"{source}: this is {what}")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return normalise(data[len(bom) :].decode(encoding))
            except UnicodeDecodeError as error:
                raise ReadError(f"{source}: starts like {encoding} but is not; save it as UTF-8") from error
    if data.count(0) or len(_CONTROL.findall(data)) > _MOST_CONTROLS * len(data):
        raise ReadError(f"{source}: binary data, not text; give a text, HTML, Markdown or JSON file in UTF-8")
    for encoding in ("utf-8", *_declared(data), "cp1252"):
        try:
            return normalise(data.decode(encoding))
        except (UnicodeDecodeError, LookupError):
            continue
    return normalise(data.decode("latin-1"))


def _declared(data: bytes) -> tuple[str, ...]:
    """The charset an HTML page names, if any."""
    found = _MARKUP_CHARSET.search(data[:4096])
    return (found.group(1).decode("ascii"),) if found else ()
