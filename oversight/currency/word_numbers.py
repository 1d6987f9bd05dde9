"""The numbers that Word shows before a paragraph and does not keep in its text."""

from collections import defaultdict
from typing import Any, Final

MAIN: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS: Final = 9
ROMAN: Final = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class Numbering:
    """Counts as Word does: one counter a level, begun anew below a higher one."""

    def __init__(self, document: Any):
        self._levels = _levels(document)
        self._styles = {style.style_id: style.element for style in document.styles}
        self._counts: dict[str, list[int]] = defaultdict(lambda: [0] * LEVELS)

    def before(self, paragraph: Any) -> str:
        """What stands before a paragraph: "6.3. ", a bullet, or nothing."""
        said = _list_of(paragraph._p, self._styles)
        if said is None or said[0] not in self._levels:
            return ""
        number, level = said
        levels = self._levels[number]
        form, text, _ = levels.get(level, ("none", "", 1))
        if form == "none":
            return ""
        if form == "bullet":
            return "• "
        counts = self._counts[number]
        counts[level] = max(counts[level] + 1, levels[level][2])
        counts[level + 1 :] = [0] * (LEVELS - level - 1)
        for at in range(level + 1):
            own_form, _, start = levels.get(at, ("decimal", "", 1))
            text = text.replace(f"%{at + 1}", _shown(counts[at] or start, own_form))
        return f"{text} "


def _levels(document: Any) -> dict[str, dict[int, tuple[str, str, int]]]:
    """By list: each level's form, text ("%1.%2.") and first number."""
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError):  # a document without any list
        return {}
    drawn = {
        _value(each, "abstractNumId", attribute=True): {
            int(_value(level, "ilvl", attribute=True)): (
                _value(level, "numFmt") or "decimal",
                _value(level, "lvlText"),
                int(_value(level, "start") or 1),
            )
            for level in each.findall(f"{MAIN}lvl")
        }
        for each in root.findall(f"{MAIN}abstractNum")
    }
    return {
        _value(each, "numId", attribute=True): drawn.get(
            _value(each, "abstractNumId"), {}
        )
        for each in root.findall(f"{MAIN}num")
    }


def _list_of(element: Any, styles: dict[str, Any]) -> tuple[str, int] | None:
    """The list and level of a paragraph, its own or its style's."""
    seen: set[str] = set()
    while element is not None:
        about = element.find(f"{MAIN}pPr")
        found = None if about is None else about.find(f"{MAIN}numPr")
        if found is not None and (number := _value(found, "numId")):
            return number, min(int(_value(found, "ilvl") or 0), LEVELS - 1)
        if element.tag == f"{MAIN}p":
            name = "" if about is None else _value(about, "pStyle")
        else:
            name = _value(element, "basedOn")
        if name in seen:
            return None
        seen.add(name)
        element = styles.get(name)
    return None


def _value(element: Any, name: str, attribute: bool = False) -> str:
    if attribute:
        return str(element.get(f"{MAIN}{name}") or "")
    child = element.find(f"{MAIN}{name}")
    return "" if child is None else str(child.get(f"{MAIN}val") or "")


def _shown(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman"):
        text = ""
        for value, sign in ROMAN:
            text += sign * (number // value)
            number %= value
        return text if form == "lowerRoman" else text.upper()
    return str(number)
