"""The reference pages: every measure and every kind of record, as their files say."""

from oversight.measures import all_measures, sql_of
from oversight.promises import Measure
from oversight.reading_room.profiles import all_profiles
from oversight.sources import Source, all_sources
from oversight.words import STRAND_WORDS, Strand

STATES = ", each row a state that stands until a later file tells another"
WRITTEN = "<!-- Written by `make fix` from the definitions; a test keeps it true. -->"


def measures_page() -> str:
    """Every measure: its question, its target and whose it is, its clauses, its SQL."""
    said = [WRITTEN, "# Measures", ""]
    for strand in Strand:
        said += [f"## {STRAND_WORDS[strand]}", ""]
        for measure in all_measures().values():
            if measure.strand is strand:
                said += _measure(measure)
    return "\n".join(said).rstrip() + "\n"


def kinds_page() -> str:
    """Every kind of record: how it comes, its columns, the files it is read from."""
    said = [WRITTEN, "# Kinds of record", ""]
    for source in all_sources().values():
        said += _kind(source)
    return "\n".join(said).rstrip() + "\n"


def _measure(measure: Measure) -> list[str]:
    targets = [
        f"{target.words} ({', '.join(filter(None, (target.source, target.reference)))}"
        f"{', provisional: not yet confirmed' if target.provisional else ''})"
        for target in measure.targets
    ]
    rows = {
        "Question": measure.question,
        "File": f"`{measure.name}.sql`",
        "Clauses": ", ".join(measure.clauses),
        "Kind and window": f"{measure.kind}, {measure.window}",
        "Legal duty": "yes: one miss is Not met" if measure.duty else "no",
        "Target": "; ".join(targets) or "none, for information",
        "Owner": measure.owner,
        "Rests on": ", ".join(measure.reads),
        "Why it matters": measure.so_what,
    }
    return [
        f"### {measure.id} {measure.title}",
        "",
        "| | |",
        "|---|---|",
        *(f"| {name} | {value} |" for name, value in rows.items()),
        "",
        "```sql",
        sql_of(measure.name),
        "```",
        "",
    ]


def _kind(source: Source) -> list[str]:
    profiles = [p for p in all_profiles().values() if p.kind == source.kind]
    return [
        f"## {source.title} (`{source.kind}`)",
        "",
        f"Delivered as {source.delivers}{STATES if source.tells_states else ''}; known"
        f" by {', '.join(source.key)}; may be"
        f" {source.freshness_days} days old; owner: {source.owner}.",
        "",
        "Read from: " + "; ".join(f"{p.title} (`{p.name}`)" for p in profiles) + ".",
        "",
        "| column | needed | wanted | example | what it is |",
        "|---|---|---|---|---|",
        *(
            f"| {c.name} | {'yes' if c.is_needed else 'no'} | {c.wanted} |"
            f" {c.example} | {c.meaning} |"
            for c in source.columns
        ),
        "",
    ]
