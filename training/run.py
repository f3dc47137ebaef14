"""The whole recipe, one command: `python -m training.run --data DIR --out DIR`.

Each step leaves its result in the work folder and is skipped when the result is there; the two long ones also leave
checkpoints on their way, so a killed run goes on where it stopped. Figures of every step go to figures.json. Knows the
order of the steps and their amounts; how a step works stands in its own file.
"""

from __future__ import annotations

import argparse
import json
import logging
import shutil
from dataclasses import dataclass
from pathlib import Path

import torch
from transformers import AutoTokenizer, PreTrainedTokenizerBase

from training import alignment, contrast, distil, evaluate, transfer, vocabulary
from training.encoder import Encoder, teacher_folder

SEED = 1
DISTIL_STEPS = 1_000  # of about 155 pairs: half of a pass
CONTRAST_STEPS = 600  # of 16 French paragraphs, or their like

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Plan:
    """Where a run reads and writes, and how long its two long steps are."""

    data: Path
    work: Path
    distil_steps: int
    contrast_steps: int
    amounts: distil.Amounts
    measured: bool  # whether each step's model is measured


def _record(plan: Plan, name: str, encoder: Encoder) -> None:
    """Adds the figures of one step to figures.json, once."""
    file = plan.work / "figures.json"
    figures = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    if not plan.measured or name in figures:
        return
    with torch.autocast("cpu", dtype=torch.bfloat16):
        figures[name] = evaluate.measure(encoder, plan.data)
    log.info("%s %s", name, figures[name])
    file.write_text(json.dumps(figures, indent=1), encoding="utf-8")


def _tokenizer(plan: Plan, teacher: Encoder) -> PreTrainedTokenizerBase:
    folder = plan.work / "tokenizer"
    if not (folder / "tokenizer.json").exists():
        vocabulary.build(plan.data, teacher.tokenizer.get_vocab(), folder)
    return AutoTokenizer.from_pretrained(folder, local_files_only=True)


def _transferred(plan: Plan, teacher: Encoder) -> Encoder:
    """Steps 1 to 3, minutes in all."""
    folder = plan.work / "transferred"
    if not (folder / "modules.json").exists():
        tokenizer = _tokenizer(plan, teacher)
        aligned = alignment.train(plan.data, tokenizer, SEED)
        pairs = alignment.pairs(plan.data)
        english = transfer.counts(tokenizer, [pair.english for pair in pairs])
        french = transfer.counts(tokenizer, [pair.french for pair in pairs])
        transfer.transfer(teacher, tokenizer, aligned, english, french).save(folder)
    return Encoder.load(folder)


def _distilled(plan: Plan, teacher: Encoder) -> Encoder:
    folder = plan.work / "distilled"
    if not (folder / "modules.json").exists():
        student = _transferred(plan, teacher)
        _record(plan, "3 transfer", student)
        file = plan.work / "distil.pt"
        distil.train(student, teacher, plan.data, plan.amounts, plan.distil_steps, SEED, file)
        student.save(folder)
    return Encoder.load(folder)


def run(plan: Plan, out: Path) -> None:
    """Every step that is not done yet; the finished model, in float16, in `out`."""
    plan.work.mkdir(parents=True, exist_ok=True)
    teacher = Encoder.load(teacher_folder()).eval()
    _record(plan, "teacher", teacher)
    student = _distilled(plan, teacher)
    _record(plan, "4 distillation", student)
    contrast.train(student, teacher, plan.data, plan.amounts, plan.contrast_steps, SEED, plan.work / "contrast.pt")
    _record(plan, "5 questions", student)
    draft = plan.work / "finished"
    shutil.rmtree(draft, ignore_errors=True)
    student.save(draft, half=True)
    shutil.copytree(draft, out, dirs_exist_ok=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="Train the bundled French-English sentence embedding model.")
    parser.add_argument("--data", type=Path, default=Path("data"), help="the data folder")
    parser.add_argument("--out", type=Path, required=True, help="where the finished model goes")
    parser.add_argument("--work", type=Path, help="intermediate results; OUT-work if left out")
    parser.add_argument("--distil-steps", type=int, default=DISTIL_STEPS)
    parser.add_argument("--contrast-steps", type=int, default=CONTRAST_STEPS)
    parser.add_argument("--no-figures", action="store_true", help="skip measuring each step's model")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(arguments.threads)
    work = arguments.work or arguments.out.with_name(arguments.out.name + "-work")
    plan = Plan(
        arguments.data,
        work,
        arguments.distil_steps,
        arguments.contrast_steps,
        distil.Amounts(),
        not arguments.no_figures,
    )
    run(plan, arguments.out)


if __name__ == "__main__":
    main()
