"""Gemma 3 270M, fine-tuned to write the summary itself (LoRA); its weights are not shipped."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from transformers import (
    AutoModelForCausalLM,
    AutoTokenizer,
    Trainer,
    TrainingArguments,
    set_seed,
)

from summarizer.evaluation.references import Reference, load_references
from training.gemma import gemma_folder

ARTICLE_TOKENS = 400
SUMMARY_TOKENS = 120
ASK = "\n\nКраткое содержание:\n"
_IGNORED = -100


@dataclass(frozen=True, slots=True)
class Course:
    """How long and how fast the adapter learns; one article a step."""

    steps: int = 640
    pace: float = 3e-4
    rank: int = 16
    save_every: int = 80
    seed: int = 7


def train_generator(path: Path, cache: Path, out: Path, course: Course) -> None:
    """Teach Gemma to continue an article with its reference, and keep the adapter.

    The loss counts the words of the reference alone. In float32: on a processor without
    bfloat16 arithmetic that is the faster one.

    Args:
        path: articles with references, one JSON object a line.
        cache: where the model is kept; see `gemma_folder`.
        out: the folder for the adapter; a run that was cut short goes on from its last checkpoint.
        course: steps, pace and seed.
    """
    set_seed(course.seed)
    folder = gemma_folder(cache)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    base = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    base.config.use_cache = False
    model = get_peft_model(
        base,
        LoraConfig(
            r=course.rank,
            lora_alpha=2 * course.rank,
            lora_dropout=0.05,
            target_modules="all-linear",
            task_type="CAUSAL_LM",
        ),
    )
    rows = [_example(tokenizer, reference) for reference in load_references(path)]
    random.Random(course.seed).shuffle(rows)
    trainer = _AnswerTrainer(
        model=model,
        args=TrainingArguments(
            output_dir=str(out / "checkpoints"),
            max_steps=course.steps,
            per_device_train_batch_size=1,
            learning_rate=course.pace,
            lr_scheduler_type="cosine",
            warmup_steps=max(1, course.steps // 20),
            max_grad_norm=1.0,
            logging_steps=10,
            save_steps=course.save_every,
            save_total_limit=3,
            seed=course.seed,
            use_cpu=True,
            report_to=[],
            disable_tqdm=True,
        ),
        train_dataset=rows,
        data_collator=_tensors,
    )
    resumed = any((out / "checkpoints").glob("checkpoint-*"))
    trainer.train(resume_from_checkpoint=resumed or None)
    model.save_pretrained(str(out))


def load_generator(cache: Path, adapter: Path) -> "Generator":
    """Load the model with its adapter, merged, ready to write.

    Args:
        cache: where the model is kept; see `gemma_folder`.
        adapter: the folder that training wrote, or one of its checkpoints.
    """
    folder = gemma_folder(cache)
    base = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    merged = PeftModel.from_pretrained(base, str(adapter)).merge_and_unload()
    return Generator(AutoTokenizer.from_pretrained(folder), merged.eval())


@dataclass(frozen=True)
class Generator:
    """Writes a summary, word after word, the likeliest each time."""

    tokenizer: Any
    model: Any

    def write(self, text: str) -> str:
        """Continue an article with its summary; empty when the model has nothing to say."""
        asked = torch.tensor([_prompt(self.tokenizer, text)])
        with torch.inference_mode():
            said = self.model.generate(
                asked,
                attention_mask=torch.ones_like(asked),
                max_new_tokens=SUMMARY_TOKENS,
                do_sample=False,
                eos_token_id=self.tokenizer.eos_token_id,
                pad_token_id=self.tokenizer.pad_token_id,
            )
        answer = self.tokenizer.decode(said[0][asked.shape[1] :], skip_special_tokens=True)
        return " ".join(str(answer).split())


def _prompt(tokenizer: Any, text: str) -> list[int]:
    folded = "\n".join(line.strip() for line in text.splitlines() if line.strip())
    article = tokenizer(folded, add_special_tokens=False)["input_ids"][:ARTICLE_TOKENS]
    asked = tokenizer(ASK, add_special_tokens=False)["input_ids"]
    return [tokenizer.bos_token_id, *article, *asked]


def _example(tokenizer: Any, reference: Reference) -> dict[str, list[int]]:
    asked = _prompt(tokenizer, reference.text)
    said = tokenizer(reference.summaries[0].strip(), add_special_tokens=False)["input_ids"]
    said = [*said[:SUMMARY_TOKENS], tokenizer.eos_token_id]
    return {"input_ids": [*asked, *said], "labels": [_IGNORED] * len(asked) + said}


class _AnswerTrainer(Trainer):
    """Reckons the words of the answer alone: 262,144 scores a word are most of the work."""

    def compute_loss(self, model: Any, inputs: Any, *_args: Any, **_more: Any) -> torch.Tensor:
        """Give the mean loss over the answer."""
        wanted = inputs["labels"][0]
        wanted = wanted[wanted != _IGNORED]
        logits = model(input_ids=inputs["input_ids"], logits_to_keep=len(wanted) + 1).logits
        return torch.nn.functional.cross_entropy(logits[0, :-1], wanted)


def _tensors(rows: Sequence[dict[str, list[int]]]) -> dict[str, torch.Tensor]:
    """Make a batch of the one example: nothing is padded."""
    return {name: torch.tensor([values]) for name, values in rows[0].items()}
