"""The reader: where in a passage the answer to a question stands, or that it does not.

One encoder reads question, title and passage as one text; two numbers a token say how likely the answer begins and ends
there, and the first token stands for "no answer" (Devlin et al., 2019, section 4.3). Starts from the finished embedding
model and leaves its token embeddings alone, so that both share one table. Examples that name only a sentence count all
of its tokens (marginal likelihood; Clark and Gardner, 2018).
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.nn import functional

from training import schedule
from training.encoder import Encoder
from training.reading import Example, examples

SEED = 1
STEPS = 1_000
TOKENS = 4_600  # of a batch, padding among them
RATE = 2e-4
HEAD_RATE = 1e-3
LONGEST = 256
QUESTION = 48  # tokens of a question
CHECKPOINT_EVERY = 50

log = logging.getLogger(__name__)


class Reader(nn.Module):
    """Start and end logits over the tokens of `[CLS] question [SEP] title [SEP] passage [SEP]`."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.bert = encoder.bert
        self.tokenizer = encoder.tokenizer
        self.head = nn.Linear(self.bert.config.hidden_size, 2)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)
        encoder.token_embeddings.requires_grad_(False)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Logits of shape (texts, tokens, 2)."""
        hidden = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        logits: Tensor = self.head(hidden)
        return logits

    def save(self, file: Path) -> None:
        """The encoder without its token embeddings, and the head, in float16."""
        state = {name: value for name, value in self.bert.state_dict().items() if "word_embeddings" not in name}
        state = {name: value for name, value in state.items() if not name.startswith("pooler.")}
        state |= {f"head.{name}": value for name, value in self.head.state_dict().items()}
        file.parent.mkdir(parents=True, exist_ok=True)
        save_file({name: value.half().contiguous() for name, value in state.items()}, file)

    def restore(self, file: Path) -> None:
        state = {name: value.float() for name, value in load_file(file).items()}
        self.head.load_state_dict({name: state.pop(f"head.{name}") for name in ("weight", "bias")})
        self.bert.load_state_dict(state, strict=False)


@dataclass(frozen=True)
class Encoded:
    """One example in tokens."""

    ids: list[int]
    offsets: list[tuple[int, int]]  # of each token in the passage; (-1, -1) for tokens outside of it
    starts: list[int]  # tokens at which the answer may begin
    ends: list[int]


def encode(reader: Reader, example: Example) -> Encoded:
    """Tokens of an example and its targets; the passage is cut where the whole would grow too long."""
    tokenizer = reader.tokenizer
    cls, sep = tokenizer.cls_token_id, tokenizer.sep_token_id
    question = tokenizer(example.question, add_special_tokens=False, truncation=True, max_length=QUESTION)["input_ids"]
    title = tokenizer(example.title, add_special_tokens=False, truncation=True, max_length=24)["input_ids"]
    head = [cls, *question, sep, *([*title, sep] if title else [])]
    passage = tokenizer(
        example.passage,
        add_special_tokens=False,
        truncation=True,
        max_length=LONGEST - len(head) - 1,
        return_offsets_mapping=True,
    )
    ids = [*head, *passage["input_ids"], sep]
    outside = (-1, -1)
    offsets = [outside] * len(head) + [tuple(pair) for pair in passage["offset_mapping"]] + [outside]
    starts, ends = [], []
    for first, last in example.spans:
        inside = [at for at, (a, b) in enumerate(offsets) if a >= 0 and a < last and b > first]
        if inside and offsets[inside[-1]][1] >= last:
            starts += inside[:1] if example.exact else inside
            ends += inside[-1:] if example.exact else inside
    return Encoded(ids, offsets, starts or [0], ends or [0])


def padded(rows: Sequence[Encoded]) -> tuple[Tensor, Tensor]:
    """Token ids and mask, both of shape (rows, longest)."""
    width = max(len(row.ids) for row in rows)
    ids = torch.zeros(len(rows), width, dtype=torch.long)
    mask = torch.zeros(len(rows), width, dtype=torch.long)
    for at, row in enumerate(rows):
        ids[at, : len(row.ids)] = torch.tensor(row.ids)
        mask[at, : len(row.ids)] = 1
    return ids, mask


def loss(reader: Reader, rows: Sequence[Encoded]) -> Tensor:
    """Mean negative log-likelihood of any right start and any right end."""
    ids, mask = padded(rows)
    logits = reader(ids, mask).masked_fill(mask.unsqueeze(-1) == 0, -1e4)
    chances = functional.log_softmax(logits, dim=1)
    total = chances.new_zeros(())
    for at, row in enumerate(rows):
        total = total - torch.logsumexp(chances[at, row.starts, 0], 0) - torch.logsumexp(chances[at, row.ends, 1], 0)
    return total / (2 * len(rows))


def batches(rows: list[Encoded], seed: int) -> Iterator[list[Encoded]]:
    """Batches of like length, in random order; without end."""
    chance = random.Random(seed)
    while True:
        order = sorted(rows, key=lambda row: len(row.ids) * chance.uniform(0.9, 1.1))
        cut: list[list[Encoded]] = [[]]
        width = 0
        for row in order:
            width = max(width, len(row.ids))
            if cut[-1] and (len(cut[-1]) + 1) * width > TOKENS:
                cut.append([])
                width = len(row.ids)
            cut[-1].append(row)
        chance.shuffle(cut)
        yield from cut


def train(reader: Reader, data: Path, steps: int, file: Path, seed: int = SEED) -> None:
    """Runs `steps` steps in place, from the checkpoint `file` where there is one."""
    torch.manual_seed(seed)
    body = [weight for weight in reader.bert.parameters() if weight.requires_grad]
    groups = [
        {"params": body, "lr": RATE, "peak": RATE},
        {"params": list(reader.head.parameters()), "lr": HEAD_RATE, "peak": HEAD_RATE},
    ]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    first = schedule.resume(file, reader, optimizer)
    rows = [encode(reader, example) for example in examples(data, seed)]
    log.info("%d examples, %.0f tokens each", len(rows), sum(len(row.ids) for row in rows) / len(rows))
    source, began, total = batches(rows, seed), time.monotonic(), 0.0
    for step in range(steps):
        batch = next(source)
        if step < first:
            continue
        with torch.autocast("cpu", dtype=torch.bfloat16):
            value = loss(reader, batch)
        schedule.update(reader, optimizer, value, step, steps)
        total += value.item()
        if (step + 1) % 25 == 0:
            log.info("reader %d/%d loss %.4f, %.0f s", step + 1, steps, total / 25, time.monotonic() - began)
            total = 0.0
        if (step + 1) % CHECKPOINT_EVERY == 0 or step + 1 == steps:
            schedule.save(file, reader, optimizer, step + 1)


@torch.no_grad()
def measure(reader: Reader, data: Path) -> dict[str, float]:
    """On PIAF dev, each question with its own paragraph: share of best spans that equal a gold answer or overlap it by
    half or more, and share of them in the gold answer's sentence."""
    reader.eval()
    asked = []
    for article in json.loads((data / "qa" / "piaf_dev.json").read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            for item in paragraph["qas"]:
                spans = tuple((a["answer_start"], a["answer_start"] + len(a["text"])) for a in item["answers"])
                asked.append(Example(item["question"], paragraph["context"], spans, True, "fr", article["title"]))
    exact = over = sentence = 0
    for example in asked:
        row = encode(reader, example)
        ids, mask = padded([row])
        begin, end = best_span(functional.log_softmax(reader(ids, mask)[0], dim=0), row)
        exact += any((begin, end) == span for span in example.spans)
        over += any(2 * (min(end, b) - max(begin, a)) >= max(end - begin, b - a) for a, b in example.spans)
        between = example.passage[min(begin, example.spans[0][0]) : max(begin, example.spans[0][0])]
        sentence += ". " not in between
    return {"exact": exact / len(asked), "half": over / len(asked), "sentence": sentence / len(asked)}


def best_span(chances: Tensor, row: Encoded, longest: int = 24) -> tuple[int, int]:
    """Character offsets of the likeliest span of the passage, at most `longest` tokens."""
    inside = [at for at, (a, _) in enumerate(row.offsets) if a >= 0]
    first, last = inside[0], inside[-1] + 1
    starts, ends = chances[first:last, 0], chances[first:last, 1]
    scores = (starts[:, None] + ends[None, :]).triu().tril(longest - 1)
    allowed = torch.ones_like(scores).triu().tril(longest - 1).bool()
    at = int(scores.masked_fill(~allowed, -1e9).argmax())
    size = scores.shape[1]
    return row.offsets[first + at // size][0], row.offsets[first + at % size][1]


def main() -> None:
    parser = argparse.ArgumentParser(description="Train the extractive reader on top of the embedding model.")
    parser.add_argument("model", type=Path, help="the finished embedding model's folder")
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument("--out", type=Path, required=True, help="the reader's safetensors file")
    parser.add_argument("--start", type=Path, help="a reader's safetensors file to go on from")
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(arguments.threads)
    reader = Reader(Encoder.load(arguments.model))
    if arguments.start:
        reader.restore(arguments.start)
    train(reader, arguments.data, arguments.steps, arguments.out.with_suffix(".checkpoint"), arguments.seed)
    reader.save(arguments.out)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        print(json.dumps(measure(reader, arguments.data)))


if __name__ == "__main__":
    main()
