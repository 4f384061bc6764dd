"""What a subscriber's wishes mean for the edition that is composed for them."""

from bot.archive.rows import Wishes
from bot.briefings.material import EditionFilter


def filter_of(wishes: Wishes) -> EditionFilter:
    """Say what is told to a subscriber.

    Following somebody must not empty an edition of everything else: the people followed widen
    what topics and words narrow, and narrow it themselves only where the subscriber said so.
    """
    is_narrowed = bool(wishes.topics or wishes.include or wishes.only_followed)
    return EditionFilter(
        topics=wishes.topics,
        people=wishes.people if is_narrowed else frozenset(),
        include=wishes.include,
        exclude=wishes.exclude,
        least_importance=wishes.least_importance,
    )


def composed_as(wishes: Wishes) -> str:
    """Write down all of the wishes that an edition's words depend on; "" for the usual ones.

    Two subscribers with the same get the same edition.
    """
    filter_ = filter_of(wishes)
    if filter_ == EditionFilter() and not (wishes.is_rich or wishes.has_pdf):
        return "" if wishes.length is Wishes().length else wishes.length
    return repr(
        (
            wishes.length.value,
            sorted(filter_.topics),
            sorted(filter_.people),
            sorted(filter_.include),
            sorted(filter_.exclude),
            filter_.least_importance,
            wishes.is_rich,
            wishes.has_pdf,
        )
    )
