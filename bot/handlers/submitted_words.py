"""Why nothing came of what a person sent: a sentence, and what to do next."""

from bot.intake.article import UnreadableError
from bot.intake.document_problem import DocumentError, DocumentProblem
from bot.intake.problems import FetchError, FetchProblem
from bot.locales.wording import Wording


def _say(message: str) -> str:
    """Mark a message for the catalogues; it is translated when it is said."""
    return message


_BY_HAND = _say("Copy the text of the article and send it to me as a message.")

_PAGES = {
    FetchProblem.BAD_ADDRESS: _say("This is not an address that I can open. Check the link."),
    FetchProblem.CREDENTIALS: _say(
        "There is a name or a password in this link. Take it out and send the link again."
    ),
    FetchProblem.PORT: _say(
        "This link names a port of its own; I open ordinary addresses only. Send the text itself."
    ),
    FetchProblem.NOT_PUBLIC: _say(
        "This link leads into a private network; I open public pages only. Send the text itself."
    ),
    FetchProblem.NO_HOST: _say("There is no site with this name. Check the link for a typo."),
    FetchProblem.NOT_FOUND: _say(
        "The site says that there is no such page. Check whether the link opens for you."
    ),
    FetchProblem.LOGIN: _say(
        "The site shows this page only to those who log in or pay. If you can open it, copy the "
        "text and send it to me as a message."
    ),
    FetchProblem.TOO_LARGE: _say("This page is larger than 5 MB, so I did not read it."),
    FetchProblem.NOT_TEXT: _say(
        "This link leads to a picture, a sound or a film. I read text: send a link to an article."
    ),
    FetchProblem.NO_ARTICLE: _say("I found no article on this page: perhaps it is a list."),
}
_UNREACHABLE = _say("The site does not answer as it should at the moment. Try again later.")
_NOT_LET_IN = _say("The site does not let programs read this page.")
_BY_HAND_AFTER = {
    FetchProblem.TOO_LARGE,
    FetchProblem.NO_ARTICLE,
    FetchProblem.UNREADABLE,
    FetchProblem.FORBIDDEN,
    FetchProblem.REFUSED,
    FetchProblem.ROBOTS,
}
_CLOSED = {FetchProblem.FORBIDDEN, FetchProblem.REFUSED, FetchProblem.ROBOTS}

_DOCUMENTS = {
    DocumentProblem.UNKNOWN_KIND: _say(
        "I read .txt, .html, .pdf and .docx files. Save it as one of these, or send the text."
    ),
    DocumentProblem.OLD_WORD: _say(
        "This file is in an old Office format. Save it as .docx or .pdf and send it again."
    ),
    DocumentProblem.PROTECTED: _say(
        "This file is protected by a password. Save it without the password and send it again."
    ),
    DocumentProblem.SCANNED: _say(
        "The pages of this PDF are pictures without text. Send the text itself, or a PDF whose "
        "text can be selected."
    ),
    DocumentProblem.TOO_LONG: _say(
        "This file is too long for an article. Send the pages that matter."
    ),
    DocumentProblem.TOO_SLOW: _say(
        "This file takes too long to read. Copy its text and send it to me as a message."
    ),
    DocumentProblem.BROKEN: _say(
        "This file is damaged and does not open. Save it anew and send it again."
    ),
    DocumentProblem.EMPTY: _say("There is no text in this file. Check that it is the right one."),
}


def why_not(error: FetchError | UnreadableError, words: Wording) -> str:
    """Say why there is no article, and what to do about it."""
    if isinstance(error, DocumentError):
        return words.say(_DOCUMENTS[error.problem])
    problem = error.problem if isinstance(error, FetchError) else FetchProblem.NO_ARTICLE
    said = words.say(_NOT_LET_IN if problem in _CLOSED else _PAGES.get(problem, _UNREACHABLE))
    return f"{said} {words.say(_BY_HAND)}" if problem in _BY_HAND_AFTER else said


def file_too_large(words: Wording) -> str:
    """Say that Telegram does not hand such a file to a bot."""
    return words.say(
        "This file is larger than 20 MB; Telegram does not hand such files to bots. "
        "Send a smaller one, or the text itself."
    )


def links_into_telegram(words: Wording) -> str:
    """Say how a post reaches the bot."""
    return words.say("I cannot open links into Telegram. Forward the post itself to me.")
