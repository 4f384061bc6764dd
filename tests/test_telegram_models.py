"""aiogram's models are built at first use, and every one of them can be."""

import inspect
import subprocess
import sys

import pytest
from aiogram import methods, types
from pydantic import BaseModel

MODELS = [
    model
    for module in (types, methods)
    for name in module.__all__
    if inspect.isclass(model := getattr(module, name)) and issubclass(model, BaseModel)
]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_model_can_be_built(model: type[BaseModel]) -> None:
    model.model_rebuild(raise_errors=True)
    assert model.__pydantic_complete__


def test_importing_builds_nothing() -> None:
    program = (
        "import bot.telegram_models, aiogram.types as t;"
        "assert not t.Update.__pydantic_complete__;"
        "u = t.Update.model_validate({'update_id': 1, 'message': {'message_id': 1, 'date': 1,"
        " 'chat': {'id': 1, 'type': 'private'}, 'text': 'x'}});"
        "assert u.message.text == 'x';"
        "import pydantic;"
        "assert 'defer_build' not in pydantic.BaseModel.model_config"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
