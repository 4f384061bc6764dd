"""The beat: what one desk follows, read from one TOML file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.errors import SettingsError
from bot.locales.wording import LANGUAGES


@dataclass(frozen=True)
class Beat:
    """What one desk follows."""

    id: str
    about: Mapping[str, str]
    """What the desk follows, in a few words, by interface language."""


def load_beat(path: Path) -> Beat:
    """Read a beat.

    Raises SettingsError, naming the file and what is wrong with it.
    """
    try:
        with path.open("rb") as file:
            content = tomllib.load(file)
        about = {language: str(content["about"][language]) for language in LANGUAGES}
        return Beat(str(content["id"]), about)
    except OSError as error:
        raise SettingsError(f"BEAT names {path}, which cannot be read: {error.strerror}.") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} is not TOML: {error}.") from None
    except (KeyError, TypeError) as error:
        raise SettingsError(f"{path} lacks {error}: see beats/kz-us.toml.") from None
