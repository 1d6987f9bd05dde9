"""`python -m oversight spc FILE` is the same function, held to the same references."""

import csv
import json
import math
from datetime import date
from pathlib import Path

import pytest

from oversight.signals import spc
from tests import reference
from tests.command_line import oversight, oversight_process
from tests.signals.test_spc import (
    MDC_ASSURANCE,
    MDC_POINTS,
    ORACLE,
    R_CASES,
    R_ICONS,
    R_INPUTS,
    R_POINTS,
)

AS_REFERENCE = ("--min-points", 0, "--keep-collapsed-limits", "--json")
R_COLUMNS = {
    "value": "value",
    "mean": "mean",
    "lpl": "lpl",
    "upl": "upl",
    "outside_limits": "outside_limits",
    "relative_to_mean": "relative_to_mean",
    "close_to_limits": "close_to_limits",
    "shift": "shift7",
    "trend": "trend7",
    "two_of_three": "two_of_three",
    "special_cause_type": "special_cause_type",
    "point_type": "point_type",
}
MDC_COLUMNS = {
    "value": "value",
    "mean": "mean",
    "lpl": "lpl",
    "upl": "upl",
    "outside_limits": "single_point",
    "shift": "shift",
    "trend": "trend",
    "two_of_three": "two_of_three",
    "point_type": "point_type",
}


def write(path: Path, rows: list[dict[str, str]], columns: list[str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


def is_same(got: object, wanted: str) -> bool:
    if got is None or wanted == "":
        return got is None and wanted == ""
    if isinstance(got, str):
        return got == wanted
    return math.isclose(float(got), float(wanted), rel_tol=1e-9)


def different(points, wanted, columns) -> list[str]:
    return [
        f"{point['date']} {name}: wanted {row[column]!r}, got {point[name]!r}"
        for point, row in zip(points, wanted, strict=True)
        for name, column in columns.items()
        if not is_same(point[name], row[column])
    ]


def options_of(case: dict[str, str], facet: str) -> list[object]:
    """What R was told, as the command takes it."""
    asked: list[object] = ["--direction", case["improvement_direction"]]
    target, rebase = case["target"], case["rebase"]
    if target.startswith("{"):
        # A facet without a target of its own still has an icon in R: from no day on.
        number = json.loads(target).get(facet)
        target = "9999-01-01:0" if number is None else str(number)
    if rebase.startswith("{"):
        rebase = json.loads(rebase).get(facet, "")
    asked += ["--target", target] if target else []
    asked += ["--rebase", rebase.replace(";", ",")] if rebase else []
    fix = case["fix_after_n_points"]
    asked += ["--fix", fix] if fix else []
    asked += ["--no-screen"] if case["screen_outliers"] != "TRUE" else []
    return [*asked, "--profile", "nhsr", *AS_REFERENCE]


@pytest.mark.parametrize(
    "key",
    [pytest.param(key, id=" ".join(key)) for key in R_INPUTS] or [reference.ABSENT],
)
def test_the_command_reproduces_the_r_package(key, tmp_path):
    reference.require(ORACLE)
    case = R_CASES[key[0]]
    file = write(tmp_path / "series.csv", R_INPUTS[key], ["date", "value"])
    done = oversight("spc", file, *options_of(case, key[1]))
    if case["kind"] == "error":
        assert (done.status, done.out) == (1, "")
        assert done.err.strip().endswith(".")
        return
    assert done.status == 0, done.err
    if case["r_error"]:
        return
    found = done.document
    assert different(found["points"], R_POINTS[key], R_COLUMNS) == []
    [icons] = R_ICONS[key]
    assert found["variation_icon"] == icons["variation_icon"]
    assert (found["assurance_icon"] or "") == icons["assurance_icon"]


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case["case_id"])
        for case in reference.rows(f"{ORACLE}/mdc_cases.csv")
    ]
    or [reference.ABSENT],
)
def test_the_command_reproduces_the_nhs_query(case, tmp_path):
    reference.require(ORACLE)
    wanted = MDC_POINTS[case["case_id"],]
    file = write(tmp_path / "series.csv", wanted, ["date", "value", "ghost"])
    asked: list[object] = ["--direction", case["improvement_direction"]]
    asked += ["--target", case["target"]] if case["target"] else []
    resets = case["recalc_dates"].replace(";", ",")
    asked += ["--rebase", resets] if resets else []
    asked += ["--conflict", case["conflict_rule"]]
    found = oversight("spc", file, *asked, *AS_REFERENCE).document
    assert different(found["points"], wanted, MDC_COLUMNS) == []
    assurance = case["assurance_type"]
    assert found["assurance_icon"] == MDC_ASSURANCE.get(assurance, assurance)
    again = oversight("spc", file, *asked, "--min-points", 15, "--json").document
    assert (again["variation_icon"] is not None) == (case["icons_shown_15"] == "1")


MONTHS = [f"2025-{month:02}-01" for month in range(1, 13)] + ["2026-01-01"]


def series(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "series.csv"
    path.write_text(text, encoding="utf-8")
    return path


def drawn(values: list[object]) -> str:
    rows = [f"{day},{value}" for day, value in zip(MONTHS, values, strict=False)]
    return "\n".join(["date,value", *rows])


@pytest.mark.parametrize(
    ("text", "asked", "sentence"),
    [
        ("", [], "wanted headings date,value[,ghost]"),
        ("date,value\n", [], "and rows below them"),
        ("day,number\n2025-01-01,3\n", [], "wanted headings date,value[,ghost]"),
        ("date,value\n2025-01-01,3\n2025-01-01,4\n", [], "Duplicate rows found"),
        ("date,value\n2025-13-01,3\n", [], "row 2: wanted a date as YYYY-MM-DD"),
        ("date,value\n2025-01-01,many\n", [], "got '2025-01-01', 'many'"),
        ("date,value\n2025-01-01,inf\n", [], "got '2025-01-01', 'inf'"),
        ("date,value\n2025-01-01,3,9\n", [], "row 2"),
        ("date,value,ghost\n2025-01-01,3,2\n", [], "a ghost of 0 or 1; got"),
        (drawn([3]), ["--rebase", "April"], "--rebase wanted days as"),
        (drawn([3]), ["--target", "high"], "--target wanted a number"),
        (drawn([3]), ["--target", "nan"], "A target must be a plain number"),
        (drawn([3]), ["--target", "90,April:95"], "changes by date"),
        (drawn([3]), ["--fix", 5], "Limits can be fixed after 12 points or more"),
    ],
)
def test_what_cannot_be_judged_gets_a_sentence_and_status_1(
    tmp_path, text, asked, sentence
):
    done = oversight("spc", series(tmp_path, text), *asked)
    assert (done.status, done.out) == (1, "")
    assert sentence in done.err
    assert done.err.startswith(("series.csv", "--"))


def test_a_wrong_choice_is_wrong_use(tmp_path):
    file = series(tmp_path, drawn([3]))
    for asked in (["--profile", "x"], ["--direction", "up"], ["--conflict", "no"]):
        assert oversight("spc", file, *asked).status == 2
    assert oversight("spc", tmp_path / "none.csv").status == 2


def test_one_point_and_a_constant_series_are_judged_without_a_fault(tmp_path):
    one = oversight("spc", series(tmp_path, drawn([3])), "--json").document
    assert (one["variation_icon"], one["assurance_icon"]) == (None, None)
    assert one["points"][0]["lpl"] is None
    assert one["notes"] == ["Too few months to judge: 1 of the 12 needed."]
    same = series(tmp_path, drawn([100] * 13))
    flat = oversight("spc", same, "--target", 95, "--json").document
    assert (flat["variation_icon"], flat["assurance_icon"]) == ("common_cause", "pass")
    assert any("no variation yet" in note for note in flat["notes"])


@pytest.mark.parametrize("missing", ["", "NA", "NaN", "null"])
def test_a_missing_value_is_missing_however_it_is_written(tmp_path, missing):
    values = [3, 4, missing, 5, 4, 3, 4, 5, 4, 3, 4, 5, 4]
    found = oversight("spc", series(tmp_path, drawn(values)), "--json").document
    assert found["points"][2]["value"] is None
    assert found["variation_icon"] == "common_cause"


def test_a_target_may_change_by_date(tmp_path):
    file = series(tmp_path, drawn([90, 91, 92] * 4 + [91]))
    icons = [
        oversight("spc", file, "--target", target, "--json").document["assurance_icon"]
        for target in (
            "50",
            "50,2026-01-01:99",
            "99,2026-01-01:50",
            "50,2026-01-01:none",
        )
    ]
    assert icons == ["pass", "fail", "pass", None]
    late = oversight("spc", file, "--target", "2026-02-01:99", "--json").document
    assert late["assurance_icon"] is None


def test_early_limits_and_a_screening_that_was_not_used_are_said(tmp_path):
    blip = [100] * 6 + [96] + [100] * 6
    file = series(tmp_path, drawn(blip))
    asked = ("spc", file, "--profile", "nhsr", "--json")
    notes = " ".join(oversight(*asked).document["notes"])
    assert "screening would leave limits of no width" in notes
    assert "Early limits: they rest on 13 points" in notes
    kept = oversight(*asked, "--keep-collapsed-limits").document["notes"]
    assert not any("screening" in note for note in kept)


def test_ghosts_and_headings_are_read_as_people_write_them(tmp_path):
    rows = "\n".join(f"{day},{at},no" for at, day in enumerate(MONTHS))
    text = f"\ufeffDate, Value ,Ghost\n{rows}\n2026-02-01,999,TRUE\n"
    found = oversight("spc", series(tmp_path, text), "--json").document
    assert len(found["points"]) == 14
    assert found["points"][-1]["outside_limits"] == 0


def test_any_order_and_a_process_of_its_own_give_the_same(tmp_path):
    values = [3, 9, 4, 8, 5, 7, 6, 6, 7, 5, 8, 4, 9]
    heads, *rows = drawn(values).splitlines()
    plain = oversight("spc", series(tmp_path, drawn(values)), "--json")
    back = series(tmp_path, "\n".join([heads, *rows[::-1]]))
    assert oversight("spc", back, "--json").document == plain.document
    assert oversight_process("spc", back, "--json").document == plain.document
    judged = spc.judge(
        spc.Point(date.fromisoformat(day), value)
        for day, value in zip(MONTHS, values, strict=True)
    )
    assert plain.document["points"] == [spc.record(point) for point in judged.points]
