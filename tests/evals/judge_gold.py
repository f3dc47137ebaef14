"""Claims from the sample archive's golden answers: the sentences that they rest on, as an answer gives them."""

from __future__ import annotations

from functools import cache

from evals.dataset import Item, load_dataset
from evals.judge import Cited, Claim, Source
from evals.run import SAMPLE, SAMPLE_ARCHIVE
from indexer.read import read_articles
from rag.text import sentences
from rag.types import Article


@cache
def _articles() -> dict[str, tuple[Article, ...]]:
    files = sorted(path for path in SAMPLE_ARCHIVE.iterdir() if path.is_file())
    return {path.name: tuple(read_articles(path.read_bytes(), path.name, path.suffix)) for path in files}


def cited(item: Item) -> Cited | None:
    """The sentence of a gold article that holds the item's quote; None where no gold article has it in one sentence."""
    for gold in item.gold:
        file, _, record = gold.partition("#")
        for article in _articles().get(file, ()):
            at = article.body.find(item.quote) if item.quote and (not record or article.url == record) else -1
            spans = [one for one in sentences(article.body, article.language) if one.start <= at < one.end]
            if at >= 0 and spans and at + len(item.quote) <= spans[0].end:
                source = Source(
                    article.body, "article", article.published, article.language, article.title, article.outlet
                )
                return Cited(source, article.body[spans[0].start : spans[0].end], *spans[0])
    return None


@cache
def gold_claims() -> tuple[Claim, ...]:
    """For each golden quote: its sentence as it stands, and between quotation marks after its source's name."""
    found: dict[str, Claim] = {}
    for item in load_dataset(SAMPLE).items:
        place = cited(item) if item.answerable else None
        if place is None or place.source is None:
            continue
        said = " ".join(place.quote.split())
        name = place.source.outlet or f"« {place.source.title} »"
        found[said] = Claim(said, (place,), question=item.question)
        found[f"{name} : « {said} »"] = Claim(f"{name} : « {said} »", (place,), question=item.question)
    return tuple(found.values())
