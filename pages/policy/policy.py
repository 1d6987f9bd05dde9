"""For each thing the policy says: what shows that we do it, and is its text current?"""

import streamlit as st

from oversight import asked, roles
from oversight.asked import Currency
from oversight.currency.checking import Finding, in_words
from oversight.policy import Clause
from oversight.reader import Reader
from oversight.statements import Stated
from oversight.verdicts.sentences import listed, number
from oversight.words import ROLL_UP_ORDER, STATUS_WORDS, Role, Status
from pages.parts import export, look, stated
from pages.parts.missing import nothing_is_known

TITLE = "Policy"
SECTION = "policy"
ORDER = 6
SEEN_BY = (Role.SENIOR_MANAGER, Role.IG_LEAD, Role.AUDITOR, Role.HOME_MANAGER)

WORST, IN_ORDER = "Worst first", "In the policy's order"
CLAUSE_HEADS = ["Clause", "Promise", "Status", "What shows it", "Measures"]
TEXT_HEADS = ["Clause", "Found", "Words", "Current", "Amendment"]
RANKS = (*ROLL_UP_ORDER, Status.NOTHING_DUE, Status.FOR_INFORMATION)
MISSING = "missing subject"
PLACE = "text"  # where on the page the text is spoken of
WHERE = (
    "Put the policy into the folder data/policies as .txt, .docx or .pdf. It is then"
    " read for law and bodies that are gone, dead addresses, numbers used twice and"
    " subjects that the law now asks for."
)


def render(reader: Reader) -> None:
    """The clauses and what shows them; then what the text must be amended in."""
    currency = asked.currency(reader)
    if nothing_is_known(reader.board(), reader):
        _currency(currency, reader)
        return
    clauses = asked.clauses(reader)
    look.answer(f"{_shown(clauses)} {_text(currency)}")
    stated.tell_what_was_said()
    if currency.findings:
        there = look.link("policy", "What the text must be amended in", place=PLACE)
        look.html(f'<p class="ig-small">{there}</p>')
    with st.container(border=True, key="clauses"):
        look.html("<h2>Clause by clause</h2>")
        order = st.segmented_control(
            "Order of the clauses",
            [WORST, IN_ORDER],
            default=WORST,
            key="clauses_order",
            label_visibility="collapsed",
        )
        rows = clauses if order == IN_ORDER else sorted(clauses, key=_rank)
        noted = _noted(currency)
        cells = [_clause(clause, noted) for clause in rows]
        look.html(look.table(CLAUSE_HEADS, cells, kind="ig-stack ig-clauses"))
        export.offer_shown(reader, "Clauses", CLAUSE_HEADS, cells, "clauses")
    if stated.may(reader, Stated.CLAUSE_NOT_APPLICABLE):
        with st.container(border=True, key="not_applicable"):
            stated.clause(reader, {one.clause: one.promise for one in clauses})
    _currency(currency, reader)


def _shown(clauses: list[Clause]) -> str:
    statuses = [clause.status for clause in clauses if clause.status]
    met = sum(status is Status.MET for status in statuses)
    said = f"{len(statuses)} of {len(clauses)} promises are shown by records"
    counts = [
        f"{number(count)} {STATUS_WORDS[status].lower()}"
        for status in RANKS
        if status is not Status.MET and (count := statuses.count(status))
    ]
    counts.insert(0, f"{met or 'none'} met")
    return f"{said}: {', '.join(counts)}."


def _text(currency: Currency) -> str:
    if not currency.files:
        return "The text of the policy is not here to be read."
    missing = sum(each.finding == MISSING for each in currency.findings)
    wrong = len(currency.findings) - missing
    if not currency.findings:
        return "Its text is current."
    places = f"{number(wrong)} {'place' if wrong == 1 else 'places'} to amend"
    subjects = f"{number(missing)} {'subject' if missing == 1 else 'subjects'} missing"
    return f"Its text has {places} and {subjects}."


def _rank(clause: Clause) -> int:
    return len(RANKS) if clause.status is None else RANKS.index(clause.status)


def _status(clause: Clause) -> str:
    if clause.status is not None:
        return look.status(clause.status)
    is_stated = (clause.reason_unmeasured or "").startswith("Not applicable")
    if is_stated:
        return look.shape(Status.NOTHING_DUE, "Not applicable")
    return look.shape(Status.NOT_KNOWN, "Not measured")


def _clause(clause: Clause, noted: dict[str, int]) -> list[str]:
    measures = [look.link("measure", one, id=one) for one in clause.measures]
    said = " ".join(filter(None, (clause.evidence, clause.reason_unmeasured)))
    at = f"<strong>{look.text(clause.clause)}</strong>"
    if count := noted.get(clause.clause):
        noun = "amendment" if count == 1 else "amendments"
        at += f"<small>{count} {noun}</small>"
    return [
        at,
        f"{look.text(clause.promise)}<small>{look.text(clause.strand)}</small>",
        _status(clause),
        f'<div class="ig-clip">{look.text(said)}</div>',
        ", ".join(measures) or "–",
    ]


def _noted(currency: Currency) -> dict[str, int]:
    """How many findings stand against each clause."""
    clauses = [each.clause for each in currency.findings]
    return {clause: clauses.count(clause) for clause in clauses}


def _currency(currency: Currency, reader: Reader) -> None:
    if not currency.files:
        how = (
            f"<p>{look.text(WHERE)}</p>" if roles.may_import(reader.person.role) else ""
        )
        why = "Whether the policy cites law and bodies that are gone is not known."
        look.empty("No text of the policy", why, how)
        return
    wrong = [each for each in currency.findings if each.finding != MISSING]
    missing = [each for each in currency.findings if each.finding == MISSING]
    read = listed([*currency.files])
    notes = "".join(f"<p>{look.text(why)}</p>" for why in currency.refused)
    body = notes + f'<p class="ig-small">Read from {look.text(read)}.</p>'
    if wrong:
        rows = [_finding(each, len(currency.files) > 1) for each in wrong]
        body += look.table(TEXT_HEADS, rows, kind="ig-stack ig-findings")
    elif not currency.refused:
        body += "<p>Nothing in the text is out of date.</p>"
    look.html(
        look.card(f'<h2 id="{PLACE}">What the text must be amended in</h2>{body}')
    )
    if missing:
        heads = ["Clause", "Asked now", "Since", "Amendment"]
        rows = [_missing(each) for each in missing]
        body = look.table(heads, rows, kind="ig-stack")
        title = "<h2>What no text speaks of, though it is asked now</h2>"
        look.html(look.card(f"{title}{body}"))


def _finding(each: Finding, names_file: bool) -> list[str]:
    file = f"<small>{look.text(each.file)}</small>" if names_file else ""
    since = f"since {in_words(each.since)}" if each.since else ""
    more = " · ".join(filter(None, (since, each.reference)))
    return [
        f"<strong>{look.text(each.clause or '–')}</strong>{file}",
        look.text(each.finding),
        look.text(each.words),
        f"{look.text(each.current)}<small>{look.text(more)}</small>",
        look.text(each.amendment),
    ]


def _missing(each: Finding) -> list[str]:
    return [
        f"<strong>{look.text(each.clause)}</strong>",
        f"{look.text(each.current)}<small>{look.text(each.reference)}</small>",
        look.text(in_words(each.since) or "–"),
        look.text(each.amendment),
    ]
