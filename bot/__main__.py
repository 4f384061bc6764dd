"""`python -m bot` is the `vestnik` command."""

from bot.cli import main

main()
