"""A question for the next review, with the answer it was asked of."""

from oversight import roles
from oversight.explore.question import CannotAsk, Question
from oversight.reader import Reader
from oversight.review import acts, room
from oversight.review.record import Review, State

ITEM = "A question from Explore"


def next_review(reader: Reader) -> Review | None:
    """The planned review that is held first; None when none is planned."""
    planned = [one for one in room.reviews(reader) if one.state == State.PLANNED]
    return min(planned, key=lambda one: (one.held_on, one.id), default=None)


def send(reader: Reader, question: Question, words: str) -> Review:
    """The question into the papers of the next review, with a way back to its rows."""
    roles.check_may_comment(reader.person.role)
    review = next_review(reader)
    if review is None:
        raise CannotAsk("No review is planned. Plan one on the page Review first.")
    said = words.strip()
    if not said:
        raise CannotAsk("A question wants words; got none.")
    about = f"{said} ({question.title}, as at {reader.as_of:%-d %B %Y})"
    return acts.comment(
        reader.store, review.id, reader.person, ITEM, about, question.asked()
    )
