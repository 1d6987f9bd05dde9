"""`reset` and `resets`: limits start afresh from the command line, with a reason."""

import pytest

from tests.command_line import oversight


def test_the_command_line_resets_lists_and_withdraws(store_path):
    asked = ["reset", "s05", "--from", "2025-12-05", "--as", "A. Grey"]
    done = oversight(*asked, "--why", "two new homes joined", store=store_path)
    assert (done.status, done.out) == (
        0,
        "The limits of S05 start afresh from 2025-12-05.\n",
    )
    listed = oversight("resets", "--json", store=store_path)
    assert listed.document == [
        {
            "measure": "S05",
            "day": "2025-12-05",
            "why": "two new homes joined",
            "person": "A. Grey",
        }
    ]
    back = oversight(*asked, "--why", "they left again", "--withdraw", store=store_path)
    assert back.status == 0
    assert oversight("resets", store=store_path).out == "None.\n"


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (["S99", "--why", "two new homes"], "There is no measure 'S99'"),
        (["S05", "--why", "x"], "only with a reason"),
        (["L11", "--why", "two new homes"], "L11 is a legal duty on 2025-12-05"),
    ],
)
def test_the_command_line_refuses_in_a_sentence(store_path, asked, sentence):
    done = oversight("reset", *asked, "--from", "2025-12-05", store=store_path)
    assert done.status == 1
    assert sentence in done.err
    assert done.out == ""
