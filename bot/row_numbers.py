"""The numbers that rows have: what comes in from outside is held to them before it is asked for."""

from typing import Annotated

from pydantic import Field

LARGEST_NUMBER = 2**31 - 1
"""PostgreSQL refuses to compare a row's number with a larger one."""

RowNumber = Annotated[int, Field(ge=-LARGEST_NUMBER, le=LARGEST_NUMBER)]
"""The number of a row in a button; a forged one beyond what rows have makes it no button of ours.

A negative one is for the handler to understand.
"""

Counted = Annotated[int, Field(ge=0, le=LARGEST_NUMBER)]
"""How many rows or pages are passed over, in a button."""

ChatNumber = Annotated[int, Field(ge=-(2**63) + 1, le=2**63 - 1)]
"""Telegram's number of a chat, in a button; rows keep it in 64 bits."""
