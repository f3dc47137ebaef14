"""Examples for the reader: a question, a text that may answer it, and where the answer stands.

Some sets mark the answer's words; others only the sentence; and in a part of the examples there is no answer: another
paragraph of the same article stands in, or the question's name or year is exchanged for another one, so that the reader
learns to refuse what is only near. Knows nothing of tokens and losses.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from training import cloze, sources
from training.questions import Switcher
from training.questions import cropped as cropped_words

SENTENCES = (3, 6)  # sentences of a passage that is put together
EXCHANGED = 0.22  # chance of an example more in which a name or year of the question is another
ELSEWHERE = 0.25  # chance of an example more with another paragraph of the same article
TITLED = 0.5  # chance that the title stands before the passage
SWITCHED = 0.2  # chance that some words of a question are put into the other language
SQUAD_PASSAGES = 24_000
CROSSED_PASSAGES = 2_000
CLOZE_PASSAGES = 14_000
WITHOUT = 0.08  # chance that the sentence that answers is left out of a passage put together
LONGEST = 1_100  # characters of a passage

_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_NAME = re.compile(r"(?<=[a-zà-ÿ,'’] )[A-ZÀ-Ý][\w'’.-]+(?: (?:de |du |von |van )?[A-ZÀ-Ý][\w'’.-]+)*")


@dataclass(frozen=True)
class Example:
    """One text to read for a question."""

    question: str
    passage: str
    spans: tuple[tuple[int, int], ...]  # offsets of the answer in the passage, any of them; none: not answered
    exact: bool  # whether a span is the answer's own words, or the sentence that holds it
    language: str  # of the question
    title: str = ""


def _piaf(data: Path) -> Iterator[tuple[str, list[Example]]]:
    """Articles of PIAF's training part and of XQuAD, each with its examples."""
    for name, language in (("piaf_train", "fr"), ("xquad_en", "en")):
        for article in json.loads((data / "qa" / f"{name}.json").read_text(encoding="utf-8"))["data"]:
            title = str(article.get("title", "")).replace("_", " ")
            yield (
                title,
                [
                    Example(item["question"].strip(), paragraph["context"], _spans(item), True, language, title)
                    for paragraph in article["paragraphs"]
                    for item in paragraph["qas"]
                    if item["answers"] and len(paragraph["context"]) <= LONGEST
                ],
            )


def _spans(item: dict[str, list[dict[str, int | str]]]) -> tuple[tuple[int, int], ...]:
    return tuple((int(a["answer_start"]), int(a["answer_start"]) + len(str(a["text"]))) for a in item["answers"])


def _afriqa(data: Path) -> list[Example]:
    found = []
    for line in (data / "qa" / "afriqa_fr_train.json").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if not row["context"] or not row["question_translated"]:
            continue
        pivot, context = row["answer_pivot"], row["context"][:LONGEST]
        spans = [(at, at + len(text)) for at, text in zip(pivot["answer_start"], pivot["text"], strict=True)]
        right = tuple((a, b) for (a, b), text in zip(spans, pivot["text"], strict=True) if context[a:b] == text)
        if right:  # one span in ten is misaligned
            found.append(Example(row["question_translated"].strip(), context, right, True, "fr", row["title"]))
    return found


def _timeqa(data: Path) -> list[Example]:
    """Paragraphs of a page with its time-scoped questions; a question without an answer is one, too."""
    found: list[Example] = []
    for row in json.loads((data / "qa" / "timeqa_human_train.json").read_text(encoding="utf-8")):
        long = [text for text in row["paras"] if 150 < len(text) < LONGEST]
        for question, answers in row["questions"]:
            right = [answer for answer in answers if answer["answer"]]
            if not right and long:
                found.append(Example(question, long[len(found) % len(long)], (), True, "en"))
            elif right:
                text = row["paras"][right[0]["para"]]
                spans = tuple((a["from"], a["end"]) for a in right if a["para"] == right[0]["para"])
                if len(text) < LONGEST and all(text[a:b] for a, b in spans):
                    found.append(Example(question, text, spans, True, "en"))
    return found


def _squad(data: Path, chance: random.Random) -> list[Example]:
    """A sentence among its neighbours of the same article; the answer's place in it is not known."""
    groups = sources.squad_sentences(data)
    found = []
    for at in chance.sample(range(len(groups)), min(SQUAD_PASSAGES, len(groups))):
        near = [groups[n].passage for n in range(max(0, at - 6), min(len(groups), at + 7)) if n != at]
        found.append(_among(chance.choice(groups[at].questions), groups[at].passage, near, "en", chance))
    return found


def _crossed(data: Path, chance: random.Random) -> list[Example]:
    """A part of a sentence asks for its translation among sentences of the same debate, in both directions."""
    days: dict[str, list[sources.Pair]] = {}
    for day, pair in sources.europarl_days(data):
        days.setdefault(day, []).append(pair)
    full = [pairs for pairs in days.values() if len(pairs) > 12]
    found = []
    for number in range(CROSSED_PASSAGES):
        asked, *others = chance.sample(chance.choice(full), 6)
        own, other, language = ("french", "english", "en") if number % 3 else ("english", "french", "fr")
        question = cropped_words(getattr(asked, other), chance)
        near = [getattr(pair, own) for pair in others]
        found.append(_among(question, getattr(asked, own), near, language, chance))
    return found


def _clozes(data: Path, chance: random.Random) -> list[Example]:
    """A sentence of a debate asked for the number, date, name or reason that its translation holds; two in three in
    English over French."""
    names = {
        cloze.folded(pair.french): cloze.folded(pair.english)
        for pair in sources.wiktionary(data)
        if pair.french[:1].isupper() and pair.english[:1].isupper()
    }
    days: dict[str, list[sources.Pair]] = {}
    for day, pair in sources.europarl_days(data):
        days.setdefault(day, []).append(pair)
    full = [pairs for pairs in days.values() if len(pairs) > 12]
    found: list[Example] = []
    while len(found) < CLOZE_PASSAGES:
        pairs = chance.choice(full)
        at = chance.randrange(len(pairs))
        kind = chance.random()
        own, other = ("english", "french") if kind < 0.2 else ("french", "english" if kind < 0.7 else "french")
        language = "en" if other == "english" else "fr"
        sentence = getattr(pairs[at], own)
        made = cloze.asked(sentence, own[:2], getattr(pairs[at], other), language, names, chance)
        if made is not None and len(sentence) < 400:
            near = [getattr(pair, own) for pair in pairs[max(0, at - 8) : at + 9] if pair is not pairs[at]]
            question, answer = made
            example = _among(question, sentence, near, language, chance)
            spans = tuple((a + answer.start, a + answer.end) for a, _ in example.spans)
            found.append(replace(example, spans=spans, exact=True))
    return found


def _among(question: str, sentence: str, near: list[str], language: str, chance: random.Random) -> Example:
    others = chance.sample(near, min(len(near), chance.randint(*SENTENCES) - 1))
    if len(others) > 1 and chance.random() < WITHOUT:
        return Example(question, " ".join(others), (), True, language)
    place = chance.randint(0, len(others))
    before = "".join(f"{text} " for text in others[:place])
    passage = before + sentence + "".join(f" {text}" for text in others[place:])
    return Example(question, passage, ((len(before), len(before) + len(sentence)),), False, language)


def exchanged(example: Example, names: list[str], chance: random.Random) -> Example | None:
    """The question with another name or year, which its passage does not answer; None when it has neither."""
    found = [match for match in _NAME.finditer(example.question) if match[0] in example.passage]
    years = list(_YEAR.finditer(example.question))
    if years and (not found or chance.random() < 0.6):
        match = chance.choice(years)
        other = str(int(match[0]) + chance.choice((-1, 1)) * chance.randint(1, 12))
    elif found:
        match = chance.choice(found)
        other = chance.choice(names)
    else:
        return None
    if other in example.passage or other == match[0]:
        return None
    question = example.question[: match.start()] + other + example.question[match.end() :]
    return replace(example, question=question, spans=())


def examples(data: Path, seed: int) -> list[Example]:
    """Every example, in random order."""
    chance = random.Random(seed)
    articles = list(_piaf(data))
    flat = [example for _, rows in articles for example in rows]
    single = [*flat, *_afriqa(data), *_timeqa(data)]
    names = sorted({match[0] for example in single for match in _NAME.finditer(example.question)})
    found = [*single]
    for _, rows in articles:
        passages = sorted({row.passage for row in rows})
        for row in rows:
            if len(passages) > 1 and chance.random() < ELSEWHERE:
                other = chance.choice([text for text in passages if text != row.passage])
                if not any(row.passage[a:b] in other for a, b in row.spans):
                    found.append(replace(row, passage=other, spans=()))
    for row in single:
        if chance.random() < EXCHANGED * 2 and row.spans:
            found += [made for made in [exchanged(row, names, chance)] if made]
    found += _squad(data, chance) + _crossed(data, chance) + _clozes(data, chance)
    switch = Switcher(data)
    varied = [
        replace(
            row,
            question=switch(row.question, row.language, chance) if chance.random() < SWITCHED else row.question,
            title=row.title if chance.random() < TITLED else "",
        )
        for row in found
    ]
    chance.shuffle(varied)
    return varied
