"""Direct speech: between quotation marks, and after a dash at the head of a paragraph."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from summarizer.quotes_clauses import Attribution, by_verb, read_clause, words_at
from summarizer.quotes_marks import find_marked
from summarizer.quotes_verbs import VERB
from summarizer.spans import Span
from summarizer.speakers import Cast

_INNER_DASH = re.compile(r"(?<=[,.!?…»”\")])\s*[–—-]{1,2}\s+|(?<=[,.!?…])[–—]\s*")
_RESUMES = re.compile(r"\s*[.,;:!?…]{0,3}\s*[–—-]{1,2}\s+")
_AFTER_CLOSING = re.compile(r"\s*(?P<comma>[,.!?…]{0,3})\s*(?P<dash>[–—-]{1,2}\s+|[–—])?")
_SPOKEN_DASH = re.compile(r"[–—-]{1,2}\s+(?=[^\s\d])")
_TRIMMED = " \t\n\r\u00a0,;:–—-"
_ABOUT_THIS = re.compile(r"[.!?…]{0,3}\s+(?=(?:об этом|так|такими словами|с такими словами)\s)")
_FULL_STOPS = frozenset(".!?…")
_LISTED = re.compile(r"\s*(?:,|и)\s*[«\"“„]")
_THAT = re.compile(r"(?:что|that|как)\s*$")
_WHOLE_WORDS = 5
_FRAGMENT_WORDS = 5
_CLAUSE_WORDS = 3
_NAME_LINE = 120


@dataclass(frozen=True, slots=True)
class Spoken:
    """Verbatim words at a span, and the words that tell who spoke them, if there are any.

    `is_part` marks a few words inside somebody else's sentence; they are only worth giving when
    it is known whose they are.
    """

    span: Span
    told: Attribution | None
    is_part: bool = False


def find_spoken(cast: Cast, paragraphs: Sequence[Span]) -> tuple[Spoken, ...]:
    """Find the direct speech of a text.

    Speech that is interrupted by the words that tell who spoke («…, — сказал посол. — …») is
    given in parts, without these words.

    Args:
        cast: the text and its people.
        paragraphs: its paragraphs, in order.
    """
    found: list[Spoken] = []
    others: list[Span] = []
    for index, paragraph in enumerate(paragraphs):
        before = paragraphs[index - 1] if index else None
        dialogue = _dialogue(cast, paragraph, before)
        found += dialogue
        if not dialogue:
            others.append(paragraph)
    found += _MarkedSpeech(cast, others).read()
    return tuple(sorted(found, key=lambda spoken: spoken.span.start))


def _dialogue(cast: Cast, paragraph: Span, before: Span | None) -> list[Spoken]:
    """Read a paragraph that begins with a dash; nothing when it is no speech but a list's item."""
    dash = _SPOKEN_DASH.match(cast.text, paragraph.start, paragraph.end)
    if not dash:
        return []
    pieces = _split(cast, Span(dash.end(), paragraph.end))
    if any(piece.told for piece in pieces):
        return pieces
    told = _announced(cast, before.start, before.end) if before else None
    return [replace(piece, told=told) for piece in pieces] if told else []


def _split(cast: Cast, speech: Span) -> list[Spoken]:
    """Part speech from the clauses inside it that tell who spoke."""
    pieces: list[Span] = []
    told: list[Attribution] = []
    start = place = speech.start
    while dash := _INNER_DASH.search(cast.text, place, speech.end):
        place = dash.end()
        clause = read_clause(cast, dash.end(), speech.end, words=3)
        if clause is None:
            continue
        pieces.append(Span(start, dash.start()))
        told.append(clause)
        resumes = _resumption(cast, clause, speech.end)
        if resumes is None:
            start = speech.end
            break
        told[-1] = replace(clause, span=Span(clause.span.start, resumes[0]))
        start = place = resumes[1]
    if start < speech.end:
        pieces.append(Span(start, speech.end))
    return [
        Spoken(span, _told_of(index, told))
        for index, piece in enumerate(pieces)
        if (span := trimmed(cast.text, piece)) is not None
    ]


def _told_of(index: int, told: Sequence[Attribution]) -> Attribution | None:
    """Take the clause that follows a piece, else the last one before it."""
    if not told:
        return None
    return told[min(index, len(told) - 1)]


def _resumption(cast: Cast, clause: Attribution, limit: int) -> tuple[int, int] | None:
    """Find where speech goes on after a clause: the clause's end, and the first word's offset."""
    for match in _RESUMES.finditer(cast.text, max(clause.verb.end, clause.span.start), limit):
        if match.start() > clause.span.end:
            break
        return match.start(), match.end()
    return None


def _announced(cast: Cast, start: int, end: int) -> Attribution | None:
    """Read what announces speech by a colon: "Министр заявил:"."""
    head = cast.folded[start:end].rstrip()
    if not head.endswith(":"):
        return None
    sentence = cast.sentence_at(end - 1)
    begin = max(start, sentence.start) if sentence else start
    return _told_left(cast, begin, start + len(head) - 1)


def _told_left(cast: Cast, start: int, end: int) -> Attribution | None:
    """Read who speaks from the words before speech: the last verb of saying among them."""
    if words := _words_within(cast, start, end):
        return words
    clause = Span(start, end)
    if verbs := list(VERB.finditer(cast.folded, start, end)):
        return by_verb(cast, verbs[-1].group(), clause, verbs[-1].start())
    return read_clause(cast, start, end, words=20)


def _words_within(cast: Cast, start: int, end: int) -> Attribution | None:
    for match in re.finditer(r"по (?:словам|мнению|его|ее)|according to", cast.folded[start:end]):
        if words := words_at(cast, start + match.start(), end):
            return words
    return None


class _MarkedSpeech:
    """Reads what stands between quotation marks, and tells speech from titles and terms."""

    def __init__(self, cast: Cast, paragraphs: Sequence[Span]) -> None:
        self._cast = cast
        self._text = cast.text
        self._paragraphs = paragraphs
        self._found: list[Spoken] = []
        self._told_until = -1

    def read(self) -> list[Spoken]:
        """Give the direct speech between marks."""
        pairs = find_marked(self._text, self._paragraphs, self._ends_speech)
        for pair in pairs:
            self._found += self._speech(pair)
        return self._found

    def _ends_speech(self, offset: int) -> bool:
        return self._told_after(offset, self._paragraph_end(offset)) is not None

    def _paragraph_end(self, offset: int) -> int:
        return next((p.end for p in self._paragraphs if p.start <= offset <= p.end), offset)

    def _speech(self, pair: Span) -> Iterator[Spoken]:
        inner = Span(pair.start + 1, pair.end - 1)
        end = self._paragraph_end(pair.end)
        start = self._sentence_start(pair.start)
        after = self._told_after(pair.end, end)
        pieces = _split(self._cast, inner)
        if any(piece.told for piece in pieces) and len(inner_words(self._text, inner)) > 3:
            for piece in pieces:
                last = piece is pieces[-1] and after is not None
                yield replace(piece, told=after) if last else piece
            self._told_until = self._last_told(pieces, after)
            return
        told = self._accept(pair, inner, start, after)
        span = trimmed(self._text, inner)
        if told is not None and span is not None:
            self._told_until = max(pair.end, told.span.end)
            yield Spoken(span, told, self._is_part(pair, start))

    def _is_part(self, pair: Span, start: int) -> bool:
        head = self._cast.folded[start : pair.start].rstrip("' ")
        return any(map(str.isalnum, head)) and not head.endswith((":", ",", "–", "—"))

    def _last_told(self, pieces: Sequence[Spoken], after: Attribution | None) -> int:
        ends = [piece.told.span.end for piece in pieces if piece.told]
        return max([*ends, after.span.end if after else 0])

    def _sentence_start(self, offset: int) -> int:
        sentence = self._cast.sentence_at(offset)
        return sentence.start if sentence else offset

    def _told_after(self, offset: int, limit: int) -> Attribution | None:
        """Read the clause after a closing mark: `», — сказал посол`."""
        gap = _AFTER_CLOSING.match(self._text, offset, limit)
        if gap is None:
            return None
        inside = self._text[max(0, offset - 2) : offset - 1]
        comma = "," in gap["comma"] or inside in {",", "!", "?", "…"}
        if gap["dash"]:
            return read_clause(self._cast, gap.end(), limit, words=8)
        if comma and gap["comma"] != ".":
            return read_clause(self._cast, gap.end(), limit, words=2)
        about = _ABOUT_THIS.match(self._cast.folded, offset, limit)
        return read_clause(self._cast, about.end(), limit, words=5) if about else None

    def _accept(
        self, pair: Span, inner: Span, start: int, after: Attribution | None
    ) -> Attribution | None:
        """Tell who spoke what stands in a pair; None when it is a title or a term."""
        head = self._cast.folded[start : pair.start].rstrip("' ")
        words = inner_words(self._text, inner)
        whole = start >= pair.start or not any(char.isalnum() for char in head)
        fragment = len(words) >= _FRAGMENT_WORDS and words[0][:1].islower()
        if after is not None and (whole or head.endswith((":", "–", "—"))):
            return after
        if head.endswith(":"):
            return self._after_colon(pair, start, len(words))
        if told := self._after_head(pair, start, head, words, fragment=fragment):
            return told
        if after is not None and fragment:
            return after
        if whole:
            return self._standing_alone(pair, inner, words)
        return None

    def _after_colon(self, pair: Span, start: int, words: int) -> Attribution | None:
        follows = self._text[pair.end : pair.end + 1] or "."
        ended = self._text[pair.end - 2] in _FULL_STOPS or follows in _FULL_STOPS
        if _LISTED.match(self._text, pair.end) or (words < _CLAUSE_WORDS and not ended):
            return None
        colon = self._text.rfind(":", start, pair.start)
        told = _told_left(self._cast, start, colon)
        if told is None and colon - start < _NAME_LINE:
            subject = self._cast.subject(start, colon, "sg", last=False)
            if subject is not None and subject.span.end >= len(self._text[:colon].rstrip(" :")):
                return Attribution("subject", Span(start, colon), Span(colon, colon))
        return told

    def _after_head(
        self, pair: Span, start: int, head: str, words: Sequence[str], *, fragment: bool
    ) -> Attribution | None:
        """Read `По словам X, «…»`, `X заявил, что «…»`, and a long part of reported speech."""
        told = _told_left(self._cast, start, pair.start)
        if told is None or fragment:
            return told
        follows = self._text[pair.end : pair.end + 1]
        closes = not follows or follows in ".,;!?…\n" or self._text[pair.end - 2] in _FULL_STOPS
        enough = len(words) >= _CLAUSE_WORDS
        if enough and closes and _THAT.search(head):
            return told
        is_aside = head.endswith(",") and self._is_aside(told, start)
        return told if is_aside and (enough or closes) else None

    def _is_aside(self, told: Attribution, start: int) -> bool:
        """Tell words of saying that a comma ends ("как отметил X,") from others ("X отметил,")."""
        folded = self._cast.folded
        is_english = folded[told.verb.start : told.verb.end].isascii()
        return told.how != "subject" or is_english or "как " in folded[start : told.verb.start]

    def _standing_alone(self, pair: Span, inner: Span, words: Sequence[str]) -> Attribution | None:
        """Take a whole sentence in marks that goes on with speech, or follows words of saying."""
        follows = self._text[pair.end : pair.end + 1]
        ended = self._text[pair.end - 2] in _FULL_STOPS or follows in _FULL_STOPS
        if len(words) < _WHOLE_WORDS or not ended:
            return None
        gap = self._text[max(0, self._told_until) : pair.start]
        if self._told_until >= 0 and self._found and not any(c.isalnum() for c in gap):
            return Attribution("same", pair, Span(pair.start, pair.start))
        sentence = next(self._cast.sentences_before(pair.start, 1), None)
        if sentence is not None and sentence.end <= pair.start:
            told = _told_left(self._cast, sentence.start, sentence.end)
            if told is not None and told.how == "subject":
                return told
        return Attribution("nobody", pair, Span(pair.start, pair.start))


def inner_words(text: str, span: Span) -> list[str]:
    """List the words of a stretch."""
    return re.findall(r"[^\W_]+(?:-[^\W_]+)*", text[span.start : span.end])


def trimmed(text: str, span: Span) -> Span | None:
    """Narrow a stretch of speech to its words and their full stop; None when it has no words."""
    part = text[span.start : span.end]
    if not any(char.isalnum() for char in part):
        return None
    start = span.end - len(part.lstrip(_TRIMMED))
    return Span(start, start + len(part.strip(_TRIMMED)))
