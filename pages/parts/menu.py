"""Where each page stands in the menu: the groups of sections, and their words.

The one place that knows them. A section that no group names has a group of its own, so
that a page is in the menu by being there.
"""

from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Final

FIRST: Final = ""  # stands in the bar by itself, before the groups
FEW: Final = 5  # pages that fit the bar without groups

GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    FIRST: ("overview",),
    "Measures": ("measures", "homes"),
    "Practice": ("incidents", "audits", "training", "access"),
    "Policy": ("policy", "toolkit", "lookahead"),
    "Review": ("review", "actions"),
    "Data": ("records", "data", "explore", "trust"),
    "Settings": ("settings",),
}


def group_of(section: str) -> str:
    """The words of the group that a section stands in."""
    for words, sections in GROUPS.items():
        if section in sections:
            return words
    return section.capitalize()


def grouped(modules: Sequence[ModuleType]) -> dict[str, list[ModuleType]]:
    """Pages by group: groups in their order, pages in that of their sections.

    Few pages have no groups: a menu of one is a click more to no end.
    """
    if len(modules) <= FEW:
        return {FIRST: list(modules)}
    found: dict[str, list[ModuleType]] = {words: [] for words in GROUPS}
    for module in modules:
        found.setdefault(group_of(module.SECTION), []).append(module)
    return {words: held for words, held in found.items() if held}


def is_in_menu(module: ModuleType) -> bool:
    """Whether a page is one to choose, and not one of many come to by its address."""
    return getattr(module, "IN_MENU", True)
