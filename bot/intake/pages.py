"""A saved web page → the article on it, without menus, and what the page states about it."""

import re

import structlog

from bot.intake.article import Known, UnreadableError

log = structlog.get_logger()

_THOROUGH_TAGS = 10_000
_MOST_TAGS = 40_000
"""Extraction takes the square of a page's tags: seconds here, minutes for a page made to hang us.

Both count opening and closing tags; a long news page has some 6,000.
"""

# A guess by a year in the footer is worse than none: only what a page states about itself counts.
_STATED_DATES = {"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d"}

_SENTENCE_END = re.compile(r"[.!?…][»”\")\]]*$")
_SENTENCE_WORDS = 5
_PARAGRAPH_WORDS = 15
_WALL_WITHIN = 300
_WALL = re.compile(
    r"войдите|авторизу\w+тесь|зарегистриру\w+тесь|оформите подписку|подпишитесь|по подписке"
    r"|только (?:для )?(?:\w+ )?(?:подписчик|пользовател)|не робот|включите javascript"
    r"|проверк\w+ браузера|страниц\w+ не найдена"
    r"|sign in|log in|subscribe|subscribers|create an account|enable javascript|are (?:a )?human"
    r"|checking your browser|access denied|page not found|accept (?:all )?cookies"
    r"|тіркеліңіз|кіріңіз|жазылыңыз|жазылушылар",
    re.IGNORECASE,
)


def read_page(markup: str, url: str | None = None) -> tuple[str, Known]:
    """Extract the article of a page, and its title, address, outlet and day of publication.

    url: where the page came from, if that is known.
    Raises UnreadableError when there is no article on it.
    """
    tags = markup.count("<")
    if tags > _MOST_TAGS:
        raise UnreadableError(f"the page is too complex: it has more than {_MOST_TAGS:,} tags")
    # Heavy, and only pages need it.
    from trafilatura import bare_extraction  # noqa: PLC0415
    from trafilatura.settings import Document, use_config  # noqa: PLC0415

    config = use_config()
    # With its own threshold a short report comes out with all the menus around it.
    config["DEFAULT"].update(MIN_EXTRACTED_SIZE="1", MIN_OUTPUT_SIZE="1")
    try:
        document = bare_extraction(
            markup,
            url=url,
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            fast=tags > _THOROUGH_TAGS,
            date_extraction_params=_STATED_DATES,
            config=config,
        )
    except Exception as error:
        # Markup can break a parser in any way; the other files shall still come in.
        log.debug("page_broke_extraction", exc_info=True)
        raise UnreadableError(f"its markup cannot be read ({type(error).__name__})") from None
    if not isinstance(document, Document) or not _tells_something(document.text or ""):
        raise UnreadableError("there is no article on this page")
    return document.text or "", Known(
        title=document.title,
        url=document.url,
        outlet=document.sitename,
        published=document.date,
    )


def _tells_something(text: str) -> bool:
    """Tell an article from a menu or a request to log in: it has a sentence of its own."""
    for line in text.splitlines():
        words = len(line.split())
        is_prose = words >= _PARAGRAPH_WORDS or (
            words >= _SENTENCE_WORDS and _SENTENCE_END.search(line.rstrip()) is not None
        )
        if is_prose and not (len(line) < _WALL_WITHIN and _WALL.search(line)):
            return True
    return False
