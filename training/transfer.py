"""Step 3: the teacher's encoder gets the bilingual vocabulary (WECHSEL; Minixhofer, Paischer and Rekabsaz, 2022).

A token the teacher knows keeps its embedding, unless it is above all a French word; any other takes the
softmax-weighted mean of the embeddings of its nearest English neighbours in the aligned static space; one that was
hardly ever seen, the mean of the teacher's pieces.
"""

from __future__ import annotations

import copy

import torch
from torch import Tensor, nn
from transformers import PreTrainedTokenizerBase

from training.encoder import Encoder

NEIGHBOURS = 10
TEMPERATURE = 0.1  # as in the paper
SEEN = 5  # occurrences under which a static vector is noise
FRENCH = 4  # times as frequent in French as in English: the French sense is the one to learn ("pour", "on", "sera")


def counts(tokenizer: PreTrainedTokenizerBase, texts: list[str], size: int = 20_000) -> Tensor:
    """How often each token occurs in `texts`: shape (vocabulary,)."""
    total = torch.zeros(len(tokenizer), dtype=torch.long)
    for start in range(0, len(texts), size):
        rows = tokenizer(texts[start : start + size], add_special_tokens=False)["input_ids"]
        total += torch.bincount(torch.tensor([token for row in rows for token in row]), minlength=len(tokenizer))
    return total


def _is_word(piece: str) -> bool:
    return piece.removeprefix("##").isalpha() and len(piece) > 1


def new_embeddings(
    teacher: Encoder, tokenizer: PreTrainedTokenizerBase, aligned: Tensor, english: Tensor, french: Tensor
) -> Tensor:
    """Input embeddings for `tokenizer`, shape (vocabulary, 384).

    `aligned` holds a unit vector a token (step 2); `english` and `french` count each token in the text of a language.
    """
    table = teacher.token_embeddings.detach()
    known = teacher.tokenizer.get_vocab()
    pieces = tokenizer.convert_ids_to_tokens(list(range(len(tokenizer))))
    candidates, translated = [], []
    result = torch.empty(len(tokenizer), table.shape[1])
    for number, piece in enumerate(pieces):
        is_french = french[number] >= SEEN and french[number] > FRENCH * english[number]
        if piece in known and not (is_french and _is_word(piece)):
            result[number] = table[known[piece]]
            if english[number] >= SEEN:
                candidates.append(number)
        elif is_french:
            translated.append(number)
        else:
            parts = teacher.tokenizer(piece.removeprefix("##"), add_special_tokens=False)["input_ids"]
            result[number] = table[parts or [teacher.tokenizer.unk_token_id]].mean(0)
    scores, nearest = (aligned[translated] @ aligned[candidates].T).topk(NEIGHBOURS, dim=1)
    weights = torch.softmax(scores / TEMPERATURE, dim=1)
    result[translated] = torch.einsum("nk,nkd->nd", weights, result[candidates][nearest])
    return result


def transfer(
    teacher: Encoder, tokenizer: PreTrainedTokenizerBase, aligned: Tensor, english: Tensor, french: Tensor
) -> Encoder:
    """A copy of the teacher that reads `tokenizer`'s tokens."""
    bert = copy.deepcopy(teacher.bert)
    weights = new_embeddings(teacher, tokenizer, aligned, english, french)
    bert.set_input_embeddings(nn.Embedding(len(tokenizer), weights.shape[1], tokenizer.pad_token_id, _weight=weights))
    bert.config.vocab_size = len(tokenizer)
    bert.config.pad_token_id = tokenizer.pad_token_id
    return Encoder(bert, tokenizer)
