"""What stands around a name and tells its case and gender."""

import re
from collections.abc import Sequence

from summarizer.analysis import Gender
from summarizer.models import WordTag
from summarizer.names_declension import CASES, Case
from summarizer.ner import Tagged, Token
from summarizer.people_mentions import Mention

# Weights, as logarithms: learned by hand on one half of the development texts.
_WORD = 1.5
_POST = 2.0
_PREPOSITION = 1.5
_COMPANION = 1.0
_VERB = 1.5
_OPENS_SENTENCE = 0.5
_OPENS_ENTRY = 2.0
_SHOWN = 3.0
_AFTER_NOUN = 1.5
_AFTER_GOVERNED_NOUN = 0.3
_MONTHS = "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"
_TIMES = frozenset(f"{_MONTHS} год день неделя месяц утро вечер ночь час минута время раз".split())
_ENDINGS: tuple[tuple[Case, re.Pattern[str]], ...] = (
    ("Ins", re.compile("..(?:[оеыи]м|[оеё][йю])$")),
    ("Gen", re.compile("..[оеё]го$")),
    ("Dat", re.compile("..(?:[оеё]му|[^аеиоуыэюя]у)$")),
)
_BULLETS = frozenset("•·*▪■")
_NEIGHBOURS: dict[tuple[str, str], float] = {
    ("Gen", "Acc"): 0.5, ("Acc", "Gen"): 0.5, ("Dat", "Loc"): 0.3, ("Loc", "Dat"): 0.3,
}  # fmt: skip

_GOVERNED: dict[str, frozenset[Case]] = {
    **dict.fromkeys(("к", "ко", "благодаря", "вопреки"), frozenset({"Dat"})),
    **dict.fromkeys(
        ("у", "от", "из", "без", "для", "до", "против", "после", "около", "вместо", "кроме",
         "среди", "возле", "ради", "включая"),
        frozenset({"Gen", "Acc"}),
    ),
    **dict.fromkeys(("о", "об", "обо", "при"), frozenset({"Loc"})),
    **dict.fromkeys(("с", "со"), frozenset({"Ins", "Gen"})),
    **dict.fromkeys(("над", "между", "перед", "под"), frozenset({"Ins"})),
    **dict.fromkeys(("про", "через"), frozenset({"Acc"})),
    "за": frozenset({"Acc", "Ins"}),
    "на": frozenset({"Acc", "Loc"}),
    "в": frozenset({"Acc", "Loc"}),
    "по": frozenset({"Dat", "Loc"}),
}  # fmt: skip
_LINKS = frozenset({",", "и"})


def case_evidence(
    tagged: Tagged, mentions: Sequence[Mention], posts: Sequence[str | None]
) -> list[dict[Case, float]]:
    """Weigh the cases of each mention.

    Args:
        tagged: the text.
        mentions: in order of the text.
        posts: for each the case of the post stated before it, or None.

    Returns:
        For each a weight per case: from its words, the word that governs it, the post before it
        and the names it is listed with.
    """
    own = [
        _own_evidence(tagged, mention, post) for mention, post in zip(mentions, posts, strict=True)
    ]
    evidence = [dict(each) for each in own]
    for group in _lists(tagged, mentions):
        for index in group:
            for other in group:
                if other != index:
                    for case, weight in own[other].items():
                        evidence[index][case] += _COMPANION * weight / (len(group) - 1)
                    if shown := _shown_case(mentions[other].parts[-1]):
                        evidence[index][shown] += _SHOWN / (len(group) - 1)
    return evidence


def _own_evidence(tagged: Tagged, mention: Mention, post: str | None) -> dict[Case, float]:
    (tags,) = tagged.morphology(mention.sentence)
    weights = dict.fromkeys(CASES, 0.0)
    words = tagged.sentences[mention.sentence]
    places = range(mention.first, mention.last + 1)
    spelled = [index for index in places if len(words[index].text) > 2]
    for index in {spelled[0], spelled[-1]} if spelled else ():
        _vote(weights, tags[index].feats.get("Case"), _WORD)
    _vote(weights, post, _POST)
    weights["Nom"] += _opening(words, mention.first)
    weights["Gen"] += _after_noun(tagged, mention)
    if mention.first:
        before = tagged.sentences[mention.sentence][mention.first - 1].text.lower()
        governed = _GOVERNED.get(before)
        if governed and not (before in ("с", "о", "в") and tags[mention.first - 1].pos != "ADP"):
            for case in CASES:
                weights[case] += _PREPOSITION if case in governed else -_PREPOSITION
    return weights


def _after_noun(tagged: Tagged, mention: Mention) -> float:
    """Weigh the genitive of "визит Смаилова": the name right after a thing that nothing governs."""
    index = mention.first - 1
    if index < 0:
        return 0.0
    words = tagged.sentences[mention.sentence]
    (tags,) = tagged.morphology(mention.sentence)
    best = tagged.models.parse(words[index].text)[0]
    is_thing = best.known and {"NOUN", "inan"} <= best.marks and words[index].text.islower()
    if not is_thing or tags[index].pos != "NOUN" or best.lemma in _TIMES:
        return 0.0
    governed = any(tag.pos == "ADP" for tag in tags[max(0, index - 2) : index])
    return _AFTER_GOVERNED_NOUN if governed else _AFTER_NOUN


def _opening(words: Sequence[Token], first: int) -> float:
    """Weigh that a name opens a sentence, or an entry of a list: "• Хорхе Ларрионда", "3. …"."""
    if first == 0:
        return _OPENS_SENTENCE
    if words[first - 1].text in _BULLETS:
        return _OPENS_ENTRY
    numbered = first > 1 and words[first - 1].text in (".", ")") and words[first - 2].text.isdigit()
    return _OPENS_ENTRY if numbered else 0.0


def _vote(weights: dict[Case, float], told: str | None, weight: float) -> None:
    if told is None:
        return
    for case in CASES:
        weights[case] += weight if case == told else weight * _NEIGHBOURS.get((case, told), 0.0)


def _shown_case(word: str) -> Case | None:
    """Tell the case that an ending shows by itself: "Адерхольтом"."""
    for case, ending in _ENDINGS:
        if ending.search(word.lower()):
            return case
    return None


def _lists(tagged: Tagged, mentions: Sequence[Mention]) -> list[list[int]]:
    """Group the numbers of mentions that nothing but commas and "и" parts: one case for all."""
    groups: list[list[int]] = []
    for index, mention in enumerate(mentions):
        before = mentions[index - 1] if index else None
        if before and before.sentence == mention.sentence:
            words = tagged.sentences[mention.sentence][before.last + 1 : mention.first]
            if 0 < len(words) <= 2 and all(word.text in _LINKS for word in words):
                groups[-1].append(index)
                continue
        groups.append([index])
    return [group for group in groups if len(group) > 1]


def gender_evidence(tagged: Tagged, mention: Mention) -> dict[Gender, float]:
    """Weigh the genders by the verb in the past right after or before the name."""
    (tags,) = tagged.morphology(mention.sentence)
    if tags[mention.last].feats.get("Case", "Nom") != "Nom":
        return {}
    for index in (mention.last + 1, mention.last + 2, mention.first - 1):
        if 0 <= index < len(tags) and tags[index].pos == "VERB":
            return _of_verb(tags[index])
        if index == mention.last + 1 and index < len(tags) and tags[index].pos not in (
            "ADV", "PART",
        ):  # fmt: skip
            continue
    return {}


def _of_verb(tag: WordTag) -> dict[Gender, float]:
    gender = {"Masc": "m", "Fem": "f"}.get(tag.feats.get("Gender", ""))
    if gender is None or tag.feats.get("Number") == "Plur":
        return {}
    return {"m": _VERB if gender == "m" else -_VERB, "f": _VERB if gender == "f" else -_VERB}
