"""Were the yearly audits held, and are their findings put right in time?"""

from collections import Counter
from datetime import date, timedelta

from oversight import registers, roles
from oversight.policy import promises
from oversight.reader import Board, Reader
from oversight.registers import GRADES, Audit, Finding
from oversight.verdicts.sentences import listed, number
from oversight.words import STRAND_WORDS, Role, Status, Strand
from pages.parts import export, look
from pages.parts.figures import home_name
from pages.parts.missing import nothing_of
from pages.parts.promised import promised

TITLE = "Audits"
SECTION = "audits"
ORDER = 2.7
SEEN_BY = (Role.SENIOR_MANAGER, Role.IG_LEAD, Role.AUDITOR, Role.HOME_MANAGER)

YEARLY = ("6.5", "7.2", "8.2")  # the clauses that ask for an audit each year
AGES = (("0–30 days", 30), ("31–90 days", 90), ("over 90 days", None))
SHOWN = 60
WHY = (
    "The policy asks for an audit each year of legal compliance (6.5), information"
    " security (7.2) and information quality (8.2). Without the programme none of them"
    " can be shown to have been held."
)
AUDIT_HEADS = ["How it stands", "Audit", "Home", "Strand", "Planned", "Held", "Result"]
FINDING_HEADS = ["How it stands", "Finding", "Grade", "Home", "Owner", "Due"]


def render(reader: Reader) -> None:
    """The first sentence, the year by strand, the findings open, the programme."""
    audits = registers.audits(reader)
    findings = registers.findings(reader)
    if not audits and not findings:
        nothing_of("audits", WHY, reader)
        return
    board = reader.board()
    look.answer(_answer(audits, findings, reader.as_of, board.names))
    _year(audits, reader.as_of)
    open_ = [one for one in findings if one.is_open]
    _by_age(open_, reader.as_of)
    _findings(open_, board, reader)
    _programme(audits, board, reader)
    promised(board, ("audits", "findings"), "What is promised of audits and findings")


def _answer(
    audits: list[Audit], findings: list[Finding], as_of: date, names: dict[str, str]
) -> str:
    held = sum(_held(audits, strand, as_of) is not None for strand in _strands())
    late = [one for one in audits if one.is_late(as_of)]
    every = number(len(_strands()))
    share = f"{number(held, start=True)} of {every}"
    if held == len(_strands()):
        share = f"All {every}"
    done = (
        f"{share} yearly audits {'was' if held == 1 else 'were'} held in the last 12"
        " months"
    )
    if late:
        first = late[0]
        days = (as_of - first.planned_on).days
        rest = f" and {number(len(late) - 1)} more" if len(late) > 1 else ""
        where = f" at {names[first.home]}" if first.home in names else ""
        done += f"; {first.title}{where} is {_days(days)} late{rest}"
    open_ = [one for one in findings if one.is_open]
    overdue = sum(one.is_overdue for one in open_)
    if not open_:
        return f"{done}. No finding is open."
    verb = "finding is" if len(open_) == 1 else "findings are"
    past = f", {number(overdue)} past the day to put it right" if overdue else ""
    return f"{done}. {number(len(open_), start=True)} {verb} open{past}."


def _strands() -> dict[Strand, str]:
    """The strands that the policy wants audited each year, and the clause of each."""
    words = {said: strand for strand, said in STRAND_WORDS.items()}
    return {
        words[row["strand"]]: row["clause"]
        for row in promises()
        if row["clause"] in YEARLY
    }


def _held(audits: list[Audit], strand: Strand, as_of: date) -> Audit | None:
    """The newest yearly audit of a strand held in the last 12 months."""
    since = as_of.replace(year=as_of.year - 1, day=min(as_of.day, 28))
    held = [
        one
        for one in audits
        if one.is_annual and one.strand == strand and one.held_on is not None
        if one.held_on > since
    ]
    return max(held, key=lambda one: one.held_on or date.min, default=None)


def _year(audits: list[Audit], as_of: date) -> None:
    """One line a strand: what was held, what is late, what is planned."""
    rows = [
        _strand(audits, strand, clause, as_of) for strand, clause in _strands().items()
    ]
    heads = ["Strand", "Held in 12 months", "Late", "Planned next"]
    body = look.table(heads, rows, kind="ig-stack")
    look.html(look.card(f"<h2>The yearly audits</h2>{body}"))


def _strand(audits: list[Audit], strand: Strand, clause: str, as_of: date) -> list[str]:
    yearly = [one for one in audits if one.is_annual and one.strand == strand]
    held = _held(audits, strand, as_of)
    late = [one for one in yearly if one.is_late(as_of)]
    coming = [
        one
        for one in yearly
        if one.held_on is None and one.cancelled_on is None and one.planned_on >= as_of
    ]
    name = look.link("policy", f"{STRAND_WORDS[strand]} ({clause})")
    if held is not None:
        result = f"<small>{look.text(_result(held))}</small>"
        shown = f"{look.shape(Status.MET, look.day(held.held_on))}{result}"
    else:
        shown = look.shape(Status.NOT_MET, "none held")
    return [
        name,
        shown,
        _lateness(late, as_of) if late else "none",
        _planned(coming[0]) if coming else look.shape(Status.NOT_KNOWN, "none planned"),
    ]


def _lateness(late: list[Audit], as_of: date) -> str:
    said = [f"{one.title}, {_days((as_of - one.planned_on).days)}" for one in late[:2]]
    rest = f" and {len(late) - 2} more" if len(late) > 2 else ""
    return look.shape(Status.NOT_MET, f"{listed(said)}{rest}")


def _planned(one: Audit) -> str:
    return f"{look.day(one.planned_on)}<small>{look.text(one.title)}</small>"


def _result(one: Audit) -> str:
    score = "" if one.score_pct is None else f", {one.score_pct:.0f}%"
    return f"{one.result or 'no result given'}{score}"


def _by_age(open_: list[Finding], as_of: date) -> None:
    """How many are open, by grade and by how long; the oldest columns last."""
    if not open_:
        return
    counts = Counter((one.grade, _age(one, as_of)) for one in open_)
    late = Counter(one.grade for one in open_ if one.is_overdue)
    rows = [
        [
            look.text(grade.capitalize()),
            *(str(counts[grade, at] or "–") for at in range(len(AGES))),
            f"<strong>{total}</strong>",
            str(late[grade] or "–"),
        ]
        for grade in GRADES
        if (total := sum(counts[grade, at] for at in range(len(AGES))))
    ]
    heads = ["Grade", *(words for words, _ in AGES), "Open", "Overdue"]
    body = look.table(heads, rows, (1, 2, 3, 4, 5), "ig-stack")
    title = f"Findings open by grade and age: {len(open_)}"
    look.html(look.card(f"<h2>{title}</h2>{body}"))


def _age(one: Finding, as_of: date) -> int:
    days = (as_of - one.raised_on).days
    return next(at for at, (_, most) in enumerate(AGES) if most is None or days <= most)


def _findings(open_: list[Finding], board: Board, reader: Reader) -> None:
    """Each open finding, worst first; which it is, to those who see rows alone."""
    if not open_:
        return
    may = roles.may_see_rows(reader.person.role)
    rows = [_finding(one, board, reader.as_of, may) for one in open_[:SHOWN]]
    body = look.table(FINDING_HEADS, rows, kind="ig-stack")
    shown = f", the first {SHOWN} of {len(open_)}" if len(open_) > SHOWN else ""
    title = f"Open findings, overdue and worst first{shown}"
    look.html(look.card(f"<h2>{title}</h2>{body}"))
    if may:
        heads = ["Finding", "Found by", "Grade", "Clauses", "Home", "What", "Owner"]
        heads += ["Raised", "Due", "Overdue"]
        plain = [
            (
                one.ref,
                one.source_type,
                one.grade,
                one.clauses,
                home_name(board, one.home),
                one.description,
                one.owner,
                one.raised_on,
                one.due_on,
                "yes" if one.is_overdue else "no",
            )
            for one in open_
        ]
        export.offer(reader, "Open findings", heads, plain, "findings")


def _finding(one: Finding, board: Board, as_of: date, may: bool) -> list[str]:
    clauses = f"clause {one.clauses}" if one.clauses else "no clause named"
    what = f"<small>{look.text(one.description)}</small>" if may else ""
    name = f"<strong>{look.text(one.ref)}</strong> · " if may else ""
    return [
        _stands((as_of - one.due_on).days),
        f"{name}{look.text(one.source_type)}, {look.text(clauses)}{what}",
        look.text(one.grade),
        look.text(home_name(board, one.home)),
        look.text(one.owner or "nobody named"),
        look.day(one.due_on),
    ]


def _stands(days: int) -> str:
    if days > 0:
        return look.shape(Status.NOT_MET, f"{_days(days)} late")
    if days > -30:
        return look.shape(Status.AT_RISK, f"{_days(-days)} left")
    return look.shape(Status.NOTHING_DUE, f"{_days(-days)} left")


def _programme(audits: list[Audit], board: Board, reader: Reader) -> None:
    """Every audit of the last year and to come: late, then planned, then held."""
    as_of = reader.as_of
    since = as_of - timedelta(days=366)
    shown = [one for one in audits if (one.held_on or one.planned_on) > since]
    shown += [one for one in audits if one not in shown and one.is_late(as_of)]
    if not shown:
        return
    shown.sort(key=lambda one: (_order(one, as_of), one.planned_on))
    rows = [
        [
            _state(one, as_of),
            look.text(one.title),
            look.text(home_name(board, one.home)),
            look.text(one.strand),
            look.day(one.planned_on),
            look.day(one.held_on) if one.held_on else "–",
            look.text(_result(one)) if one.held_on else "–",
        ]
        for one in shown
    ]
    body = look.table(AUDIT_HEADS, rows, kind="ig-stack")
    look.html(look.card(f"<h2>The programme, late first</h2>{body}"))
    plain = [
        (
            _words(one, as_of),
            one.title,
            home_name(board, one.home),
            one.strand,
            one.planned_on,
            one.held_on,
            one.result or "",
        )
        for one in shown
    ]
    export.offer(reader, "Audit programme", AUDIT_HEADS, plain, "audits")


def _order(one: Audit, as_of: date) -> int:
    if one.is_late(as_of):
        return 0
    return 3 if one.cancelled_on else 2 if one.held_on else 1


def _words(one: Audit, as_of: date) -> str:
    return ("late", "planned", "held", "called off")[_order(one, as_of)]


def _state(one: Audit, as_of: date) -> str:
    if one.is_late(as_of):
        return look.shape(
            Status.NOT_MET, f"{_days((as_of - one.planned_on).days)} late"
        )
    status = Status.MET if one.held_on else Status.NOTHING_DUE
    return look.shape(status, _words(one, as_of))


def _days(count: int) -> str:
    return f"{count} day{'' if count == 1 else 's'}"
