"""When a text was published, from its metadata, its head or its words.

It knows nothing of files: a file's age and today's date are never looked at.
"""

from __future__ import annotations

from datetime import datetime

from rag.types import UNKNOWN_DATE, Language, PublicationDate


def publication_date(*, metadata: str | None, head: str, body: str, language: Language) -> PublicationDate:
    """The publication date of a text and the words it rests on; unknown when nothing justifies one."""
    del head, body, language
    if metadata:
        try:
            day = datetime.fromisoformat(metadata.strip()).date()
        except ValueError:
            return UNKNOWN_DATE
        return PublicationDate(day.isoformat(), "day", "metadata", metadata.strip())
    return UNKNOWN_DATE
