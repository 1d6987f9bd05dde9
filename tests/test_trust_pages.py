"""The reference pages of trust, and the bill of materials, say what is so."""

import json
import re
import subprocess

from oversight.store import ROOT
from tools import licences, role_table

REFERENCE = ROOT / "docs" / "reference"


def test_the_table_of_roles_equals_what_the_code_says():
    written = (REFERENCE / "roles.md").read_text(encoding="utf-8")
    assert written == role_table.page(), "roles.md is behind: run `make fix`"
    assert "| manage people | – | – | – | – | yes |" in written


def test_the_licences_are_those_of_what_is_installed():
    written = (REFERENCE / "licences.md").read_text(encoding="utf-8")
    assert written == licences.page(), "licences.md is behind: run `make fix`"


def test_no_licence_binds_what_is_built_on_it():
    for name, _ in licences.pinned():
        terms = licences.licence_of(name)
        weak = any(word in terms for word in licences.WEAK)
        assert weak or not licences.REFUSED.search(terms), f"{name}: {terms}"
        assert terms != "not said", name


def test_every_package_is_pinned_by_hash():
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[A-Za-z0-9])", lock)
    pins = [block for block in blocks if re.match(r"[A-Za-z0-9._-]+==", block)]
    assert len(pins) > 50
    assert all("--hash=sha256:" in block for block in pins)


def test_the_bill_of_materials_lists_every_package(tmp_path):
    out = tmp_path / "bom.json"
    subprocess.run([ROOT / "tools" / "bom", out], cwd=ROOT, check=True)
    bom = json.loads(out.read_text(encoding="utf-8"))
    assert (bom["bomFormat"], bom["specVersion"]) == ("CycloneDX", "1.6")
    listed = {(one["name"].lower(), one["version"]) for one in bom["components"]}
    assert {(n.lower(), v) for n, v in licences.pinned()} <= listed
