"""The people of an article: who is named, under which name, and which posts they hold."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from summarizer.analysis import Person, Role
from summarizer.language import detect_language
from summarizer.lookalikes import fold
from summarizer.models import Models
from summarizer.names_candidates import Evidence, Key, candidates
from summarizer.names_words import is_latin, like_surface
from summarizer.ner import Tagged, tag
from summarizer.people_context import case_evidence, gender_evidence
from summarizer.people_english import find_english_people
from summarizer.people_joining import Group, join_mentions
from summarizer.people_kazakh import find_kazakh_people
from summarizer.people_mentions import Mention, find_mentions
from summarizer.roles import StatedPost, stated_posts
from summarizer.spans import Span
from summarizer.text import Sentence

_FOLLOWED = 2.5
"""How much likelier a surname is that the desk follows, as a logarithm."""


def find_people(
    text: str,
    models: Models,
    *,
    sentences: Sequence[Sentence] | None = None,
    tagged: Tagged | None = None,
    known: Mapping[str, str] | None = None,
) -> tuple[Person, ...]:
    """Find the people that an article names, with the posts it states.

    Names are in the nominative, decided over all forms that the article has. A surname alone
    joins the one person it fits; where it fits two it stands alone.

    Args:
        text: the original text.
        models: see `load_models`.
        sentences: those to read; see `tag`.
        tagged: the text, if it is tagged already; then `sentences` is not looked at.
        known: canonical names by folded surname, for people whom the desk follows.

    Returns:
        People by first mention; all spans are into `text`.
    """
    tagged = tagged or tag(text, models, sentences=sentences)
    language = detect_language(text)
    if language != "ru":
        places = [Span(tokens[0].span.start, tokens[-1].span.end) for tokens in tagged.sentences]
        if language == "en":
            return find_english_people(text, places)
        return find_kazakh_people(text, places, known or {}, models)
    return _find_russian_people(tagged, known or {})


def _find_russian_people(tagged: Tagged, known: Mapping[str, str]) -> tuple[Person, ...]:
    mentions = find_mentions(tagged)
    tagged.morphology(*{mention.sentence for mention in mentions})
    posts = stated_posts(tagged, mentions)
    cases = case_evidence(tagged, mentions, [_case_of(stated) for stated in posts])
    weighed = [
        _weigh(tagged, mention, evidence, known)
        for mention, evidence in zip(mentions, cases, strict=True)
    ]
    groups = join_mentions(mentions, weighed, _latin_twins(tagged, mentions))
    followed = _followed(groups, mentions, known)
    return tuple(
        _person(tagged, group, mentions, posts, followed.get(number))
        for number, group in enumerate(groups)
    )


def _followed(
    groups: Sequence[Group], mentions: Sequence[Mention], known: Mapping[str, str]
) -> dict[int, str]:
    """Name those whose surname alone is stated, and whom the desk follows under that surname.

    A surname that somebody else of the article bears tells nothing.
    """
    surnames = Counter(group.best[0][-1] for group in groups)
    names = {}
    for number, group in enumerate(groups):
        parts = group.best[0]
        stated = [mentions[index] for index in group.mentions]
        lone = len(parts) == 1 and not any(each.given or each.initials for each in stated)
        if lone and surnames[parts[0]] == 1 and parts[0] in known:
            names[number] = known[parts[0]]
    return names


def _latin_twins(tagged: Tagged, mentions: Sequence[Mention]) -> dict[int, int]:
    """Find names in brackets that repeat the one before in Latin letters."""
    twins = {}
    for index in range(1, len(mentions)):
        before, mention = mentions[index - 1], mentions[index]
        if before.sentence != mention.sentence or not is_latin(mention.parts[-1]):
            continue
        between = tagged.sentences[mention.sentence][before.last + 1 : mention.first]
        opened = [token.text for token in between[:1]] == ["("]
        if opened and len(between) <= 3 and not is_latin(before.parts[-1]):
            twins[index] = index - 1
    return twins


def _case_of(stated: Sequence[StatedPost]) -> str | None:
    return next((post.case for post in stated if post.case), None)


def _weigh(
    tagged: Tagged, mention: Mention, evidence: Evidence, known: Mapping[str, str]
) -> dict[Key, float]:
    weighed = candidates(mention.parts, evidence, gender_evidence(tagged, mention), tagged.models)
    return {
        key: weight + (_FOLLOWED if key[0][-1] in known else 0.0) for key, weight in weighed.items()
    }


def _person(
    tagged: Tagged,
    group: Group,
    mentions: Sequence[Mention],
    posts: Sequence[Sequence[StatedPost]],
    followed: str | None,
) -> Person:
    ours = [mentions[index] for index in group.mentions]
    parts = group.best[0]
    name = _written(parts, ours)
    initials = "" if group.is_full else "".join(f"{initial}. " for initial in group.initials)
    spans = tuple(mention.span for mention in ours)
    surfaces = dict.fromkeys(tagged.original[span.start : span.end] for span in spans)
    return Person(
        name=followed or initials + name,
        initials_only=bool(initials),
        gender=group.gender,
        surfaces=tuple(surfaces),
        mentions=spans,
        roles=_roles(post for index in group.mentions for post in posts[index]),
    )


def _written(parts: Sequence[str], mentions: Sequence[Mention]) -> str:
    """Write a folded name as the article writes it, capitals and ё included."""
    written = []
    for number, part in enumerate(parts):
        surfaces = [
            mention.parts[number] if len(mention.parts) == len(parts) else mention.parts[-1]
            for mention in mentions
            if len(mention.parts) == len(parts) or number == len(parts) - 1
        ]
        forms = [like_surface(part, surface) for surface in surfaces if surface]
        # The form that shares most with the text keeps most of its letters.
        whole = [form for form in forms if fold(form) == part] or [part.title()]
        written.append(max(whole, key=lambda form: (form.count("ё"), form != form.lower())))
    return " ".join(written)


def _roles(stated: Iterable[StatedPost]) -> tuple[Role, ...]:
    """Keep each title once, as first written."""
    kept: dict[str, Role] = {}
    for post in stated:
        kept.setdefault(fold(post.title), Role(post.title, post.span))
    return tuple(kept.values())
