"""The same site through other programs, for `intake`: runs in a Python that has them.

Arguments: what to run ("newspaper4k" or "reader"), then addresses. Prints seconds, one a line.
"""

import sys
import time
from concurrent.futures import ThreadPoolExecutor

WORKERS = 8


def newspaper(urls: list[str]) -> None:
    """Fetch and extract pages, several at once."""
    import newspaper  # type: ignore[import-not-found]  # noqa: PLC0415

    def read(url: str) -> int:
        article = newspaper.Article(url, language="ru", fetch_images=False)
        article.download()
        article.parse()
        return len(article.text)

    started = time.perf_counter()
    with ThreadPoolExecutor(WORKERS) as pool:
        lengths = list(pool.map(read, urls))
    print(time.perf_counter() - started)
    print(sum(length > 500 for length in lengths))


def reader(urls: list[str]) -> None:
    """Update feeds twice."""
    from reader import make_reader  # type: ignore[import-not-found]  # noqa: PLC0415

    with make_reader(":memory:") as feeds:
        for url in urls:
            feeds.add_feed(url)
        for _ in range(2):
            started = time.perf_counter()
            feeds.update_feeds(workers=WORKERS)
            print(time.perf_counter() - started)
        print(feeds.get_entry_counts().total)


{"newspaper4k": newspaper, "reader": reader}[sys.argv[1]](sys.argv[2:])
