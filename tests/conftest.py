"""What all tests share."""

import signal

import bot.telegram_models  # noqa: F401 — before anything imports aiogram

# A shell that starts us in the background lets SIGINT be ignored, and a command that we start
# inherits that; the tests of Ctrl-C need it as a terminal has it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
