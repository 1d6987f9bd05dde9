"""What every kind says of days that have not come."""

from datetime import timedelta

import pytest
from sending import findings, send

from oversight.reading_room import templates
from oversight.sources import all_sources
from tests.conftest import TODAY
from tests.kinds.conftest import calls, write

pytestmark = pytest.mark.queries

NOT_AFTER = "a day that is not after the day the file was taken"
SOURCES = {
    kind: source
    for kind, source in all_sources().items()
    if "refuse_future(" in source.definition.sql
}


@pytest.mark.parametrize("kind", SOURCES)
def test_what_happened_is_not_after_the_day_of_the_file(kind, store, tmp_path):
    source = SOURCES[kind]
    days = [
        args[0]
        for call, args in calls(source.definition.sql)
        if call == "refuse_future" and args[0] == args[1].strip("'")
    ]
    example = {column.name: templates.example(column) for column in source.columns}
    tomorrow = TODAY + timedelta(days=1)
    rows = [example | {name: str(day)} for name in days for day in (TODAY, tomorrow)]
    path = tmp_path / f"{kind}.csv"
    write(path, source, rows)
    report = send(store, path, kind=kind, taken_on=TODAY)
    found = {
        (finding.row, finding.column)
        for finding in findings(store, report)
        if NOT_AFTER in finding.reason
    }
    assert found == {(3 + 2 * at, name) for at, name in enumerate(days)}
