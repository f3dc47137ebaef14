"""Keyed pseudonyms for the authors of comments.

The same name gets the same pseudonym everywhere in an archive; without the key nobody can go back, nor test whether a
name is among them. Knows nothing of where the key is kept.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import unicodedata

# 40 bits: a thousand authors share a pseudonym with probability 5e-7, a hundred thousand with 0.5 %.
_BYTES = 5


def new_key() -> bytes:
    """A random key of 32 bytes."""
    return secrets.token_bytes(32)


class Pseudonyms:
    """Names to pseudonyms under one key: HMAC-SHA256 (RFC 2104), its first 40 bits in base32: "reader-k3v7q2xm"."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    @property
    def digest(self) -> str:
        """Tells two keys apart and gives neither away."""
        return hmac.new(self._key, b"digest of the key", hashlib.sha256).hexdigest()[:16]

    def of(self, author: str | None) -> str | None:
        """The pseudonym of a name as printed; case and spacing do not matter. None for an unsigned remark."""
        name = " ".join(unicodedata.normalize("NFKC", author or "").casefold().split())
        if not name:
            return None
        code = hmac.new(self._key, name.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()[:_BYTES]
        return f"reader-{base64.b32encode(code).decode('ascii').lower()}"
