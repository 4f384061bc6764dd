"""Import aiogram with its models built at first use; import this module before aiogram.

aiogram builds the validators of all its 400 types while it is imported: two seconds and 115 MB, of
which a bot uses a tenth. Here each is built when it is first needed, by aiogram's own base classes
and pydantic's own `defer_build`. Only aiogram's models are touched. `python -m bench imports` shows
what it saves; tests/test_telegram_models.py builds every model, so an incompatible release is seen.
"""

import sys
from typing import Any

from pydantic import BaseModel

_eager_rebuild = BaseModel.model_rebuild.__func__  # type: ignore[attr-defined]
_types_namespace: dict[str, Any] = {}


def _note_names(_cls: type[BaseModel], /, **options: Any) -> None:
    """Stand in for `model_rebuild` while aiogram loads: keep the names, build nothing."""
    _types_namespace.update(options.get("_types_namespace") or {})


def _rebuild(cls: type[BaseModel], /, **options: Any) -> bool | None:
    """Build one aiogram model now, with the names that aiogram resolves annotations by."""
    options["_types_namespace"] = _types_namespace
    result: bool | None = _eager_rebuild(cls, **options)
    return result


def _load_aiogram() -> None:
    defer = BaseModel.model_config.get("defer_build")
    original = BaseModel.__dict__["model_rebuild"]
    BaseModel.model_config["defer_build"] = True
    BaseModel.model_rebuild = classmethod(_note_names)  # type: ignore[assignment, method-assign]
    try:
        import aiogram.methods  # noqa: PLC0415 — the patch must stand around the import
        import aiogram.types  # noqa: PLC0415
    finally:
        BaseModel.model_rebuild = original  # type: ignore[method-assign]
        if defer is None:
            del BaseModel.model_config["defer_build"]
        else:
            BaseModel.model_config["defer_build"] = defer
    for base in (
        aiogram.types.TelegramObject,
        aiogram.methods.TelegramMethod,
        aiogram.methods.Response,
    ):
        base.model_rebuild = classmethod(_rebuild)  # type: ignore[assignment]


if "aiogram.types" not in sys.modules:
    _load_aiogram()
