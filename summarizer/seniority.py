"""How high a post is: what makes news of a meeting."""

import re

from summarizer.lookalikes import fold

# The first pattern that fits decides, so that a deputy is no minister and a former president none.
_RANKS = tuple(
    (re.compile(rf"(?<!\w)(?:{pattern})"), rank)
    for pattern, rank in (
        (r"пресс-секретар|spokes(?:man|woman|person)|press secretary|баспасөз", 0.35),
        (r"экс-|бывш\w+|former|ex-|бұрынғы", 0.4),
        (r"вице-президент\w* (?:компани|корпораци|банк)|vice president of", 0.3),
        (r"(?:перв\w+ )?(?:заместител\w+|зам\w*|deputy|орынбасар\w*|вице-министр\w*) ", 0.5),
        (r"помощник\w* (?:гос|президент)|assistant secretary|советник\w* президент", 0.55),
        (
            r"вице-президент\w* (?:сша|соединенн)|vice president|премьер-министр|prime minister"
            r"|глав\w+ правительств|үкімет басшы",
            0.95,
        ),
        # A country has no quotation marks, and a firm no capital for its president.
        (
            r"президент\w* (?:[«\"“]|(?:компани|корпораци|групп|холдинг|банк|фонд|университет"
            r"|ассоциаци|федераци|академи|клуб|совет|палат|\w*союз|ao |ао |тоо )|[a-z])",
            0.3,
        ),
        (
            r"президент\w* [\w-]+ (?:компани|корпораци|банк|фонд|университет|ассоциаци|федераци)",
            0.3,
        ),
        (
            r"president (?:of|and) (?:the )?(?:\w+ )?(?:company|bank|fund|university|corporation"
            r"|association|federation|club|ceo)",
            0.3,
        ),
        (r"президент\w*|глав\w+ государств|president|head of state|мемлекет басшы", 1.0),
        (
            r"госсекретар\w*|государственн\w+ секретар|secretary of state|государственн\w+ советник"
            r"|мемлекеттік хатшы|мемлекеттік кеңесші",
            0.9,
        ),
        (r"(?:глав\w+|министр\w*|руководител\w+) (?:мид|иностранн)|foreign minister", 0.85),
        (r"спикер\w*|председател\w+ (?:сенат|мажилис|палат|парламент)|speaker|төраға", 0.85),
        (r"министр\w*|minister|secretary of|глав\w+ (?:министерств|пентагон|минфин|мин)", 0.8),
        (r"спецпосланник\w*|специальн\w+ (?:посланник|представител)\w*|special envoy", 0.7),
        (r"посол|посла|послу|послом|послы|ambassador|елші", 0.65),
        (r"сенатор\w*|конгрессмен\w*|senator|congress(?:man|woman)|глав\w+ администраци", 0.6),
        (r"аким\w*|губернатор\w*|мэр\w*|governor|mayor|әкім", 0.5),
        (r"депутат\w*|поверенн\w+|консул\w*|charg[eé]|consul|lawmaker", 0.45),
        (r"глав\w+|председател\w+|директор\w*|руководител\w+|head|chair|director|басшы", 0.35),
    )
)
_OTHER = 0.2


def seniority(post: str | None) -> float:
    """Tell how high a post is, from 0 (none stated) to 1 (a head of state).

    A rough order of protocol; what it is worth is only that it tells a minister's talks from a
    clerk's. Posts in Russian, English and Kazakh, in any case.
    """
    if not post:
        return 0.0
    folded = fold(post)
    return next((rank for pattern, rank in _RANKS if pattern.search(folded)), _OTHER)
