"""Four papers, one snapshot: each says what was frozen, and what the others say."""

import copy
import io
from dataclasses import replace

import openpyxl
import pikepdf
import pypdf
import pytest
from pptx import Presentation
from read_back import plain, words_of

from oversight.pack.hiding import Audience, shown_of
from oversight.pack.paper import paper_of
from oversight.pack.pdf import pdf
from oversight.pack.writing import FORMATS, MAKERS
from oversight.review.agenda import FILLED
from oversight.words import STATUS_WORDS, Status

GROUP, OUTSIDE = Audience.GROUP, Audience.OUTSIDE


@pytest.mark.parametrize("name", FORMATS)
def test_every_figure_status_and_sentence_frozen_is_in_every_paper(
    papers, document, name
):
    said = plain(words_of(name, papers[GROUP].bodies[name]))
    assert plain(document["first_sentence"]) in said
    for one in document["measures"]:
        assert plain(one["sentence"]) in said, one["id"]
        assert plain(one["so_what"]) in said
        assert plain(one["brief"].removeprefix(one["title"] + ": ").rstrip(".")) in said
    for strand in document["strands"]:
        assert plain(strand["sentence"]) in said
        assert plain(STATUS_WORDS[Status(strand["status"])]) in said
    for source in document["sources"]:
        assert all(plain(doubt) in said for doubt in source["doubts"])


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("name", FORMATS)
def test_every_paper_says_what_it_is_of_and_that_it_is_a_draft(papers, name, audience):
    paper = papers[audience].paper
    said = plain(words_of(name, papers[audience].bodies[name]))
    assert plain(paper.footer) in said
    assert "DRAFT" in said
    assert plain("has not been signed and sealed") in said or name == "pptx"
    for person in ("Zoë Ångström", "Siân Ó Briain", "Łukasz Żółć"):
        assert plain(person) in said
    assert all(plain(asked) in said for asked in paper.asked)
    assert plain(paper.how_sure) in said


@pytest.mark.parametrize("name", FORMATS)
def test_a_sealed_review_gives_no_draft(review, document, name):
    paper = paper_of(replace(review, state="sealed"), document, GROUP)
    assert "draft" not in words_of(name, MAKERS[name](paper)).casefold()


def test_the_first_page_of_the_pdf_is_the_whole_answer(papers):
    body = io.BytesIO(papers[GROUP].bodies["pdf"])
    page, paper = plain(pypdf.PdfReader(body).pages[0].extract_text()), papers[GROUP]
    assert plain(paper.paper.bottom_line) in page
    assert all(plain(one.sentence) in page for one in paper.paper.strands)
    assert all(plain(one) in page for one in paper.paper.asked)
    assert plain(paper.paper.how_sure) in page


def test_the_pdf_is_archivable_accessible_and_the_same_each_time(papers):
    held = papers[GROUP]
    assert pdf(held.paper) == held.bodies["pdf"]
    with pikepdf.open(io.BytesIO(held.bodies["pdf"])) as read:
        meta = read.open_metadata()
        assert meta["pdfuaid:part"] == "1"
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "A")
        assert read.Root.Lang == "en-GB"
        assert read.Root.MarkInfo.Marked
        images = [one for page in read.pages for one in page.get_images()]
        assert images == []  # every chart is drawn: its text is text
    assert len(held.bodies["pdf"]) < 2_000_000


def test_a_slide_has_the_chart_of_the_snapshot_native(papers):
    held = papers[GROUP]
    found = {}
    for slide in Presentation(io.BytesIO(held.bodies["pptx"])).slides:
        assert slide.shapes.title.text
        for shape in slide.shapes:
            if shape.has_chart:
                found[shape.name] = shape
    charted = [one for one in held.paper.figures if one.chart is not None]
    assert set(found) == {one.title for one in charted}
    for figure in charted:
        shape, spec = found[figure.title], figure.chart
        described = shape._element.nvGraphicFramePr.cNvPr.get("descr")
        assert described == spec.alternative
        plot = shape.chart.plots[0]
        assert list(plot.categories) == [point.label for point in spec.points]
        lines = ("Average", "Upper limit", "Lower limit", "Target")
        drawn = {s.name: list(s.values) for s in plot.series if s.name not in lines}
        values = [
            next((v[at] for v in drawn.values() if v[at] is not None), None)
            for at in range(len(spec.points))
        ]
        real = [point.value for point in spec.points]
        assert [v for v, r in zip(values, real, strict=True) if r is not None] == [
            pytest.approx(r) for r in real if r is not None
        ]


def test_the_workbook_has_every_case_and_its_contents_lead_there(papers, document):
    book = openpyxl.load_workbook(io.BytesIO(papers[GROUP].bodies["xlsx"]))
    listed = [row[0].value for row in book["Contents"].iter_rows(min_row=5)]
    assert listed == book.sheetnames[1:]
    for one in document["measures"]:
        if one["cases"]:
            sheet = book[f"{one['id']} cases"]
            refs = [row[0].value for row in sheet.iter_rows(min_row=5)]
            assert list(map(str, refs)) == [case["case_ref"] for case in one["cases"]]
    charts = sum(len(sheet._charts) for sheet in book.worksheets)
    assert charts == sum(one.chart is not None for one in papers[GROUP].paper.figures)


@pytest.mark.parametrize("name", FORMATS)
def test_outside_no_small_count_and_no_case_is_told(papers, document, name):
    said = words_of(name, papers[OUTSIDE].bodies[name])
    small = [one for one in document["measures"] if 0 < one["total"] - one["met"] < 5]
    assert small, "the made-up company has a measure with a small count"
    for one in small:
        if one["status"] != "not_known":
            assert plain(one["sentence"]) not in plain(said), one["id"]
            figure = f"{one['met']} of {one['total']}"
            assert f"{one['title']}: {figure}" not in said
    for one in document["measures"]:
        assert all(case["case_ref"] not in said for case in one["cases"][:5])
    statuses = {one.id: one.status_words for one in papers[OUTSIDE].paper.figures}
    inside = {one.id: one.status_words for one in papers[GROUP].paper.figures}
    assert statuses == inside


@pytest.mark.parametrize(
    ("met", "total", "unknown", "status", "is_hidden"),
    [
        (95, 100, 0, "met", False),
        (96, 100, 0, "met", True),
        (100, 100, 0, "met", False),
        (0, 5, 0, "not_met", False),
        (0, 4, 0, "not_met", True),
        (4, 20, 0, "not_met", True),
        (95, 100, 4, "not_known", True),
        (99, 100, 0, "not_known", False),  # no number of it is said
    ],
)
def test_what_would_tell_of_fewer_than_five_is_hidden(
    document, met, total, unknown, status, is_hidden
):
    one = copy.deepcopy(document["measures"][0])
    one |= {"met": met, "total": total, "unknown": unknown, "status": status}
    assert (shown_of(one, OUTSIDE).figure == "not shown") is is_hidden
    assert shown_of(one, GROUP).figure != "not shown"


def test_what_looks_like_a_formula_stays_words(review, document):
    evil = copy.deepcopy(document)
    evil["measures"][0]["title"] = '=HYPERLINK("http://x","y")'
    evil["measures"][0]["cases"] = [
        {"case_ref": "@SUM(1)", "home": "+1", "happened_on": "-2", "is_met": True}
    ]
    book = openpyxl.load_workbook(
        io.BytesIO(MAKERS["xlsx"](paper_of(review, evil, GROUP)))
    )
    cells = [c for sheet in book.worksheets for row in sheet.iter_rows() for c in row]
    assert "@SUM(1)" in [cell.value for cell in cells]
    assert all(cell.data_type != "f" for cell in cells)


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_year_has_papers_that_say_so(review, document, name):
    nothing = document | {"measures": [], "sources": [], "accepted": [], "homes": {}}
    nothing["first_sentence"] = "No measure has been judged yet."
    said = words_of(name, MAKERS[name](paper_of(review, nothing, OUTSIDE)))
    assert plain("No measure has been judged yet.") in plain(said)
    assert plain("nothing is known") in plain(said)


@pytest.mark.parametrize("name", FORMATS)
def test_two_hundred_actions_are_all_there(review, document, name):
    rows = [[f"ACT-{n:03}", f"Do the {n}th thing", "Zoë"] for n in range(200)]
    part = {"title": "Actions: all/of [them]", "says": ["200 actions."]}
    many = document | {
        "agenda": [part | {"heads": ["No.", "What", "Who"], "rows": rows}]
    }
    said = plain(words_of(name, MAKERS[name](paper_of(review, many, GROUP))))
    assert all(f"ACT-{n:03}" in said for n in range(200))


def test_a_name_with_every_accent_is_set(review, document):
    odd = replace(review, chair="Nguyễn Thị Đặng Ærøskøbing ß Ğ Ő Ẁ Γιώργος Ольга")
    said = words_of("pdf", pdf(paper_of(odd, document, GROUP)))
    assert plain("Nguyễn Thị Đặng Ærøskøbing ß Ğ Ő Ẁ Γιώργος Ольга") in plain(said)


def test_the_made_up_company_fills_every_item_of_the_agenda(document):
    found = document["agenda"]
    assert [item["order"] for item in found] == list(FILLED)
    for item in found:
        assert item["says"]
        assert all(len(row) == len(item["heads"]) for row in item["rows"])
        assert all(isinstance(cell, str) for row in item["rows"] for cell in row)
