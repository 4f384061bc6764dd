"""How a loaded model generates: greedily, within its window."""

import copy
from collections.abc import Sequence
from typing import Any

from summarizer.summary.abstractive.loading import Loaded, library

_UNKNOWN_WINDOW = 1_024
_NO_LIMIT = 1_000_000
_REPEATED_GROUP = 4


def greedily(loaded: Loaded, new_tokens: int, **more: Any) -> Any:
    """Say how to generate: greedily, so that the same text gives the same answer.

    Args:
        loaded: the model.
        new_tokens: the most tokens to write.
        more: other settings of the generation, such as the language to begin with.
    """
    how = copy.deepcopy(loaded.model.generation_config)
    how.do_sample = False
    how.temperature = how.top_p = how.top_k = None
    how.max_length = None
    how.max_new_tokens = new_tokens
    how.min_length = 0
    how.pad_token_id = loaded.tokenizer.pad_token_id
    if loaded.kind == "encoder-decoder":
        how.num_beams = how.num_beams if loaded.place.device == "cuda" else 1
        how.no_repeat_ngram_size = _REPEATED_GROUP
    else:
        # Both count the prompt in a decoder: names could not be copied from the article.
        how.num_beams = 1
        how.no_repeat_ngram_size = 0
        how.repetition_penalty = 1.0
    how.early_stopping = how.num_beams > 1
    how.length_penalty = how.length_penalty if how.num_beams > 1 else 1.0
    for name, value in more.items():
        setattr(how, name, value)
    return how


def generate(
    loaded: Loaded,
    prompts: Sequence[str],
    *,
    adds_marks: bool,
    new_tokens: int,
    seconds: float,
    **more: Any,
) -> list[list[int]]:
    """Let a model answer prompts, as long as its window lets them be; give the tokens it wrote.

    Args:
        loaded: the model.
        prompts: what it is asked, one batch.
        adds_marks: whether the tokenizer puts its marks around them; a chat template did already.
        new_tokens: the most tokens to write.
        seconds: when writing ends, finished or not.
        more: other settings of the generation; see `greedily`.
    """
    inputs = loaded.tokenizer(
        list(prompts),
        add_special_tokens=adds_marks,
        padding=len(prompts) > 1,
        truncation=True,
        max_length=window(loaded),
        return_tensors="pt",
        return_token_type_ids=False,
    ).to(loaded.place.device)
    with library("torch").inference_mode():
        written = loaded.model.generate(
            **inputs, generation_config=greedily(loaded, new_tokens, **more), max_time=seconds
        )
    if loaded.kind == "decoder-only":
        written = written[:, inputs.input_ids.shape[1] :]
    return [tokens.tolist() for tokens in written]


def window(loaded: Loaded) -> int:
    """Tell how many tokens the model can read."""
    config = loaded.model.config.get_text_config()
    stated = [
        getattr(config, name, None)
        for name in ("max_position_embeddings", "n_positions", "max_encoder_position_embeddings")
    ]
    known = [size for size in (*stated, loaded.tokenizer.model_max_length) if size]
    return min((size for size in known if size < _NO_LIMIT), default=_UNKNOWN_WINDOW)
