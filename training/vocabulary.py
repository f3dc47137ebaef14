"""Step 1: a lower-cased, accent-folded bilingual WordPiece vocabulary.

Learns the French pieces on French text and keeps the teacher's English ones, so that English text is split as the
teacher splits it and keeps what the teacher knows of names. Knows nothing of embeddings.
"""

from __future__ import annotations

import itertools
import re
import string
from collections.abc import Iterable, Iterator
from pathlib import Path

from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import PreTrainedTokenizerFast

from training import sources

SIZE = 40_000
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
PUNCTUATION = string.punctuation + "«»‹›“”„‘’‚—–…•·°€£¥$%‰№©®™§¶×÷±≈≤≥²³½¼¾→º"
LETTERS = string.ascii_lowercase + string.digits + "ßøłđðþıŋ" + "αβγδεζηθικλμνξοπρστυφχψω"
# Characters that NFD leaves whole but a reader types in two ways; folded before anything else.
FOLDED = {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "’": "'", "ʼ": "'", "‘": "'", "\u202f": " ", "\xa0": " "}
_PLAIN_PIECE = re.compile(r"(##)?[a-z0-9]+")


def _normalizer() -> normalizers.Normalizer:
    folds = [normalizers.Replace(old, new) for old, new in FOLDED.items()]
    return normalizers.Sequence([*folds, normalizers.BertNormalizer(lowercase=True, strip_accents=True)])


def _texts(data: Path) -> Iterator[str]:
    """French training text; the small encyclopedic sets count several times so that names weigh against Europarl."""
    french = [*sources.piaf_train(data), *sources.afriqa_train(data)]
    for group in french:
        for text in (group.passage, *group.questions):
            yield from itertools.repeat(text, 12)
    for pair in sources.europarl(data)[:150_000]:
        yield pair.french
    for pair in itertools.chain(sources.tatoeba(data), sources.canada_laws(data)[:10_000]):
        yield pair.french
    for pair in itertools.chain(sources.wiktionary(data), sources.tico19(data)):
        yield from itertools.repeat(pair.french, 2)


def _by_id(vocabulary: dict[str, int]) -> list[str]:
    return [piece for piece, _ in sorted(vocabulary.items(), key=lambda item: item[1])]


def learn(texts: Iterable[str], teacher_vocabulary: dict[str, int], size: int = SIZE) -> list[str]:
    """The pieces in id order: specials, single characters, the teacher's plain pieces, then French ones by merge rank.

    WordPiece (Schuster and Nakajima, 2012) splits greedily by the longest match, so the two lists can be joined.
    """
    learner = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    learner.normalizer = _normalizer()
    learner.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    trainer = trainers.WordPieceTrainer(vocab_size=size, limit_alphabet=120, show_progress=False)
    learner.train_from_iterator(texts, trainer)
    learnt = _by_id(learner.get_vocab())
    characters = [*PUNCTUATION, *LETTERS, *(f"##{letter}" for letter in LETTERS)]
    kept = [piece for piece in _by_id(teacher_vocabulary) if _PLAIN_PIECE.fullmatch(piece)]
    return list(dict.fromkeys([*SPECIAL, *characters, *kept, *learnt]))[:size]


def tokenizer(pieces: list[str], longest: int) -> PreTrainedTokenizerFast:
    """A fast tokenizer over `pieces`; truncates at `longest` tokens, the two specials included."""
    vocabulary = {piece: number for number, piece in enumerate(pieces)}
    backend = Tokenizer(models.WordPiece(vocab=vocabulary, unk_token="[UNK]", max_input_chars_per_word=100))
    backend.normalizer = _normalizer()
    backend.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    backend.decoder = decoders.WordPiece()
    backend.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", vocabulary["[CLS]"]), ("[SEP]", vocabulary["[SEP]"])],
    )
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=backend,
        model_max_length=longest,
        unk_token="[UNK]",
        pad_token="[PAD]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        mask_token="[MASK]",
    )


def build(data: Path, teacher_vocabulary: dict[str, int], folder: Path) -> None:
    """Learns the vocabulary and saves its tokenizer in `folder`."""
    tokenizer(learn(_texts(data), teacher_vocabulary), longest=256).save_pretrained(folder)
