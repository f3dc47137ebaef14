"""How words of a question are met by words of a text."""

import pytest

from rag.matching import Matcher
from rag.names import Lexicon
from rag.question import understand

TEXT_WORDS = (
    "greve greves grevistes licencie licencies strike sacked kenyane kenyan kenya saoudien saoudite britannique maire "
    "mairie etats-unis inauguration inaugure naissance nee morts victimes lutanien lutanie port-lanvec lanvec paris "
    "1998 lundi presidence president abidjan ivoirien ivoirienne"
).split()


@pytest.mark.parametrize(
    ("question", "word", "met"),
    [
        ("Combien de salariés ont fait grève à Lens ?", "greve", "strike"),
        ("Who sacked the coach of Lens?", "sacked", "licencie"),
        ("Quand le Kenya a-t-il voté ?", "kenya", "kenyane"),
        ("Où est né le maire de Lens ?", "nee", "naissance"),
        ("Quel est le bilan de la crue de Lens ?", "bilan", "victimes"),
        ("Quand la Lutanie a-t-elle voté ?", "lutanie", "lutanien"),
        ("Qui est le maire de Lanvec ?", "lanvec", "port-lanvec"),
        ("Quand le musée de Lens a-t-il été inauguré ?", "inaugure", "inauguration"),
    ],
)
def test_a_word_is_met_by_its_other_forms(question: str, word: str, met: str):
    matcher = Matcher(understand(question), Lexicon(dict.fromkeys(TEXT_WORDS, 1)), 10)
    keyword = next(k for k in matcher.keywords if k.word == word)
    assert matcher.similarity(keyword, met) > 0
    assert met in {term for term in TEXT_WORDS if matcher.met_anywhere(frozenset({term}), 0.01)}


def test_words_are_judged_alike_alone_and_among_others():
    asked = understand(
        "Combien de grévistes kényans le maire de Lens a-t-il reçus à Abidjan le lundi de l'inauguration ?"
    )
    together = Matcher(asked, Lexicon(dict.fromkeys(TEXT_WORDS, 1)), 10)
    together.meets(" ".join(TEXT_WORDS))
    for term in TEXT_WORDS:
        alone = Matcher(asked, Lexicon(dict.fromkeys(TEXT_WORDS, 1)), 10)
        for one, other in zip(alone.keywords, together.keywords, strict=True):
            assert alone.similarity(one, term) == together.similarity(other, term)
