"""Letting a loaded model write: prompts in batches, greedily, within a time."""

import time
from collections.abc import Sequence

from summarizer.summary.abstractive.generating import generate, window
from summarizer.summary.abstractive.loading import Loaded
from summarizer.summary.abstractive.nonsense import tidy_draft
from summarizer.summary.abstractive.prompts import continuation, instruction, without_marks

_TOKENS_PER_WORD = 4
"""Russian words take two to four tokens, Kazakh ones more."""

_MOST_TOKENS_READ = {"cpu": 3_000, "mps": 4_000, "cuda": 8_000}
_SMALLEST_ROOM = 64


class Writer:
    """A loaded model that is asked for summaries in one language and of one length."""

    def __init__(self, loaded: Loaded, *, language: str, max_words: int) -> None:
        self._loaded = loaded
        self._language = language
        self._max_words = max_words
        self._new_tokens = _TOKENS_PER_WORD * max_words + 16
        self._marks = [mark for mark in loaded.tokenizer.all_special_tokens if len(mark) > 1]

    @property
    def goes_on(self) -> bool:
        """Whether the model only continues texts, knowing no turns of a conversation."""
        return self._loaded.kind == "decoder-only" and not self._loaded.tokenizer.chat_template

    @property
    def room(self) -> int:
        """How many tokens of an article can be read at once."""
        most = min(window(self._loaded), _MOST_TOKENS_READ[self._loaded.place.device])
        asked = self.measure(self._prompt(""))
        if self._loaded.kind == "decoder-only":
            asked += self._new_tokens
        return max(_SMALLEST_ROOM, most - asked - 8)

    def measure(self, text: str) -> int:
        """Count the tokens of a text."""
        return len(self._loaded.tokenizer(text, add_special_tokens=False).input_ids)

    def write(self, texts: Sequence[str], *, seconds: float) -> list[str]:
        """Summarise texts, each for itself.

        seconds: how long all of them may take; what is not written by then stays unwritten.
        """
        ends = time.monotonic() + seconds
        drafts: list[str] = []
        for start in range(0, len(texts), self._loaded.place.batch):
            left = ends - time.monotonic()
            if left <= 0:
                break
            drafts += self._write_batch(texts[start : start + self._loaded.place.batch], left)
        return drafts + [""] * (len(texts) - len(drafts))

    def _write_batch(self, texts: Sequence[str], seconds: float) -> list[str]:
        loaded = self._loaded
        is_chat = loaded.kind == "decoder-only" and not self.goes_on
        prompts = [self._prompt(without_marks(text, self._marks)) for text in texts]
        # A text must not become a mark of the model, such as the end of a turn; in a chat the
        # marks come from the template.
        written = generate(
            loaded,
            prompts,
            adds_marks=not is_chat,
            new_tokens=self._new_tokens,
            seconds=seconds,
        )
        return [self._draft(tokens) for tokens in written]

    def _draft(self, tokens: list[int]) -> str:
        """Read what was written; a sentence that the end of the time or room cut is dropped."""
        ends = self._loaded.model.generation_config.eos_token_id
        known = set(ends) if isinstance(ends, list) else {ends}
        is_whole = bool(known & set(tokens))
        text = self._loaded.tokenizer.decode(tokens, skip_special_tokens=True)
        tidied = tidy_draft(text, goes_on=self.goes_on)
        if not is_whole and not (self.goes_on and "\n" in text.strip()):
            end = max(tidied.rfind(mark) for mark in ".!?…")
            tidied = tidied[: end + 1]
        return tidied

    def _prompt(self, text: str) -> str:
        loaded = self._loaded
        if loaded.kind == "encoder-decoder":
            asked = getattr(loaded.model.config, "task_specific_params", None) or {}
            return str((asked.get("summarization") or {}).get("prefix") or "") + text
        if self.goes_on:
            return continuation(text, self._language)
        asking = instruction(text, self._language, self._max_words)
        prompt: str = loaded.tokenizer.apply_chat_template(
            [{"role": "user", "content": asking}],
            tokenize=False,
            add_generation_prompt=True,
            enable_thinking=False,
        )
        return prompt
