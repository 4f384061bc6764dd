"""The databases that searching is tested on: those of the archive's own tests."""

from tests.archive.conftest import (  # noqa: F401
    archive,
    backend,
    postgres_url,
    sqlite_archive,
    sqlite_file,
    sqlite_with_tables,
    stated_postgres_url,
    url,
)
