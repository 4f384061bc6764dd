"""Letting a loaded model translate single sentences, whatever its family calls the languages."""

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from summarizer.summary.abstractive.errors import LanguageError
from summarizer.summary.abstractive.generating import generate
from summarizer.summary.abstractive.loading import Loaded
from summarizer.summary.abstractive.prompts import translation_request, without_marks

_CODES = {
    "ru": ("__ru__", "rus_Cyrl", "ru_RU"),
    "en": ("__en__", "eng_Latn", "en_XX"),
    "kk": ("__kk__", "kaz_Cyrl", "kk_KZ"),
}
"""The tokens of M2M100, NLLB and mBART that name a language."""

_PREFIXES = {
    "ru": (">>rus<<", "<2ru>"),
    "en": (">>eng<<", "<2en>"),
    "kk": (">>kaz<<", ">>kaz_Cyrl<<", "<2kk>"),
}
"""What Marian's models of several languages, and MADLAD, want before the sentence."""

_NAMES = {"ru": "ru", "rus": "ru", "en": "en", "eng": "en", "kk": "kk", "kaz": "kk"}
_ANY_NAME = "|".join(_NAMES)
_PAIR = re.compile(rf"(?<![a-z])(?P<source>{_ANY_NAME})-(?P<target>{_ANY_NAME})(?![a-z])")
_TOKENS_PER_TOKEN = 3
_TOKENS_MORE = 24
_MOST_TOKENS = 400


@dataclass(frozen=True, slots=True)
class _Way:
    """How a model is told the languages: a text before the sentence, codes, the first token."""

    before: str = ""
    source_code: str | None = None
    more: dict[str, Any] = field(default_factory=dict)
    asked: Callable[[str], str] | None = None


def translate(
    loaded: Loaded, texts: Sequence[str], *, source: str, target: str, seconds: float
) -> list[str]:
    """Translate sentences, each for itself.

    Args:
        loaded: the model.
        texts: sentences of one language.
        source: their language, "ru", "en" or "kk".
        target: the language wanted, another one of these.
        seconds: how long all of them may take; what is not translated by then is "".

    Returns:
        One translation for each sentence, "" where there is none: the model broke off.

    Raises:
        LanguageError: the model does not translate between these languages.
    """
    way = _way(loaded, source, target)
    if way.source_code is not None:
        loaded.tokenizer.src_lang = way.source_code
    ends = time.monotonic() + seconds
    done: list[str] = []
    size = loaded.place.batch
    for start in range(0, len(texts), size):
        left = ends - time.monotonic()
        if left <= 0:
            break
        done += _translate_batch(loaded, texts[start : start + size], way, left)
    return done + [""] * (len(texts) - len(done))


def _way(loaded: Loaded, source: str, target: str) -> _Way:
    """Find out how this model is told what to do; the tokens that it knows tell its family."""
    if loaded.kind == "decoder-only":
        if not loaded.tokenizer.chat_template:
            raise LanguageError(
                f"The model {loaded.files.short_name} only continues texts: choose a translation "
                "model (Marian, NLLB, M2M100, mBART) or one that follows instructions."
            )
        return _Way(asked=lambda text: _request(loaded, text, source, target))
    for known, wanted in zip(_CODES[source], _CODES[target], strict=True):
        first = _known(loaded, wanted)
        if first is not None and _known(loaded, known) is not None:
            # M2M100 names its languages by two letters and writes its tokens with underscores.
            return _Way(source_code=known.strip("_"), more={"forced_bos_token_id": first})
    for prefix in _PREFIXES[target]:
        if _known(loaded, prefix) is not None:
            return _Way(before=f"{prefix} ")
    if (source, target) == _pair(loaded):
        return _Way()
    raise LanguageError(
        f"The model {loaded.files.short_name} does not translate from {source} into {target}."
    )


def _known(loaded: Loaded, token: str) -> int | None:
    """Give the number of a token that the model has as one."""
    number: int | None = loaded.tokenizer.convert_tokens_to_ids(token)
    return None if number == loaded.tokenizer.unk_token_id else number


def _pair(loaded: Loaded) -> tuple[str, str] | None:
    """Tell the two languages of a model that knows no others: by its tokenizer, or its name."""
    tokenizer = loaded.tokenizer
    stated = getattr(tokenizer, "source_lang", None), getattr(tokenizer, "target_lang", None)
    if not all(stated):
        match = _PAIR.search(loaded.files.short_name.lower())
        stated = (match["source"], match["target"]) if match else (None, None)
    source, target = (_NAMES.get(str(name)) for name in stated)
    return (source, target) if source and target else None


def _request(loaded: Loaded, text: str, source: str, target: str) -> str:
    prompt: str = loaded.tokenizer.apply_chat_template(
        [{"role": "user", "content": translation_request(text, source, target)}],
        tokenize=False,
        add_generation_prompt=True,
        enable_thinking=False,
    )
    return prompt


def _translate_batch(loaded: Loaded, texts: Sequence[str], way: _Way, seconds: float) -> list[str]:
    tokenizer = loaded.tokenizer
    marks = [mark for mark in tokenizer.all_special_tokens if len(mark) > 1]
    plain = [without_marks(text, marks) for text in texts]
    prompts = [way.asked(text) if way.asked else way.before + text for text in plain]
    longest = max(len(tokenizer(text, add_special_tokens=False).input_ids) for text in plain)
    room = min(_MOST_TOKENS, _TOKENS_PER_TOKEN * longest + _TOKENS_MORE)
    written = generate(
        loaded, prompts, adds_marks=way.asked is None, new_tokens=room, seconds=seconds, **way.more
    )
    return [_whole(loaded, tokens) for tokens in written]


def _whole(loaded: Loaded, tokens: list[int]) -> str:
    """Read a translation; one that was broken off is none."""
    ends = loaded.model.generation_config.eos_token_id
    known = set(ends) if isinstance(ends, list) else {ends}
    # A model may begin with the mark that ends its texts.
    if not known & set(tokens[1:]):
        return ""
    return " ".join(loaded.tokenizer.decode(tokens, skip_special_tokens=True).split())
