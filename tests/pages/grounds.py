"""What a server is started on: a made-up company as of today, a person of each role."""

from pathlib import Path

from click.testing import CliRunner

from oversight import passphrases, people
from oversight.__main__ import main
from oversight.definitions import open_store
from oversight.people import Person
from oversight.store import EVERYTHING
from oversight.verdicts.judgement import home_names
from oversight.words import Role

PASSPHRASE = "lamp orchard kettle"
OWN_HOME = "Elm House"  # the home manager's


def build(
    path: Path, homes: int = 4, months: int = 14, *, is_brief: bool = True
) -> None:
    """A store at a path, of the demo command, where each role's word is a name.

    A brief one has each register as it stands, and is built in half the time.
    """
    ran = CliRunner().invoke(
        main,
        [
            *("demo", f"--homes={homes}", f"--months={months}"),
            *("--access-events=2000", f"--store=duckdb:///{path}"),
            *(["--brief"] if is_brief else []),
        ],
    )
    assert ran.exit_code == 0, ran.output
    store = open_store(f"duckdb:///{path}")
    with store.reading(EVERYTHING) as cursor:
        references = {name: ref for ref, name in home_names(cursor).items()}
    hashed = passphrases.hash_of(PASSPHRASE)
    for role in Role:
        own = (references[OWN_HOME],) if role is Role.HOME_MANAGER else ()
        person = Person(str(role), role, own, True, hashed)
        if people.find(store, person.name) is None:
            people.add(store, person, "tester")
        else:  # the demo's own person of that name
            about = {"homes": own, "password_hash": hashed}
            people.change(store, person.name, "tester", "passphrase changed", **about)
    store.close()
