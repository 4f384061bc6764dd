"""Verbs of saying, as they stand in news, with the gender and number of who speaks."""

import re
from dataclasses import dataclass
from typing import Literal

Agreement = Literal["m", "f", "n", "sg", "pl"]
"""Gender of a past form, "sg" or "pl" of a present one; "pl" of either."""

_PAST = """
    сказал заявил отметил подчеркнул рассказал сообщил добавил пояснил объяснил уточнил напомнил
    продолжил заключил признал признался ответил спросил написал указал заметил предупредил
    подтвердил констатировал резюмировал прокомментировал объявил проинформировал поделился
    подытожил высказался выразился выступил обратился пожаловался возразил согласился воскликнул
    парировал настаивал говорил отмечал подчеркивал утверждал считал полагал убежден уверен
    процитировал цитировал посоветовал призвал пообещал обещал заверил похвалил поблагодарил
    поздравил поприветствовал приветствовал рассуждал вспомнил вспоминал доложил декларировал
    акцентировал оценил раскрыл раскритиковал предложил дополнил начал закончил завершил
    повторил пошутил иронизировал сетовал посетовал удивился возмутился изложил охарактеризовал
    высказал выразил спрогнозировал предположил озвучил допустил опроверг отрезал
    отреагировал отозвался отчитался передал аргументировал обосновал обозначил
    обратил сформулировал свидетельствовал анонсировал конкретизировал разъяснил обвинил потребовал
    попросил попенял поведал произнес назвал описал сослался поделился отрапортовал
    выделил упомянул осудил
"""
_PRESENT = """
    говорит:говорят заявляет:заявляют отмечает:отмечают подчеркивает:подчеркивают
    рассказывает:рассказывают сообщает:сообщают добавляет:добавляют поясняет:поясняют
    объясняет:объясняют уточняет:уточняют напоминает:напоминают продолжает:продолжают
    заключает:заключают признает:признают признается:признаются отвечает:отвечают пишет:пишут
    указывает:указывают замечает:замечают предупреждает:предупреждают утверждает:утверждают
    считает:считают полагает:полагают думает:думают комментирует:комментируют
    констатирует:констатируют резюмирует:резюмируют цитирует:цитируют вспоминает:вспоминают
    делится:делятся надеется:надеются уверяет:уверяют советует:советуют призывает:призывают
    обещает:обещают настаивает:настаивают рассуждает:рассуждают спрашивает:спрашивают
    информирует:информируют убежден:убеждены уверен:уверены приводит:приводят
    передает:передают прогнозирует:прогнозируют предполагает:предполагают парирует:парируют
    иронизирует:иронизируют сетует:сетуют возражает:возражают
"""
_IMPERSONAL = """
    говорится сообщается отмечается указывается подчеркивается уточняется поясняется утверждается
    цитируется сказано отмечено написано приводится
"""
# "принял участие, что" is no speech: these report only with the words themselves.
_NEVER_REPORTS_WORDS = """
    продолжил продолжает начал закончил завершил обратился выступил поделился делится приводит
    цитирует процитировал цитировал передал передает парировал отрезал назвал описал попросил
    потребовал призвал призывает предложил обратил высказался поздравил поприветствовал
    приветствовал похвалил поблагодарил прокомментировал комментирует осудил раскритиковал
    выделил произнес выразил высказал спросил спрашивает
"""
_NEVER_REPORTS = frozenset(_NEVER_REPORTS_WORDS.split())
# Verbs of one who passes on the words of another.
_PASSING_ON_WORDS = "приводит приводят цитирует цитируют передает передают процитировал"
_PASSING_ON = frozenset(_PASSING_ON_WORDS.split())

ENGLISH_VERBS = (
    "said|says|added|noted|stressed|told|stated|announced|explained|emphasi[sz]ed|underlined"
    "|remarked|continued|concluded|recalled|pointed out|wrote|warned|argued|admitted|confirmed"
    "|declared|observed|insisted|replied|answered|commented|tweeted|asked|underscored|highlighted"
    "|claimed|suggested|acknowledged|reiterated|affirmed"
)


@dataclass(frozen=True, slots=True)
class SpeechVerb:
    """A form of a verb of saying: who can be its subject, and what it can do."""

    agreement: Agreement
    reports: bool
    passes_on: bool
    cites: bool


def _feminine_and_plural(past: str) -> tuple[str, str, str]:
    if past.endswith("ся"):
        stem = past[:-2]
        return stem + "ась", stem + "ось", stem + "ись"
    if past.endswith("ен"):
        return past + "а", past + "о", past + "ы"
    stem = past if past.endswith("л") else past + "л"
    return stem + "а", stem + "о", stem + "и"


def _all_forms() -> dict[str, SpeechVerb]:
    forms: dict[str, SpeechVerb] = {}

    def put(form: str, agreement: Agreement, base: str) -> None:
        forms.setdefault(
            form,
            SpeechVerb(agreement, base not in _NEVER_REPORTS, base in _PASSING_ON, "цитир" in base),
        )

    for base in _PAST.split():
        feminine, neuter, plural = _feminine_and_plural(base)
        put(base, "m", base)
        put(feminine, "f", base)
        put(neuter, "n", base)
        put(plural, "pl", base)
    for pair in _PRESENT.split():
        one, many = pair.split(":")
        put(one, "sg", one)
        put(many, "pl", one)
    return forms


VERBS = _all_forms()
"""Folded forms of verbs of saying."""

IMPERSONAL = frozenset(_IMPERSONAL.split())
"""Forms that name no speaker: "говорится в заявлении"."""

VERB = re.compile(
    rf"(?<![\w-])(?:{'|'.join(sorted({*VERBS, *IMPERSONAL}, key=len, reverse=True))})(?![\w-])"
)
"""Any of these forms in a folded text."""
