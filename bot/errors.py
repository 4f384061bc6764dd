"""Errors that explain themselves: each is a sentence for an operator, with a next step."""


class VestnikError(Exception):
    """Something the operator can mend; `str()` is the sentence they read, without secrets."""


class SettingsError(VestnikError):
    """The environment or the .env file asks for something that cannot be."""


class ArchiveError(VestnikError):
    """The archive cannot be opened, read or written."""


class TelegramRefusedError(VestnikError):
    """Telegram does not let the bot in: a wrong token, or a second bot on the same one."""
