"""Who of an article holds which post."""

from collections.abc import Sequence

from summarizer.analysis import Gender, Person
from summarizer.speakers_posts import Post, is_full, likeness, read_post
from summarizer.speakers_words import Words


class Holders:
    """The people of an article by the posts it states for them."""

    def __init__(self, people: Sequence[Person], words: Words) -> None:
        self._posts: list[tuple[Person, list[Post]]] = []
        self._stated = [(person, role.span) for person in people for role in person.roles]
        for person in people:
            posts = [read_post(role.title, words.head_of) for role in person.roles]
            if known := [post for post in posts if post]:
                self._posts.append((person, known))

    def is_like(self, person: Person, post: Post) -> bool:
        """Say whether a person may be called by a post."""
        held = next((posts for holder, posts in self._posts if holder is person), [])
        return any(likeness(post, other) for other in held)

    def find(
        self, post: Post, at: int, *, besides: str | None, gender: Gender | None
    ) -> str | None:
        """Find whom a post means: who is said to hold it there, else the nearest before.

        Args:
            post: what the person is called.
            at: the offset where.
            besides: the name of somebody who is not meant.
            gender: the gender that a verb tells.
        """
        for person, place in self._stated:
            if place.start <= at < place.end and person.name != besides:
                return person.name
        ranked: list[tuple[bool, int, str]] = []
        for person, posts in self._posts:
            other = gender and person.gender and person.gender != gender
            if other or person.name == besides:
                continue
            like = max(likeness(post, held) for held in posts)
            earlier = [span.start for span in person.mentions if span.start < at]
            if like and earlier:
                ranked.append((is_full(like), max(earlier), person.name))
        return max(ranked)[2] if ranked else None
