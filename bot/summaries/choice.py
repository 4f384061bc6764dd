"""Whom the operator chose to write summaries, and to translate them."""

from bot.settings import Settings
from bot.summaries.jobs import ModelSpec
from bot.summaries.local import LocalWriter
from bot.summaries.server import ServerWriter
from bot.summaries.translator import Translator
from bot.summaries.writing import SummaryWriter


def chosen_writer(settings: Settings) -> SummaryWriter | None:
    """Make the writer that the settings name; None leaves all summaries to the default."""
    if settings.summarizer_model is None:
        return None
    if settings.summarizer_url is not None:
        key = settings.summarizer_api_key
        return ServerWriter(
            str(settings.summarizer_url),
            settings.summarizer_model,
            api_key=None if key is None else key.get_secret_value(),
            seconds=settings.summarizer_seconds,
        )
    spec = ModelSpec(settings.summarizer_model, settings.models_dir)
    return LocalWriter(spec, seconds=settings.summarizer_seconds)


def chosen_translator(settings: Settings) -> Translator | None:
    """Make the translator that the settings name; None leaves all texts in their language."""
    if settings.translation_model is None:
        return None
    return Translator(ModelSpec(settings.translation_model, settings.models_dir))
