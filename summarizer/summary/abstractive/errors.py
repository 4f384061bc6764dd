"""What may be wrong with a model, as a sentence for the operator."""


class ModelError(RuntimeError):
    """A model cannot be used; `str()` says what is missing or wrong, and the next step."""


class LanguageError(ModelError):
    """A model cannot translate between these two languages, whatever it does with others."""
