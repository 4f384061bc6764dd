"""Lines and sentences of a news page that are not the news: links, calls, captions, signatures."""

import re
from enum import Enum
from functools import lru_cache

from summarizer.credits import find_credits
from summarizer.lookalikes import fold
from summarizer.russian import is_ended, is_open_ended, may_hold_verb
from summarizer.stamps import is_stamp

_CUE_EDGES = " :.…!?=*#>»«|→▶👉🔗📌-–—"
_LINK_CUE = re.compile(
    r"(?:(?:читайте|смотрите|слушайте|читать|см)\.?\s?(?:так\s?же|ещ?е|далее|по теме|на эту тему)"
    r"|(?:ещ?е|также|ранее|материалы|новости|статьи|другие (?:новости|материалы|статьи))"
    r" (?:по|на) (?:эту |этой )?тем[еу]|по теме|похожие (?:материалы|новости|статьи|записи)"
    r"|другие (?:новости|материалы|статьи)(?: раздела| рубрики)?|последние новости|лента новостей"
    r"|новости партн[её]ров|главные новости|главное за (?:день|неделю|сутки)|самое читаемое"
    r"|самое популярное|популярн(?:ое|ые(?: новости| материалы)?)|рекоменду(?:ем|емое)"
    r"|rambler-новости|(?:вам )?(?:может быть|будет) интересно|вам также может понравиться"
    r"|related(?: articles| news| stories| posts)?|read (?:also|more|next)|see also|also read"
    r"|you (?:may|might) also like|more (?:on this|from|stories|news).{0,20}"
    r"|(?:сондай-ақ |тағы(?: да)? )?оқ[иы](?:ңыз|ңыздар| отырыңыз| отырыңыздар)"
    r"|тақырып бойынша|ұқсас (?:жаңалықтар|материалдар)|соңғы жаңалықтар)"
)
_END_CUE = re.compile(
    r"(?:источники?(?: информации)?|примечани[ея]|ссылк[аи]|внешние ссылки|литература|sources?"
    r"|references|external links|комментари[ий]|обсуждение|(?:оставить|добавить) комментарий"
    r"|т[еэ]ги|tags|метки|ключевые слова|категории|пікірлер|comments|поделиться|бөлісу|share)"
    r"(?:\s*\(\d+\))?"
)
_MARKUP = re.compile(
    r"\[{0,2}(?:(?:мини|миниатюра|слева|справа|центр|безрамки|thumb(?:nail)?|left|right|center"
    r"|frame(?:less)?|none|\d+px|upright)(?:\||$)|(?:файл|изображение|file|image|категория|category):)"
)
_HEADING_MARKUP = re.compile(r"={2,}[^=]{0,200}={2,}$|#{1,6}\s")
_MEDIA = (
    r"telegram|телеграмм?|instagram|инстаграм|youtube|ютуб|facebook|фейсбук|вконтакте|twitter|твиттер"
    r"|whatsapp|viber|tiktok|яндекс|дзен|канал|соцсет|рассылк|новост|страниц|сообществ|наш|нас(?!\w)"
)
_FILLER = re.compile(
    "|".join(
        (
            rf"(?<!\w)подпи(?:сывай(?:ся|тесь)|ш(?:ись|итесь))(?!\w)(?=.{{0,120}}(?:{_MEDIA}))",
            rf"(?:{_MEDIA})\w*.{{0,60}}(?<!\w)подпи(?:сывай(?:ся|тесь)|ш(?:ись|итесь))(?!\w)",
            r"следите за (?:нами|наш|новост|обновл)",
            r",\s+читайте (?:в|на|также|здесь)(?!\w)",
            r"оперативные новости.{0,100}канал",
            r"(?:самая )?важная информация.{0,60}канал",
            r"(?:в|на) нашем (?:telegram|телеграм|whatsapp|instagram|канале|youtube)",
            r"^наш (?:telegram|телеграм|whatsapp|канал|instagram)",
            r"^(?:все новости|больше (?:новостей|материалов)).{0,100}(?:сайте|канале|>>|telegram)",
            r"©|все права защищены|all rights reserved|барлық құқықтар",
            r"использовани[ея] (?:любых )?материалов.{0,80}(?:ссылк|разрешен)",
            r"при (?:использовании|перепечатке|цитировании|копировании).{0,60}(?:ссылк|разрешен)",
            r"(?:если вы )?(?:нашли|заметили|увидели) (?:ошибку|опечатку)|ctrl\s?\+\s?enter",
            r"(?:написать автору|сообщить новость|при(?:шлите?|сылайте) (?:фото|новост|нам))",
            r"пришли фото в редакцию|^интересно\? жми|жми, чтобы|жмите на|нажмите на",
            r"жазылыңыз|жазылып, (?:біз|соңғы)",
            r"(?:follow|join) us(?: on)?(?!\w)|subscribe to (?:our|the)|sign up for (?:our|the)",
            r"(?:запись|сообщение) .{1,200} (?:впервые появил|появил\w+ сначала)",
            r"the post .{1,200} (?:first appeared|appeared first)",
            r"на правах рекламы|^реклама(?:\.|$)",
        )
    )
)
_FILLER_START = re.compile(
    r"(?:https?://\S+$|#[^.!?…]{1,200}$|@\w+$|our standards:|\w+,$|пресс-служба [^.!?,]{0,160}$"
    r"|смотр(?:ите|еть) (?:также|все|видео|фото|полн)"
    r"|читайте (?:нас|подробнее|также|так же|далее|ещ?е|в |на |полн|другие)"
    r"|подробнее(?: об этом)?(?: читайте|:| —| –| на сайте| в )|будь(?:те)? в курсе(?!\w)"
    r"|(?:поделиться|поделитесь|share|tweet|бөлісу)(?!\w)|главная\s*[/»>|·•›→]|home\s*[/»>|·•›→])"
)
_LABEL = re.compile(
    r"(?:источник(?:и|и? информации)?|фото|фотографии|видео|иллюстрация|коллаж|инфографика|скриншот"
    r"|photos?|images?|video|сурет|автор|авторы|текст|редактор|корреспондент|подготовил[аи]?|author"
    r"|мәтін|т[еэ]ги|tags|метки|ключевые слова|категория|рубрика|просмотр(?:ов|ы)"
    r"|комментари(?:ев|и|й)|опубликовано|обновлено|дата(?: публикации)?|время (?:чтения|на чтение)"
    r"|views|оқылды|қаралды"
    r"|фото из открытых источников|фото из архива|фото с сайта|фото предоставлено)"
    r"\s*(?:[:©/|]|[–—-]\s|\(\d|\d+$|$)"
)
_LABEL_WORDS = 24
_BULLET = re.compile(r"[•*●▪■◦‣·–—-]\s|\d{1,2}[.)]\s|[а-яa-z]\)\s")
_CAPTION_SIGN = re.compile(
    r"на карте|\((?:фото|архив|слева|справа|в центре|\d{4})[^()]*\)\.?$|архив\.?$"
    r"|\d{4}\s?г(?:ода|од)?\.$"
)
_CAPTION_START = re.compile(
    r"(?:панорама|вид на|вид из|здание|логотип|герб|флаг|карта|портрет|памятник|фотография|скриншот"
    r"|кадр из|обложка|архивн\w+ фото)(?!\w)"
)
_HEADING_WORDS = 14


class Kind(Enum):
    """What a line is, seen by itself."""

    TEXT = "text"
    HEADING = "heading"  # a heading or caption: short, without the mark that ends a sentence
    STAMP = "stamp"  # date, time, section
    FILLER = "filler"  # a call, a signature, a photo credit: this line only
    LINKS = "links"  # introduces a list of links
    END = "end"  # introduces what stands below an article


@lru_cache(maxsize=512)
def kind_of(line: str) -> Kind:  # noqa: PLR0911 - a table of cases
    """Tell what a line is from its own words.

    Args:
        line: one line as shown to a person, trimmed, not empty.
    """
    if len(line) > 600:
        return Kind.TEXT
    folded = fold(line)
    cue = folded.strip(_CUE_EDGES)
    if _MARKUP.match(folded):
        return Kind.FILLER
    if len(cue) <= 60:
        if _LINK_CUE.fullmatch(cue):
            return Kind.LINKS
        if _END_CUE.fullmatch(cue):
            return Kind.END
    head, colon, _ = folded.partition(":")
    if colon and len(head) <= 40 and _LINK_CUE.fullmatch(head.strip(_CUE_EDGES)):
        return Kind.LINKS
    if is_filler(line):
        return Kind.FILLER
    if is_stamp(line):
        return Kind.STAMP
    is_heading = _HEADING_MARKUP.match(line) or _looks_like_heading(line)
    return Kind.HEADING if is_heading else Kind.TEXT


def is_filler(line: str) -> bool:
    """Say whether a line or sentence calls, signs or labels rather than tells."""
    folded = fold(line[:600]).lstrip(_CUE_EDGES)
    if len(folded.split()) <= _LABEL_WORDS and _LABEL.match(folded):
        return True
    return bool(_FILLER_START.match(folded) or _FILLER.search(folded))


def is_bullet(line: str) -> bool:
    """Say whether a line is an item of a list."""
    return _BULLET.match(fold(line[:8])) is not None


def is_link(line: str) -> bool:
    """Say whether a line in a list of links can be one of them rather than a paragraph."""
    if is_ended(line) and not line.endswith(("?", "!", "»", '"')):
        return len(line.split()) <= 5
    return len(line.split()) <= 40


def is_caption(line: str) -> bool:
    """Say whether an ended line above the first paragraph is a picture's caption: "Уго Чавес."."""
    words = line.rstrip(".").split()
    folded = fold(line)
    if len(words) > 14 or may_hold_verb(folded) or not is_ended(line):
        return False
    named = len(words) <= 8 and all(
        word.lstrip("(«")[:1].isupper() or word in {"и", "с"} for word in words
    )
    return named or bool(_CAPTION_SIGN.search(folded) or _CAPTION_START.match(folded))


def _looks_like_heading(line: str) -> bool:
    return (
        is_open_ended(line)
        and len(line.split()) <= _HEADING_WORDS
        and not is_bullet(line)
        and line[0] not in '«“„"'
        and not find_credits(line)
    )
