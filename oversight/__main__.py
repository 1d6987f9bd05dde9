"""The command line: `python -m oversight …`."""

import click

from oversight.commands import (
    clocks,
    company,
    figures,
    files,
    inbox,
    keeping,
    law,
    limits,
    papers,
    records,
    reviews,
    stated,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Shows whether the information-governance policy is kept, from rows."""


for command in (
    company.demo,
    company.user,
    files.import_,
    files.undo,
    files.refusals,
    files.kinds,
    files.rows,
    files.status,
    inbox.inbox,
    figures.measures,
    figures.cases,
    figures.trend,
    figures.spc,
    limits.reset,
    limits.resets,
    keeping.backup,
    keeping.restore,
    keeping.rebuild,
    keeping.accept_loss,
    keeping.show_journal,
    records.verify,
    records.clauses,
    law.policy_check,
    law.look_ahead_,
    law.toolkit_,
    law.frameworks_,
    stated.sign,
    stated.confirm,
    stated.not_applicable,
    stated.take_back_,
    stated.statements_,
    clocks.clock,
    clocks.grid,
    reviews.review,
    papers.pack,
):
    main.add_command(command)

if __name__ == "__main__":
    main(prog_name="oversight")
