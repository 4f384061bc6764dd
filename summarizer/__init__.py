"""A library that turns the text of a news article into understanding: no Telegram, no database."""
