"""What a paper is made of, whatever it is about: tables of words, and titled parts."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """Headings and rows of words."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Part:
    """One item of the agenda, or one part of the minutes."""

    title: str
    sentences: tuple[str, ...]
    table: Table
