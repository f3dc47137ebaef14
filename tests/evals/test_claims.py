"""Sentences before a judge: faithfulness, ALCE's recall and precision, and judges that cannot be believed."""

from __future__ import annotations

import pytest

from evals.canaries import CANARIES, check_judge
from evals.claims import Decides, JudgedClaim, decided, judged
from evals.dataset import InvalidEvaluationError
from evals.judge.types import Cited, Claim, Source
from evals.measures import BY_NAME
from evals.scoring import Outcome, score
from rag.types import Answer, Citation, Sentence
from tests.evals.golden import article, item, unanswerable
from tests.evals.judges import AlwaysNo, AlwaysYes, Fallen, Letters, Mumbling

STORED = "abc def ghi"


def said(text: str, *places: int, cited: tuple[str, ...] = ("abc", "def")) -> tuple[Answer, tuple[str, ...]]:
    """An answer of one sentence that cites some of several quotes of STORED."""
    citations = tuple(
        Citation(quote, "article", STORED.find(quote), STORED.find(quote) + len(quote), article()) for quote in cited
    )
    return Answer("?", text, "fr", (Sentence(text, places),), citations=citations), (STORED,) * len(citations)


def one(text: str, *places: int, judge: Decides | None = None, **given) -> JudgedClaim:
    answer, texts = said(text, *places, **given)
    (claim,) = judged(answer, texts, judge or Letters())
    return claim


def test_a_sentence_is_held_against_all_and_against_its_own_citations():
    claim = one("ad", 0)
    assert (claim.whole, claim.cited) == ("supported", "not found")
    assert [cited.quote for cited in claim.held_against] == ["abc"]


def test_a_citation_is_needed_when_it_supports_alone_or_cannot_be_spared():
    assert one("ab", 0, 1).needed == (True, False)  # the second adds nothing
    assert one("ad", 0, 1).needed == (True, True)  # only together
    assert one("a", 0, 1, cited=("abc", "a")).needed == (True, True)  # each alone
    assert one("xy", 0, 1).needed == (False, False)  # not supported at all


def test_a_sentence_without_citations_or_with_one_that_does_not_exist_is_not_supported():
    assert one("ab").cited == "not found"
    assert one("ab", 7).cited == "not found"


def test_a_quote_that_does_not_stand_in_its_source_supports_nothing():
    answer, texts = said("ab", 0)
    (claim,) = judged(answer, ("zzz", *texts[1:]), AlwaysYes())
    assert claim.cited == "not found" and claim.held_against == ()


def test_an_abstention_makes_no_claims_and_an_answer_without_sentences_one():
    assert judged(Answer("?", "Rien.", "fr", abstained=True), (), AlwaysYes()) == ()
    assert judged(None, (), AlwaysYes()) == ()
    assert [claim.text for claim in judged(Answer("?", "Oui.", "fr"), (), AlwaysYes())] == ["Oui."]


@pytest.mark.parametrize("judge", [Fallen(), Mumbling()])
def test_a_judge_that_fails_or_mumbles_has_come_to_no_verdict(judge: Decides):
    assert decided(judge, Claim("ab", (Cited.whole(Source("ab")),))).kind == "undecided"
    assert one("ab", 0, judge=judge).whole == "undecided"


def test_each_claim_is_put_to_the_judge_once():
    judge = Letters()
    answer, texts = said("ab", 0, cited=("abc",))
    judged(answer, texts, judge)
    assert judge.asked == [("ab", "abc")]


@pytest.mark.parametrize(("judge", "said"), [(AlwaysYes(), "known to be false"), (Letters(), "known to be false")])
def test_a_judge_that_passes_what_is_false_makes_the_run_invalid(judge: Decides, said: str):
    with pytest.raises(InvalidEvaluationError, match=said):
        check_judge(judge)


@pytest.mark.parametrize("judge", [AlwaysNo(), Fallen(), Mumbling()])
def test_a_judge_that_passes_nothing_makes_the_run_invalid(judge: Decides):
    with pytest.raises(InvalidEvaluationError, match="passes no claim that is known to be true"):
        check_judge(judge)


def test_the_canaries_hold_falsehoods_of_many_kinds():
    assert sum(not canary.true for canary in CANARIES) >= 10 and any(canary.true for canary in CANARIES)


def measured(given: Answer | None, claims: tuple[JudgedClaim, ...] = (), asked=None) -> dict[str, tuple[float, int]]:
    row = score(Outcome(asked or item(), given), claims)
    names = ("faithfulness", "undecided", "citation_recall", "citation_precision", "passed")
    return {name: (BY_NAME[name].of(row).part, BY_NAME[name].of(row).whole) for name in names}


def test_claims_become_measures_with_numerator_and_denominator():
    answer, _ = said("Le 15 mai 2026.", 0)
    claims = (
        JudgedClaim("a", "supported", "supported", (True, False)),
        JudgedClaim("b", "supported", "not found", (False,)),
        JudgedClaim("c", "undecided", "undecided", ()),
    )
    assert measured(answer, claims) == {
        "faithfulness": (2, 3),
        "undecided": (1, 3),
        "citation_recall": (1, 3),
        "citation_precision": (1, 3),
        "passed": (0, 1),
    }


def test_an_error_and_an_empty_answer_are_one_claim_without_support_and_a_refusal_is_none():
    assert measured(None)["faithfulness"] == (0, 1)
    assert measured(Answer("?", " ", "fr"))["faithfulness"] == (0, 1)
    assert measured(Answer("?", "Rien.", "fr", abstained=True), asked=unanswerable())["faithfulness"] == (0, 0)


def test_an_answer_that_no_judge_has_seen_does_not_pass():
    answer, _ = said("Le 15 mai 2026.", 0)
    assert measured(answer)["passed"] == (0, 1)
