"""The reference tables: every row says whence it is and how sure, here and in SQL."""

from datetime import date

import pytest

from oversight import reference
from oversight.store import EVERYTHING, Store

pytestmark = pytest.mark.queries

# The policy's own clauses, which rest on the policy and on nothing else.
OURS = {"clauses"}
# A rule about a law says which row of the legislation map it rests on.
BY_REGISTER = {"policy_rules"}
TABLES = reference.tables()
each_table = pytest.mark.parametrize("name", TABLES)


def test_the_tables_the_product_needs_are_there():
    assert {
        "access_review_rules",
        "caldicott",
        "cqc_map",
        "dq_dimensions",
        "dspt_evidence_items",
        "ico_accountability",
        "legislation_map",
        "management_review",
        "ndg_standards",
        "retention",
        "training_categories",
    } <= set(TABLES)


@pytest.mark.parametrize("name", sorted(set(TABLES) - OURS))
def test_every_row_has_a_source_and_a_confidence(name):
    terms = {row["policy_term"] for row in reference.rows("legislation_map")}
    for row in reference.rows(name):
        if name in BY_REGISTER and not row["source"]:
            assert row["register"] in terms, row
            continue
        assert row["source"].strip(), row
        assert row["source"].strip() != "same", row
        assert row["confidence"] in ("A", "B", "C"), row


@each_table
def test_a_row_that_nobody_confirmed_is_never_shown_without_its_mark(name):
    title = reference.title_of(name)
    for row, seen in zip(reference.rows(name), reference.shown(name), strict=True):
        is_unsure = row.get("confidence") == "C"
        assert (reference.UNVERIFIED in seen[title]) is is_unsure
        assert seen[title].startswith(row[title])


@pytest.mark.parametrize(
    ("confidence", "said"),
    [("A", "8 years"), ("B", "8 years"), ("C", "8 years (unverified reference)")],
)
def test_only_confidence_c_is_marked(confidence, said):
    assert reference.marked("8 years", confidence) == said


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("dspt_evidence_items", ("version", "item")),
        ("dspt_optional_items", ("version", "item")),
        ("retention", ("code",)),
        ("access_review_rules", ("code",)),
        ("caldicott", ("no",)),
        ("ndg_standards", ("no",)),
        ("ico_accountability", ("no",)),
        ("dq_dimensions", ("code",)),
        ("management_review", ("kind", "order")),
        ("training_categories", ("bulk_upload_code",)),
    ],
)
def test_no_two_rows_of_a_table_share_their_key(name, key):
    keys = [tuple(row[part] for part in key) for row in reference.rows(name)]
    assert len(set(keys)) == len(keys) > 0


@each_table
def test_sql_reads_a_table_whole_with_its_types_and_its_marks(name, store: Store):
    listed = reference.rows(name)
    with store.reading(EVERYTHING) as cursor:
        found = cursor.execute(f"select * from reference_{name}()").fetchall()
        headings = [column[0] for column in cursor.description or []]
    assert headings == [*listed[0], "mark"]
    for row, said in zip(found, listed, strict=True):
        as_read = dict(zip(headings, row, strict=True))
        assert as_read.pop("mark") == (
            reference.mark(said.get("confidence", "")) or None
        )
        for heading, cell in as_read.items():
            assert ("" if cell is None else str(cell)) == said[heading]
            if heading in reference.WHOLE:
                assert cell is None or isinstance(cell, int)
            if heading in reference.DAYS:
                assert cell is None or isinstance(cell, date)
