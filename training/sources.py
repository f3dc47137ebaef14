"""Reads the training texts: translated sentence pairs, and questions with the passages that answer them.

Knows the file formats of the data folder and which of its sets may be trained on. Knows nothing of tokens,
models or losses. Sets that are for measuring only are read by `evaluate.py`, never here.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Pair:
    """One sentence (or dictionary term) in two languages."""

    english: str
    french: str


@dataclass(frozen=True)
class Group:
    """One passage, the questions it answers, and other passages of the same article that do not answer them."""

    passage: str
    questions: tuple[str, ...]
    language: str  # "fr" or "en"
    article: str  # groups of one article make hard negatives for each other
    distractors: tuple[str, ...] = ()


def _rows(path: Path, delimiter: str = "\t") -> Iterator[list[str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            yield line.rstrip("\n").split(delimiter)


def _two_columns(path: Path) -> list[Pair]:
    return [Pair(row[0], row[1]) for row in _rows(path) if len(row) >= 2 and row[0] and row[1]]


def europarl(data: Path) -> list[Pair]:
    return [pair for _, pair in europarl_days(data)]


def europarl_days(data: Path) -> Iterator[tuple[str, Pair]]:
    """Every pair with the name of the debate it comes from."""
    for row in _rows(data / "parallel" / "europarl_500k.tsv.gz"):
        if len(row) >= 3 and row[1] and row[2]:
            yield row[0], Pair(row[1], row[2])


def tatoeba(data: Path) -> list[Pair]:
    return _two_columns(data / "parallel" / "tatoeba.tsv.gz")


def tico19(data: Path) -> list[Pair]:
    return _two_columns(data / "parallel" / "tico19.tsv.gz")


def canada_laws(data: Path) -> list[Pair]:
    return _two_columns(data / "parallel" / "canada_laws.tsv.gz")


def wiktionary(data: Path) -> list[Pair]:
    rows = _rows(data / "parallel" / "wiktionary_fr_en.csv.gz", ";")
    return [Pair(row[3], row[0]) for row in rows if len(row) >= 4 and row[0] and row[3]]


def _squad_form(path: Path, language: str) -> list[Group]:
    groups = []
    articles = json.loads(path.read_text(encoding="utf-8"))["data"]
    for number, article in enumerate(articles):
        for paragraph in article["paragraphs"]:
            questions = tuple(dict.fromkeys(item["question"].strip() for item in paragraph["qas"]))
            if questions:
                name = f"{path.stem}/{article.get('title', number)}/{number}"
                groups.append(Group(paragraph["context"], questions, language, name))
    return groups


def piaf_train(data: Path) -> list[Group]:
    return _squad_form(data / "qa" / "piaf_train.json", "fr")


def xquad(data: Path) -> list[Group]:
    return _squad_form(data / "qa" / "xquad_en.json", "en")


def afriqa_train(data: Path) -> list[Group]:
    questions: dict[str, list[str]] = {}
    titles: dict[str, str] = {}
    for line in (data / "qa" / "afriqa_fr_train.json").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["context"] and row["question_translated"]:
            questions.setdefault(row["context"], []).append(row["question_translated"].strip())
            titles[row["context"]] = f"afriqa/{row['title']}"
    return [Group(text, tuple(dict.fromkeys(asked)), "fr", titles[text]) for text, asked in questions.items()]


_TREEBANK = {"-lrb-": "(", "-rrb-": ")", "-lsb-": "[", "-rsb-": "]", "``": '"', "''": '"', "--": "-"}


def _untokenised(text: str) -> str:
    """Undoes the Penn Treebank escapes and spacing that SQuAD sentences and TimeQA paragraphs carry."""
    words = " ".join(_TREEBANK.get(word, word) for word in text.split())
    words = re.sub(r" ([.,;:!?)\]])", r"\1", words)
    return re.sub(r"([(\[]) ", r"\1", re.sub(r" ('s|'|n't|'re|'ve|'ll)\b", r"\1", words))


def squad_sentences(data: Path) -> list[Group]:
    questions: dict[str, list[str]] = {}
    for row in _rows(data / "qa" / "squad_question_sentence.tsv.gz"):
        if len(row) >= 2:
            questions.setdefault(_untokenised(row[1]), []).append(_untokenised(row[0]))
    # neighbours in the file come from the same article
    return [
        Group(text, tuple(dict.fromkeys(asked)), "en", f"squad/{number // 12}")
        for number, (text, asked) in enumerate(questions.items())
    ]


def timeqa_train(data: Path, distractors: int = 3) -> list[Group]:
    """Time-scoped questions; `distractors` paragraphs nearest to the answer on the page go along as negatives."""
    groups = []
    for row in json.loads((data / "qa" / "timeqa_human_train.json").read_text(encoding="utf-8")):
        asked: dict[int, list[str]] = {}
        for question, answers in row["questions"]:
            numbers = {answer["para"] for answer in answers if answer["answer"]}
            if len(numbers) == 1:  # a question that several paragraphs answer would make false negatives
                asked.setdefault(numbers.pop(), []).append(question.strip())
        paragraphs = row["paras"]
        for number, questions in asked.items():
            nearest = sorted(range(len(paragraphs)), key=lambda other, at=number: abs(other - at))  # type: ignore[misc]
            others = [at for at in nearest if at not in asked and len(paragraphs[at]) > 200][:distractors]
            groups.append(
                Group(
                    _untokenised(paragraphs[number]),
                    tuple(dict.fromkeys(questions)),
                    "en",
                    row["index"],
                    tuple(_untokenised(paragraphs[at]) for at in others),
                )
            )
    return groups


def timeqa_paragraphs(data: Path) -> list[str]:
    """Every distinct paragraph of TimeQA's English pages that is longer than 200 characters."""
    rows = json.loads((data / "qa" / "timeqa_human_train.json").read_text(encoding="utf-8"))
    return list(dict.fromkeys(_untokenised(text) for row in rows for text in row["paras"] if len(text) > 200))
