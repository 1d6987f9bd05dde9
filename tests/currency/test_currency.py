"""What is found in a policy's text, whatever it is kept as; and what must not be."""

import pytest
from command_line import oversight

from oversight.currency.checking import check, read_policy
from oversight.currency.passages import passages_of
from oversight.currency.rules import all_rules
from oversight.currency.texts import TextRefused, lines_of, policy_files
from oversight.reference import rows
from oversight.settings import DEFAULTS
from tests import reference as beside

NAMES = {
    "toolkit": DEFAULTS["toolkit name"],
    "toolkit_address": DEFAULTS["toolkit address"],
    "regulator": DEFAULTS["data protection regulator"],
    "regulator_short": DEFAULTS["data protection regulator in short"],
    "national_body": DEFAULTS["national body"],
}
POLICY = """\
1. Purpose
1.1 We look after what people confide in us, in line with the Data Protection
Act 1998 and the Human Rights Act 1998.
1.2. Our documents:
· Confidentiality policy No. 118 on access.
· Breach procedure (No. 090) on incidents; see also the Confidentiality policy
        No. 118.
· Staff code of conduct No.118 on speaking to others.
2. Reporting
2.1 The lead completes the IG Toolkit at Level 2 in all requirements.
2.2 A breach is told to NHS Digital at www.igt.hscic.gov.uk.
"""
EXPECTED = [
    ("1.1", "superseded law", "Data Protection Act 1998"),
    ("1.2c", "clashing number", "No. 118"),
    ("2.1", "superseded scheme", "IG Toolkit"),
    ("2.1", "superseded scheme", "Level 2"),
    ("2.2", "abolished body", "NHS Digital"),
    ("2.2", "dead link", "www.igt.hscic.gov.uk"),
]
MENDED = """\
1. Purpose
1.1 We keep to the UK GDPR and the Data Protection Act 2018, as amended by the Data
(Use and Access) Act 2025. They replaced the Data Protection Act 1998. We keep to
Regulation 17 (good governance) of the Health and Social Care Act 2008 (Regulated
Activities) Regulations 2014, and to the Health and Social Care Act 2012.
1.2 Our documents:
• Confidentiality policy No. 118 on access.
• Staff code of conduct No. 119, read with the Confidentiality policy (No. 118).
1.3 A record of processing is reviewed each year, and a retention timetable is kept.
2. People
2.1 A subject access request is answered within one calendar month. A complaint about
how personal data is used is acknowledged within 30 days. Health records of residents
who have died are given within 40 days, by the Access to Health Records Act 1990.
2.2 We keep to the eight Caldicott Principles; there are no surprises. Our Caldicott
Guardian is the registered manager. We keep to the national data opt-out.
2.3 A data-protection impact assessment is done before systems change.
3. Reporting
3.1 The lead publishes the Data Security and Protection Toolkit at Standards Met; it
took the place of the IG Toolkit, which is no longer used. Staff hold a Level 2
diploma.
3.2 A breach is reported to the ICO within 72 hours at https://www.dsptoolkit.nhs.uk/
and, where the risk is high, the people concerned are told without undue delay. NHS
England (formerly NHS Digital) runs it; NHS digital tools are used with care.
"""


def findings(path):
    return check([read_policy(path)], NAMES)


def in_text(path):
    return [
        (each.clause, each.finding, each.words)
        for each in findings(path)
        if each.finding != "missing subject"
    ]


def missing(path):
    found = (e for e in findings(path) if e.finding == "missing subject")
    return " ".join(each.amendment for each in found)


def plain(folder, text, name="policy.txt"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def word(folder, text, cut=5):
    """The same as Word has it: each paragraph in runs of so many letters."""
    import docx

    document = docx.Document()
    for passage in passages_of(text.splitlines()):
        lead = f"{passage.clause} " if "." in passage.clause else ""
        if passage.clause[-1:].isalpha():
            lead = "· "
        elif passage.clause and not lead:
            lead = f"{passage.clause}. "
        paragraph = document.add_paragraph()
        said = lead + passage.text
        for at in range(0, len(said), cut):
            paragraph.add_run(said[at : at + cut]).bold = at % 2 == 0
    path = folder / "policy.docx"
    document.save(path)
    return path


def pdf(folder, text):
    """The same as a printed page: narrow, hyphenated, with ligatures."""
    import typst

    source = folder / "policy.typ"
    escaped = "".join(f"\\{c}" if c in "#$*_`<>@\\=-+/[]~'\"" else c for c in text)
    lines = "".join(f"#par[{line}]\n\n" for line in paragraphs(escaped))
    source.write_text(
        "#set page(width: 92mm, height: 120mm, margin: 8mm)\n"
        '#set text(size: 10pt, lang: "en", hyphenate: true)\n'
        "#set par(justify: true)\n" + lines,
        encoding="utf-8",
    )
    path = folder / "policy.pdf"
    typst.compile(str(source), output=str(path))
    return path


def paragraphs(text):
    """Each numbered clause or bullet of a text as one line."""
    lines = []
    for line in text.splitlines():
        if line[:1].isdigit() or line[:1] in "·•":
            lines.append(line)
        else:
            lines[-1] += f" {line.strip()}"
    return lines


@pytest.mark.parametrize("kept_as", [plain, word, pdf])
def test_the_same_is_found_however_a_policy_is_kept(tmp_path, kept_as):
    assert in_text(kept_as(tmp_path, POLICY)) == EXPECTED


@pytest.mark.parametrize("kept_as", [plain, word, pdf])
def test_nothing_is_found_in_a_mended_policy(tmp_path, kept_as):
    assert findings(kept_as(tmp_path, MENDED)) == []


def test_the_companys_own_policy_as_it_stands():
    beside.require("policy")
    path = beside.SHARED / "policy" / "information-governance-policy.txt"
    assert in_text(path) == [
        ("4.1f", "clashing number", "No. 118"),
        ("6.3", "superseded law", "Data Protection Act 1998"),
        ("6.4", "wrong reference", "Health and Social Care Act 2009"),
        ("8.5", "wrong reference", "Data Standards legislation"),
        ("8.5", "superseded law", "Data Protection Act 1998"),
        ("9b", "superseded scheme", "NHS Information Governance Toolkit"),
        ("9b", "superseded scheme", "Level 2 or above"),
        ("9k", "abolished body", "NHS Digital"),
        ("9k", "superseded scheme", "IG Toolkit"),
        ("9k", "dead link", "https://www.igt.hscic.gov.uk"),
        ("9l", "superseded scheme", "NHS Information Governance assurance framework"),
    ]
    said = missing(path)
    for subject in (
        "UK GDPR",
        "Data Protection Act 2018",
        "Data (Use and Access) Act 2025",
        "complain about the use of personal data",
        "data protection impact assessment",
        "Caldicott principle 8",
        "national data opt-out",
        "Regulation 17",
        "72 hours",
        "residents who have died",
    ):
        assert subject in said


def test_every_clause_of_the_companys_policy_is_told_apart():
    beside.require("policy")
    path = beside.SHARED / "policy" / "information-governance-policy.txt"
    found = [passage.clause for passage in read_policy(path).passages]
    promised = {row["clause"] for row in beside.rows("policy/clauses.csv")}
    assert promised <= set(found)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the Data Protection Act, 1998 applies", "Data Protection Act, 1998"),
        ("the DATA PROTECTION ACT (1998)", "DATA PROTECTION ACT (1998"),
        ("the Data\u00a0Protection\u00a0Act\u00a01998", "Data Protection Act 1998"),
        ("the Data Protec\u00adtion Act 1998", "Data Protection Act 1998"),
        ("the Data Protec-\ntion Act\n1998", "Data Protection Act 1998"),
        ("the Data-Protection Act 1998", "Data-Protection Act 1998"),
        ("the DPA 1998", "DPA 1998"),
        ("the Health & Social Care Act 2009", "Health & Social Care Act 2009"),
        ("our NHS\u2011Digital contact", "NHS-Digital"),
        ("the Information Commissioner\u2019s O\ufb03ce", None),
        ("see https://www.igt.\nhscic.gov.uk/login", None),
        ("the Health and Social Care Information Centre", None),
        ("the seven Caldicott principles", "seven Caldicott"),
        ("a subject access request within 40 days", "40 days"),
    ],
)
def test_spellings_hyphens_and_line_ends_hide_nothing(tmp_path, text, words):
    found = in_text(plain(tmp_path, f"1.1 {text}."))
    assert [clause for clause, *_ in found] == ["1.1"]
    assert words is None or found[0][2] == words


@pytest.mark.parametrize(
    "text",
    [
        "the Data Protection Act 2018",
        "NHS digital tools and a digital NHS",
        "the NHS Digital Weight Management Programme",
        "the Data Protection Act 1998 was repealed in 2018",
        "the UK GDPR replaced the Data Protection Act 1998",
        "Level 2 training in safeguarding; the Toolkit is separate",
        "a Level 2 diploma, and the Toolkit's Standards Met",
        "the Information Commission, known as the ICO",
        "the Health and Social Care Act 2008",
        "records of those who have died within 40 days of a request; subject access",
        "eight Caldicott Principles",
        "Tel. No. 01632 960118 and room No. 118",
        "the Confidentiality policy No. 118; the Confidentiality Policy (No. 118)",
        "Record Keeping policy No. 117 and the Records Keeping Procedure No. 117",
        "Record Keeping policy No. 117 and Confidentiality policy No. 118",
    ],
)
def test_sound_text_is_left_alone(tmp_path, text):
    assert in_text(plain(tmp_path, f"1.1 {text}.")) == []


def test_a_body_is_gone_when_the_settings_name_another(tmp_path):
    path = plain(tmp_path, "1.1 It is run by NHS England.")
    assert in_text(path) == []
    renamed = NAMES | {"national_body": "the Department"}
    found = check([read_policy(path)], renamed)[0]
    assert (found.finding, found.words, found.current) == (
        "abolished body",
        "NHS England",
        "the Department",
    )


def test_a_number_that_begins_a_wrapped_line_is_no_clause(tmp_path):
    text = "1.1 We report it within\n72 hours, by the Data Protection Act\n1998, always"
    assert in_text(plain(tmp_path, text)) == [EXPECTED[0]]
    assert [p.clause for p in passages_of(["1.1 As clause", "9.3 says", "1.2 B"])] == [
        "1.1",
        "1.2",
    ]


def test_word_shows_numbers_that_its_text_does_not_hold(tmp_path):
    import docx

    document = docx.Document()
    for text in ("First", "The Data Protection Act 1998 applies"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("Told to NHS Digital", style="List Bullet")
    path = tmp_path / "numbered.docx"
    document.save(path)
    assert in_text(path) == [
        ("2", "superseded law", "Data Protection Act 1998"),
        ("2a", "abolished body", "NHS Digital"),
    ]


def test_tables_and_footers_of_word_are_read_too(tmp_path):
    import docx

    document = docx.Document()
    document.add_table(1, 1).rows[0].cells[0].text = "Data Protection Act 1998"
    document.sections[0].footer.paragraphs[0].text = "NHS Digital"
    path = tmp_path / "parts.docx"
    document.save(path)
    assert [words for *_, words in in_text(path)] == [
        "Data Protection Act 1998",
        "NHS Digital",
    ]


def test_a_number_may_clash_across_texts(tmp_path):
    one = plain(tmp_path, "Confidentiality policy No. 118", "a.txt")
    other = plain(tmp_path, "Staff code of conduct No. 118", "b.txt")
    found = [
        (each.file, each.current)
        for each in check([read_policy(one), read_policy(other)], NAMES)
        if each.finding == "clashing number"
    ]
    assert found == [("b.txt", "No. 118 is also 'Confidentiality policy'")]


def test_a_subject_is_missing_where_no_text_speaks_of_it(tmp_path):
    one = plain(tmp_path, "We keep to the UK GDPR", "a.txt")
    other = plain(tmp_path, "We keep to the national data opt-out", "b.txt")
    found = check([read_policy(one), read_policy(other)], NAMES)
    said = " ".join(each.amendment for each in found)
    assert {each.file for each in found} == {"all texts together"}
    assert "UK GDPR" not in said
    assert "opt-out" not in said
    assert "72 hours" in said


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("policy.odt", b"text", "wanted plain text"),
        ("policy.docx", b"no zip", "is not a Word file"),
        ("policy.pdf", b"%PDF-1.7 cut short", "is not a PDF that can be read"),
        ("policy.txt", b" \n\n", "there is no text in it"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path, name, data, words):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(TextRefused, match=words):
        lines_of(path)


def test_the_folder_is_named_by_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("OVERSIGHT_POLICIES", str(tmp_path))
    for name in ("b.txt", "README.md", ".hidden.txt", "a.txt"):
        plain(tmp_path, "text", name)
    assert [path.name for path in policy_files()] == ["a.txt", "b.txt"]


def test_every_rule_says_what_is_current_and_how_sure():
    rules = all_rules(NAMES)
    assert len({rule.id for rule in rules}) == len(rules)
    for rule in rules:
        assert rule.words
        assert rule.current
        assert rule.amendment
        assert rule.confidence in "ABC"
        assert rule.source
        assert "{" not in rule.current
        assert "{" not in rule.amendment.format(words="", clause="")
        assert rule.since or rule.id in ("HSCA2009", "NHSENGLAND", "LINKICO")


def test_the_register_holds_what_was_handed_over():
    beside.require("domain")
    assert rows("legislation_map") == beside.rows("domain/legislation_map.csv")


def test_the_command_gives_each_finding_and_words(tmp_path, store_path):
    path = plain(tmp_path, POLICY)
    told = oversight("policy-check", str(path), "--json", store=store_path)
    assert told.status == 0
    keys = "file clause finding words current since amendment confidence reference"
    assert [list(row) for row in told.document] == [[*keys.split(), "source"]] * len(
        told.document
    )
    assert (
        told.document
        == oversight("policy-check", str(path), "--json", store=store_path).document
    )
    words = oversight("policy-check", str(path), store=store_path).out
    assert "2.2   dead link: 'www.igt.hscic.gov.uk'" in words
    refused = oversight("policy-check", str(tmp_path / "no.txt"), store=store_path)
    assert refused.status == 1
    assert "cannot be used" in refused.err
