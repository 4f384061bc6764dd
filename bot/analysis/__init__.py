"""Analysing articles beside the bot: in a worker process, kept in the archive."""
