"""What this system holds about people, why, and for how long: asked of its own schema.

The entry for the record of processing and the draft assessment are written from the
sources' headers and from what is in the store, so that they cannot lag behind either.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from oversight import roles, settings
from oversight.measures import all_measures
from oversight.reader import Reader
from oversight.sources import Source, all_sources
from oversight.store import EVERYTHING
from oversight.trust.keeping import Rule, rule_of
from oversight.words import ROLE_WORDS, Role

ABOUT_STAFF: Final = "staff, by reference"
ABOUT_RESIDENTS: Final = "residents, by reference"
FREE_TEXT: Final = "free text"
NOBODY: Final = "nobody"


@dataclass(frozen=True)
class Holding:
    """One kind of record: about whom, how many rows, why, and how long."""

    kind: str
    title: str
    about: tuple[str, ...]
    rows: int
    oldest: date | None
    used_for: tuple[str, ...]  # clauses of the policy that measures show with it
    owner: str
    rule: Rule


@dataclass(frozen=True)
class OwnHolding:
    """What the dashboard keeps for itself."""

    title: str
    about: str
    why: str
    kept: str
    count: int


def about_whom(source: Source) -> tuple[str, ...]:
    """Whom the columns of a kind speak of, as their definitions say."""
    found = []
    if any(column.is_person for column in source.columns):
        found.append(ABOUT_STAFF)
    if any("resident" in column.name for column in source.columns):
        found.append(ABOUT_RESIDENTS)
    if any(column.is_free_text for column in source.columns):
        found.append(FREE_TEXT)
    return tuple(found) or (NOBODY,)


def holdings(reader: Reader) -> list[Holding]:
    """Every kind there is, those about people first."""
    roles.check_may_see_holdings(reader.person.role)
    found = []
    with reader.store.reading(EVERYTHING) as cursor:
        counts = {
            str(row[0]): (int(row[1]), row[2])
            for row in cursor.execute(
                """
                select kind, sum(rows_accepted)::bigint, min(data_to)
                from arrival where state = 'accepted' group by kind
                """
            ).fetchall()
        }
    for source in all_sources().values():
        rows, oldest = counts.get(source.kind, (0, None))
        found.append(
            Holding(
                source.kind,
                source.title,
                about_whom(source),
                rows,
                oldest,
                _used_for(source),
                source.owner,
                rule_of(source),
            )
        )
    return sorted(found, key=lambda one: (one.about == (NOBODY,), one.title))


def own_holdings(reader: Reader) -> list[OwnHolding]:
    """What is kept of those who sign in, and of what they do."""
    roles.check_may_see_holdings(reader.person.role)
    with reader.store.reading() as cursor:
        people, entries, codes = (
            int(cursor.execute(f"select count({what}) from {table}").fetchall()[0][0])
            for what, table in (
                ("distinct lower(name)", "person"),
                ("*", "journal"),
                ("distinct lower(person)", "second_factor"),
            )
        )
    return [
        OwnHolding(
            "Accounts",
            "those who sign in: name, role, homes, a hash of the passphrase",
            "nobody unknown may see what is here",
            "while the company uses the dashboard; by version, so that the journal can"
            " be understood",
            people,
        ),
        OwnHolding(
            "Second steps",
            "the secret shared with a phone, hashes of recovery codes",
            "a passphrase alone is too little where rows are seen",
            "until it is reset; earlier ones open nothing",
            codes,
        ),
        OwnHolding(
            "Journal",
            "who did what and when, from which address they signed in",
            "clause 6.2: whoever looks at records can be asked why",
            "as long as the store: a chain cannot lose a link and stay whole",
            entries,
        ),
        OwnHolding(
            "Tries",
            "digests of names and addresses that failed to sign in",
            "nobody guesses passphrases",
            "one hour after the last",
            0,
        ),
        OwnHolding(
            "Sessions",
            "who is signed in on which browser, in memory",
            "every request is asked whose it is",
            "half an hour unused, twelve hours at most; gone at a restart",
            0,
        ),
    ]


def draft_assessment(reader: Reader) -> str:
    """A draft data protection impact assessment, as Markdown, to be finished by people.

    What is a fact about this system is filled in; what is a judgement is asked.
    """
    roles.check_may_see_holdings(reader.person.role)
    kinds = holdings(reader)
    with reader.store.reading() as cursor:
        company = settings.read(cursor, settings.COMPANY_NAME)
        regulator = settings.read(cursor, settings.REGULATOR)
    about_people = [one for one in kinds if one.about != (NOBODY,)]
    lines = [
        f"# Draft data protection impact assessment: the IG dashboard of {company}",
        "",
        f"Written from the system itself for {reader.as_of:%d %B %Y}. Sentences in"
        " square brackets are for the data protection lead to answer; a draft is not an"
        " assessment until somebody signs it.",
        "",
        "## What is done, and why",
        "",
        "Records that the company keeps anyway are brought together to show whether its"
        " information-governance policy is kept. No decision about a resident is made"
        " with it. Staff are watched in so far as access to records is reviewed.",
        "",
        "[Lawful basis for each: legitimate interests or public task? For special"
        " category data, which condition?]",
        "",
        "## Whose data, and what",
        "",
        "| Kind | About | Rows accepted | Shows clauses | Kept | Owner |",
        "|---|---|---|---|---|---|",
        *(
            f"| {one.title} | {', '.join(one.about)} | {one.rows} |"
            f" {', '.join(one.used_for) or 'none yet'} | {one.rule.words} |"
            f" {one.owner} |"
            for one in about_people
        ),
        "",
        f"{len(kinds) - len(about_people)} further kinds are about nobody.",
        "",
        "## Who sees it",
        "",
        *(f"- {ROLE_WORDS[role]}: {_sees(role)}" for role in Role),
        "",
        "## Risks, and what is done about them",
        "",
        *(f"- {risk}: {answer}" for risk, answer in RISKS),
        "",
        "[Is the risk that is left low, medium or high? If high, the"
        f" {regulator} must be consulted before it begins.]",
        "",
        "[Residents and staff consulted? How, and what did they say?]",
        "",
        "[Advice of the data protection officer; the decision, with name and date.]",
        "",
    ]
    return "\n".join(lines)


RISKS: Final = (
    (
        "Somebody outside gets in",
        "a gate before everything, a second step where rows are seen, waits between"
        " tries, sessions that end",
    ),
    (
        "A home sees another home's people",
        "the scope is set beneath every query and held by tests over random stores",
    ),
    (
        "Staff are exposed",
        "pseudonyms in every row but to their own manager; lifting one asks a reason"
        " and is journalled",
    ),
    (
        "Somebody types a resident's name or number into a description",
        "NHS numbers, telephone numbers and addresses are taken out before it is shown",
    ),
    (
        "Data is kept too long",
        "each kind has its period, stated here; this program does not yet remove what"
        " is past it, so somebody must, and until then the risk stands",
    ),
    (
        "A figure is wrong and somebody is blamed",
        "each is drilled to its rows, their file and their line; what is missing is Not"
        " known and never assumed",
    ),
)


def _used_for(source: Source) -> tuple[str, ...]:
    clauses = {
        clause
        for measure in all_measures().values()
        if source.kind in measure.reads
        for clause in measure.clauses
    }
    return tuple(sorted(clauses))


def _sees(role: Role) -> str:
    seen = [
        words
        for may, words in (
            (roles.may_see_figures, "figures"),
            (roles.may_see_rows, "rows, staff by pseudonym"),
            (roles.may_see_own_staff, "their own staff by reference"),
            (roles.may_unmask, "who a pseudonym is, with a reason"),
            (roles.may_read_journal, "the journal"),
            (roles.may_manage_people, "accounts"),
        )
        if may(role)
    ]
    where = "of every home" if role in roles.SEE_EVERY_HOME else "of their own homes"
    return f"{', '.join(seen)} ({where})" if roles.may_see_figures(role) else seen[0]
