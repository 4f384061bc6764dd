"""The archive that stories are sorted in, as the archive's own tests have it."""

from tests.archive.conftest import sqlite_archive, sqlite_file, sqlite_with_tables

__all__ = ["sqlite_archive", "sqlite_file", "sqlite_with_tables"]
