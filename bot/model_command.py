"""The `vestnik model` commands: what is typed."""

import sys
from typing import Annotated

import typer

from bot.command_line import FAILED, carry_out, console, read_settings

# The parts that need SQLAlchemy or the hub are imported where they are used: `--help` is at once.
# ruff: noqa: PLC0415

model = typer.Typer(help="The model that writes summaries, if there is one.", no_args_is_help=True)
Name = Annotated[
    str | None,
    typer.Argument(help="owner/model, a folder or a .gguf file; else what the settings name."),
]


@model.command()
def fetch(name: Name = None) -> None:
    """Fetch a model of the hub into MODELS_DIR: safetensors or GGUF only, with its tokenizer."""
    from bot.model_fetching import fetch_model

    settings = read_settings()
    carry_out(fetch_model(name or settings.summarizer_model, settings.models_dir, console))


@model.command()
def check(
    name: Name = None,
    translates: Annotated[
        bool, typer.Option("--translation", help="Check it as TRANSLATION_MODEL.")
    ] = False,
) -> None:
    """Say what a model needs, load it, and let it write about some samples.

    Without a name, both the model that writes and the one that translates, as far as they are set.
    The exit status is 1 when one made nothing that could be shown.
    """
    from bot.model_checking import check_models

    settings = read_settings()
    done = carry_out(check_models(settings, name, console, translates=translates))
    sys.exit(0 if done else FAILED)
