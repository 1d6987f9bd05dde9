"""What to show when no measure is known: what is missing, and who supplies it."""

from oversight import roles
from oversight.reader import Board, Reader
from oversight.sources import all_sources
from oversight.verdicts.sentences import day_in_words
from pages.parts import look
from pages.parts.templates import offer_templates

WHY = (
    "No file that came in speaks of this day, and without one no promise can be shown"
    " to hold. Choose another day above, or see to it that these are sent:"
)
HOW = "Bring files in on the Import page, or: python -m oversight import FILE"


def nothing_is_known(board: Board, reader: Reader) -> bool:
    """Whether no measure is known; then it has said so, with a list of what to send."""
    # A log can speak of a day long before its first row; only cases make a figure.
    if any(one.data_to and one.verdict.evidence.total for one in board.judged):
        return False
    look.answer(f"No measure is known on {day_in_words(board.as_of)}.")
    rows = [
        [
            look.text(source.title),
            look.text(source.owner),
            look.day(age.data_to),
            look.text(f"every {source.freshness_days} days"),
        ]
        for age in reader.ages(all_sources())
        for source in [all_sources()[age.kind]]
    ]
    heads = ["What is missing", "Who supplies it", "Data to", "Wanted at least"]
    body = look.table(heads, rows, kind="ig-stack")
    how = f"<p>{look.text(HOW)}</p>" if roles.may_import(reader.person.role) else ""
    look.empty("Nothing to judge by", WHY, body + how)
    return True


def nothing_of(kind: str, why: str, reader: Reader) -> None:
    """What to show where no row of a kind is known: what, why, who, the template."""
    source = all_sources()[kind]
    look.answer(f"{source.title}: not known.")
    who = (
        f"<p>Who supplies it: <strong>{look.text(source.owner)}</strong>, at least"
        f" every {source.freshness_days} days.</p>"
    )
    if roles.may_enter(reader.person.role):
        here = look.link("records", "Enter one here", kind=kind)
        who += f"<p>{here}, or fill one of the files below and bring it in.</p>"
    on = day_in_words(reader.as_of)
    look.empty(f"Nothing has come in that speaks of {on}", why, who)
    if roles.may_enter(reader.person.role):
        offer_templates(source, kind)
