"""Every measure of a run: what it counts, over what, from where, and which way is good.

A measure says for each item what it adds to the numerator and to the denominator; the measure of a run is the sum of
the one over the sum of the other. So every figure can be traced to its items, resampled by event and compared item by
item. It knows nothing of archives and judges, only of items that `evals.scoring` has scored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from evals.claims import SUPPORTED
from evals.dataset import TEMPORAL
from evals.metrics import NOTHING, Ratio, mean, ndcg_at, recall_at, reciprocal_rank, share, total
from evals.scoring import OPINION, Scored

# Where the definitions come from.
_IR: Final = "Manning, Raghavan & Schütze, Introduction to Information Retrieval (2008), chapter 8"
_NDCG: Final = "Järvelin & Kekäläinen, Cumulated gain-based evaluation of IR techniques (TOIS, 2002)"
_MRR: Final = "Voorhees, The TREC-8 Question Answering Track Report (1999)"
_SQUAD: Final = "Rajpurkar, Jia & Liang, Know What You Don't Know (SQuAD 2.0, ACL 2018)"
_ALIAS: Final = "accepted-alias matching as in Joshi et al., TriviaQA (ACL 2017)"
_NUGGET: Final = "Voorhees, Overview of the TREC 2003 Question Answering Track: nuggets; all of them vital"
_RAGAS: Final = "Es et al., RAGAS: Automated Evaluation of Retrieval Augmented Generation (EACL 2024)"
_ALCE: Final = "Gao et al., Enabling Large Language Models to Generate Text with Citations (EMNLP 2023)"
_SELECTIVE: Final = "El-Yaniv & Wiener, On the Foundations of Noise-free Selective Classification (JMLR 2010)"
_TIME: Final = "after Chen, Wang & Wang, A Dataset for Answering Time-Sensitive Questions (NeurIPS 2021)"
_OWN: Final = "own definition; the text is compared letter for letter"


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: how it is counted, where it comes from, and which way is good."""

    name: str
    meaning: str  # numerator / denominator
    source: str
    of: Callable[[Scored], Ratio]  # what one item adds; Ratio(0, 0) where it says nothing
    lower_is_better: bool = False

    def count(self, rows: Iterable[Scored]) -> Ratio:
        """The measure of several items."""
        return total(self.of(row) for row in rows)


def when(condition: bool, flag: bool) -> Ratio:
    """One case counted where the condition holds, nothing where it does not."""
    return Ratio(int(flag), 1) if condition else NOTHING


def _ranked(of: Callable[[Sequence[frozenset[str]], Sequence[str]], float]) -> Callable[[Scored], Ratio]:
    return lambda row: mean([of(row.outcome.ranked, row.item.gold)]) if row.item.gold else NOTHING


def _recall(k: int) -> Measure:
    return Measure(
        f"recall@{k}",
        f"gold articles among the first {k} of the search, mean over questions that have any",
        _IR,
        _ranked(lambda ranked, gold: recall_at(k, ranked, gold)),
    )


def _accuracy_of(category: str) -> Measure:
    return Measure(
        f"accuracy_{category.replace('-', '_')}",
        f"right answers / answerable questions of the category {category}",
        f"{_ALIAS}; {_TIME}",
        lambda row: when(row.item.answerable and row.item.category == category, row.right),
    )


RETRIEVAL: Final = (
    *map(_recall, (1, 3, 5, 10)),
    Measure(
        "mrr", "1 / rank of the first gold article, mean over questions that have any", _MRR, _ranked(reciprocal_rank)
    ),
    Measure(
        "ndcg@10",
        "discounted gain of the gold articles, mean over questions that have any",
        _NDCG,
        _ranked(lambda ranked, gold: ndcg_at(10, ranked, gold)),
    ),
)
ANSWERS: Final = (
    Measure(
        "answer_accuracy",
        "right answers / answerable questions",
        _ALIAS,
        lambda row: when(row.item.answerable, row.right),
    ),
    Measure(
        "sourced_accuracy",
        "right answers with a valid citation of a gold article / answerable questions",
        f"{_ALIAS}; own definition of sourced",
        lambda row: when(row.item.answerable, row.sourced),
    ),
    Measure(
        "nugget_recall",
        "groups of which a string is said / groups, mean over answerable questions",
        _NUGGET,
        lambda row: mean([share(row.nuggets).value or 0.0]) if row.item.nuggets else NOTHING,
    ),
    Measure(
        "short_accuracy",
        "short answers that say an accepted string by themselves / short answers to answerable questions",
        _ALIAS,
        lambda row: when(row.item.answerable and row.short_right is not None, row.short_right is True),
    ),
    Measure(
        "overall_accuracy",
        "right answers and right abstentions / all questions",
        _SQUAD,
        lambda row: when(True, row.right),
    ),
    Measure(
        "passed",
        "items right, with a valid gold citation, every claim supported, nothing from after the as-of day / all items",
        "own definition; what the JUnit file calls a pass",
        lambda row: when(True, row.passed),
    ),
    Measure(
        "right_article_first",
        "first citation is of a gold article / answerable questions",
        "own definition",
        lambda row: when(row.item.answerable, row.first_right),
    ),
)
FAITH: Final = (
    Measure(
        "faithfulness",
        "claims that the judge finds supported by what the answer cites / claims; an error or an empty answer is one "
        "claim that is not",
        _RAGAS,
        lambda row: row.faithful,
    ),
    Measure(
        "contradicted",
        "claims that the judge finds contradicted by what the answer cites / claims",
        _RAGAS,
        lambda row: share(claim.whole == "contradicted" for claim in row.claims),
        lower_is_better=True,
    ),
    Measure(
        "undecided",
        "claims on which the judge comes to no verdict / claims; they count as not supported",
        "own definition",
        lambda row: share(claim.whole == "undecided" for claim in row.claims),
        lower_is_better=True,
    ),
    Measure(
        "citation_recall",
        "sentences that the passages they cite support together / sentences",
        _ALCE,
        lambda row: share(claim.cited == SUPPORTED for claim in row.claims),
    ),
    Measure(
        "citation_precision",
        "citations of supported sentences that support alone or cannot be spared / citations of sentences",
        _ALCE,
        lambda row: share(needed for claim in row.claims for needed in claim.needed),
    ),
    Measure("citation_validity", "quotes exact at their offsets / citations", _OWN, lambda row: share(row.valid)),
    Measure(
        "verbatim_rate",
        "quotes found letter for letter in their text / citations",
        _OWN,
        lambda row: share(row.verbatim),
    ),
    Measure(
        "comment_leak",
        "forbidden strings stated from a comment / questions that have forbidden strings",
        "own definition",
        lambda row: when(bool(row.item.forbidden), row.leaked),
        lower_is_better=True,
    ),
    Measure(
        "comment_only",
        f"sentences on comments alone / cited sentences, where the kind is not {OPINION}",
        "own definition",
        lambda row: share(row.comment_only),
        lower_is_better=True,
    ),
)
ABSTENTION: Final = (
    Measure(
        "abstention_precision",
        "abstentions on unanswerable questions / abstentions",
        _SQUAD,
        lambda row: when(row.abstained, not row.item.answerable),
    ),
    Measure(
        "abstention_recall",
        "abstentions on unanswerable questions / unanswerable questions",
        _SQUAD,
        lambda row: when(not row.item.answerable, row.abstained),
    ),
    Measure(
        "false_refusals",
        "abstentions on answerable questions / answerable questions",
        _SELECTIVE,
        lambda row: when(row.item.answerable, row.abstained),
        lower_is_better=True,
    ),
)
TIME: Final = (
    Measure(
        "temporal_accuracy",
        f"right answers / answerable questions of the categories {', '.join(TEMPORAL)}",
        f"{_ALIAS}; {_TIME}",
        lambda row: when(row.item.answerable and row.item.category in TEMPORAL, row.right),
    ),
    *map(_accuracy_of, TEMPORAL),
    Measure(
        "stale_rate",
        "answers that state a forbidden (superseded) value / answerable questions of time or correction that have one",
        _TIME,
        lambda row: when(row.can_be_stale, row.stale),
        lower_is_better=True,
    ),
    Measure(
        "future_leak",
        "citations of texts published after the as-of day / citations given for questions with an as-of day",
        f"{_TIME}; own definition",
        lambda row: share(row.future),
        lower_is_better=True,
    ),
)
FAILURES: Final = (
    Measure(
        "failures",
        "questions that ended in an error / all questions",
        "own definition",
        lambda row: when(True, row.outcome.error is not None),
        lower_is_better=True,
    ),
)
MEASURES: Final[tuple[Measure, ...]] = (*RETRIEVAL, *ANSWERS, *FAITH, *ABSTENTION, *TIME, *FAILURES)
BY_NAME: Final[Mapping[str, Measure]] = {measure.name: measure for measure in MEASURES}
# Compared item by item with the baseline that the lock file keeps; few, since each further test makes all less sharp.
PAIRED: Final = ("overall_accuracy", "sourced_accuracy", "nugget_recall", "faithfulness", "citation_recall", "ndcg@10")
# The columns of the table by category: what tells where an answer was lost.
BY_CATEGORY: Final = ("recall@5", "answer_accuracy", "nugget_recall", "false_refusals", "abstention_recall")
