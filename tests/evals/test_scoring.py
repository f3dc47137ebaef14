"""What counts as a right answer, and what does not however good it looks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evals.scoring import bears
from rag.types import Sentence
from tests.evals.golden import BODY, answer, article, cited, item, scored, unanswerable

GOOD = "Le pont sera inauguré le 15 mai 2026."


def test_an_accepted_string_with_the_right_citation_is_right_and_sourced():
    verdict = scored(item(), answer(GOOD, cited()))
    assert (verdict.right, verdict.sourced, verdict.first_right, verdict.why) == (True, True, True, ())
    assert (verdict.valid, verdict.verbatim) == ((True,), (True,))


def test_the_short_answer_counts_as_the_answers_own_words():
    assert scored(item(), answer("Voici.", cited(), short="15 mai 2026")).right


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "Zorglub fnord 15 blip mai xyzzy 2026",
        "Je ne peux pas répondre à cette question.",
        "No. I cannot say yes.",
        "Quand le pont de la Loue sera-t-il inauguré ?",
    ],
)
def test_nothing_gibberish_a_refusal_or_the_question_again_is_never_right(text: str):
    assert not scored(item(), answer(text, cited())).right


def test_a_question_that_holds_the_answer_is_not_answered_by_saying_it_again():
    asked = item(question="Le pont de la Loue ouvre-t-il le 15 mai 2026 ?")
    verdict = scored(asked, answer("« Le pont de la Loue ouvre-t-il le 15 mai 2026 ? »", short=asked.question))
    assert not verdict.right


def test_an_abstention_on_an_answerable_question_is_wrong_even_if_it_names_the_answer():
    verdict = scored(item(), answer("Rien sur le 15 mai 2026.", cited(), abstained=True))
    assert (verdict.right, verdict.why, verdict.answered) == (False, ("abstained",), False)


def test_an_abstention_on_an_unanswerable_question_is_right():
    verdict = scored(unanswerable(), answer("L'archive ne dit rien du tunnel.", abstained=True))
    assert (verdict.right, verdict.sourced) == (True, True)


@pytest.mark.parametrize("text", ["", "L'archive ne dit rien du tunnel.", "Le 3 mai."])
def test_what_is_no_abstention_is_wrong_on_an_unanswerable_question(text: str):
    assert not scored(unanswerable(), answer(text)).right


def test_an_abstention_that_says_nothing_is_wrong():
    assert not scored(unanswerable(), answer("", abstained=True)).right


def test_a_failure_is_wrong_on_every_question():
    for asked in (item(), unanswerable()):
        verdict = scored(asked, None, error="StoreError: gone")
        assert not verdict.right and not verdict.answered and "gone" in verdict.why[0]


def test_the_right_words_with_a_wrong_citation_are_right_but_not_sourced():
    verdict = scored(item(), answer(GOOD, cited(source="/textes/autre.txt")))
    assert (verdict.right, verdict.sourced, verdict.first_right) == (True, False, False)


def test_the_right_words_without_a_citation_are_not_sourced():
    verdict = scored(item(), answer(GOOD))
    assert (verdict.right, verdict.sourced, verdict.first_right) == (True, False, False)


def test_the_right_article_cited_second_is_not_cited_first():
    verdict = scored(item(), answer(GOOD, cited(source="/textes/autre.txt"), cited()))
    assert (verdict.sourced, verdict.first_right) == (True, False)


def test_of_each_group_one_string_must_be_said():
    asked = item(kind="list", answers=("15 mai",), all_of=(("15 mai", "May 15"), ("2026",)))
    assert scored(asked, answer(GOOD, cited())).right
    assert scored(asked, answer("Le 15 mai.", cited())).why == ("lacks 2026",)


def test_a_forbidden_string_spoils_an_answer_wherever_it_stands():
    asked = item(category="how-much", forbidden=("1200000",))
    assert scored(asked, answer(GOOD, cited())).right
    assert not scored(asked, answer(f"{GOOD} Il coûte 1 200 000 euros.", cited())).right
    assert not scored(asked, answer(GOOD, cited(), short="1,200,000")).right
    assert not scored(asked, answer(GOOD, cited(BODY))).right


def test_a_sentence_that_holds_the_accepted_date_may_hold_another():
    quote = cited(BODY)
    told = answer(f"15 mai 2026. « {BODY} »", quote, short="15 mai 2026")
    asked = item(category="when", answers=("15 mai 2026",), forbidden=("1200000",))
    assert scored(asked, told).right
    assert not scored(replace(asked, category="how-much"), told).right  # of no time: the string is no rival date
    assert not scored(asked, answer(f"1 200 000. « {BODY} »", quote, short="15 mai 2026")).right
    assert not scored(asked, answer(f"Le Fanal : « {BODY} »", quote)).right  # which of the two is meant is not said


def test_a_wrong_verdict_is_wrong_and_a_quote_that_opens_with_no_is_none():
    asked = item(kind="yesno", answers=("Oui,", "sera inauguré"), forbidden=("Non,",))
    quote = replace(cited("Non, dit-elle"), start=0, end=13)
    assert scored(asked, answer("Oui, en mai.", quote)).right
    assert not scored(asked, answer("Non, le pont sera inauguré en mai.", cited())).right
    assert not scored(asked, answer("Il sera inauguré.", cited(), short="Non")).right


def test_the_title_of_the_cited_article_is_not_the_answer():
    source = replace(article(), title="Rectificatif : le 15 mai 2026, et non le 3")
    quote = replace(cited("Le pont de la Loue"), article=source)
    assert not scored(item(), answer(f"Le 3 mai. « {source.title} » : « Le pont de la Loue »", quote)).right


def test_a_title_that_is_the_quoted_sentence_does_not_take_the_quote_away():
    source = replace(article(), title="Le pont de la Loue sera inauguré le 15 mai 2026")
    quote = replace(cited("Le pont de la Loue sera inauguré le 15 mai 2026."), article=source)
    assert scored(item(), answer(f"« {source.title}… » : « {quote.quote} »", quote)).right


def test_a_short_answer_is_judged_by_itself_too():
    assert scored(item(), answer(GOOD, cited())).short_right is None
    assert scored(item(), answer(GOOD, cited(), short="15 mai 2026")).short_right
    assert scored(item(), answer(GOOD, cited(), short="3 mai")).short_right is False


def test_an_abstention_may_name_what_was_looked_for_but_quote_nothing_forbidden():
    asked = unanswerable(forbidden=("tunnel", "15 mai"))
    assert scored(asked, answer("Rien trouvé sur : tunnel, Loue.", abstained=True)).right
    assert not scored(asked, answer("Rien trouvé.", cited(), abstained=True)).right


def test_a_forbidden_string_from_a_comment_is_a_leak_and_one_from_an_article_is_none():
    asked = item(forbidden=("neuf millions", "15 mai"))
    assert scored(asked, answer("Selon un lecteur.", cited("neuf millions", comment=True))).leaked
    assert scored(asked, answer("Il a coûté neuf millions.", cited("Moi je sais", comment=True))).leaked
    assert not scored(asked, answer(GOOD, cited())).leaked


def test_a_fact_that_rests_on_comments_alone_is_counted():
    remark, passage = cited("neuf millions", comment=True), cited()
    assert scored(item(), answer(GOOD, remark)).comment_only == (True,)
    assert scored(item(), answer(GOOD, remark, passage)).comment_only == (False,)
    assert scored(item(kind="opinion"), answer(GOOD, remark)).comment_only == ()


def test_a_sentence_that_points_at_no_citation_is_not_taken_for_a_cited_one():
    stray = replace(answer(GOOD, cited()), sentences=(Sentence(GOOD, (7,)), Sentence(GOOD, (-1,))))
    assert scored(item(), stray).comment_only == ()


@pytest.mark.parametrize(
    "citation",
    [
        cited(start=5),
        replace(cited("2026"), start=-5, end=-1),
        replace(cited(), quote="", start=3, end=3),
        replace(cited(), end=9_999),
        replace(cited(), quote="sera inauguré le 16 mai 2026"),
        replace(cited(), kind="comment"),
        replace(cited(), text_id="the id of a comment"),
    ],
)
def test_a_quote_that_does_not_stand_at_its_offsets_in_a_text_of_its_kind_is_invalid(citation):
    verdict = scored(item(), answer(GOOD, citation))
    assert (verdict.valid, verdict.sourced) == ((False,), False)


def test_a_quote_at_the_wrong_place_is_verbatim_and_not_valid():
    verdict = scored(item(), answer(GOOD, cited(start=5)))
    assert (verdict.verbatim, verdict.valid) == ((True,), (False,))


def test_a_citation_whose_text_is_gone_is_neither_valid_nor_verbatim():
    verdict = scored(item(), answer(GOOD, cited()), texts=(None,))
    assert (verdict.verbatim, verdict.valid) == ((False,), (False,))


def test_a_gold_name_is_the_whole_name_of_a_file():
    assert bears("pont.txt", article("/a/pont.txt"))
    assert bears("pont.txt", article("C:\\a\\pont.txt"))
    assert not bears("pont.txt", article("/a/le-pont.txt"))
    assert not bears("pont.txt", article("/a/pont.txt.html"))


def test_a_gold_name_with_a_url_is_one_record_of_a_file():
    name = "depeches.jsonl#https://paper.example/b"
    assert bears(name, article("/a/depeches.jsonl", "https://paper.example/b"))
    assert not bears(name, article("/a/depeches.jsonl", "https://paper.example/bc"))
    assert not bears(name, article("/a/other.jsonl", "https://paper.example/b"))
