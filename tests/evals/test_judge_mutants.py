"""The judge judged: it finds the faults put into claims that are borne out, and lets the claims themselves pass.

The claims are those of tests/evals/judge_pairs.py and the golden quotes of the sample archive.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

from evals.judge import Cited, Claim, Judge, Verdict
from evals.mutation import Mutant, mutants
from rag.embedding import load_embedder
from tests.evals.judge_gold import gold_claims
from tests.evals.judge_pairs import INVENTED, PAIRS

KILLED = 0.95  # of the mutants, at least, over all and over each kind of 20 or more
FALSE_ALARMS = 0.05  # of the claims, at most


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge(load_embedder("bundled"))


def written() -> list[Claim]:
    return [claim for pair in PAIRS for claim in pair.claims]


def mutated(claims: Sequence[Claim]) -> list[Mutant]:
    return [one for at, claim in enumerate(claims) for one in mutants(claim, (*claims[at + 7 :], *claims[:at]))]


def alarms(judge: Judge, claims: Sequence[Claim]) -> dict[str, Verdict]:
    verdicts = {claim.text: judge.verdict(claim) for claim in claims}
    return {text: verdict for text, verdict in verdicts.items() if not verdict.passed}


@pytest.mark.parametrize("claims", [written, gold_claims], ids=["by hand", "golden quotes"])
def test_what_is_borne_out_passes(judge: Judge, claims):
    given = claims()
    found = alarms(judge, given)
    print(f"{len(found)} false alarms on {len(given)} claims")  # `pytest -s`; docs/judge.md has it
    assert len(given) >= 80
    assert len(found) <= FALSE_ALARMS * len(given), found


@pytest.mark.parametrize("claims", [written, gold_claims], ids=["by hand", "golden quotes"])
def test_typed_faults_are_found(judge: Judge, claims):
    made = mutated(claims())
    survivors = [one for one in made if judge.verdict(one.claim).passed]
    of_kind, lived = Counter(one.kind for one in made), Counter(one.kind for one in survivors)
    shown = [(one.kind, one.change, one.claim.text) for one in survivors]
    print(f"{len(made) - len(survivors)} of {len(made)} mutants found: ", end="")
    print(", ".join(f"{kind} {many - lived[kind]}/{many}" for kind, many in of_kind.items()))
    assert len(of_kind) == 10
    assert len(survivors) <= (1 - KILLED) * len(made), shown
    assert {kind for kind, many in of_kind.items() if many >= 20 and lived[kind] > (1 - KILLED) * many} == set(), shown


def test_what_nobody_said_of_the_same_people_does_not_pass(judge: Judge):
    verdicts = {text: judge.verdict(Claim(text, (Cited.whole(PAIRS[at].source),))) for at, text in INVENTED}
    assert [text for text, verdict in verdicts.items() if verdict.passed] == []


def test_one_claim_has_one_verdict(judge: Judge):
    claims = written()[:12]
    first = [judge.verdict(claim) for claim in claims]
    again = [Judge(load_embedder("bundled")).verdict(claim) for claim in reversed(claims)]
    assert first == again[::-1]
