"""Several sheets of one layout as one: the rows of each below those of the last."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from oversight.reading_room.profiles import fold
from oversight.reading_room.readers import Row, Sheet

# A row of the second sheet is numbered from here, of the third from twice here, so that
# a file's rows stay apart: the number in its sheet is what remains (line_of, in SQL).
NEXT_SHEET = 1 << 40


@dataclass(frozen=True)
class JoinedSheets(Sheet):
    """Sheets whose columns may stand in any order; the first one's headings lead."""

    headings: Row
    parts: tuple[tuple[Sheet, Row], ...]  # each sheet and its own row of headings

    @classmethod
    def of(cls, parts: Sequence[tuple[Sheet, Row]]) -> "JoinedSheets":
        """One sheet of several, the first one's headings leading."""
        first, headings = parts[0]
        cells = list(headings.cells)
        known = {fold(cell) for cell in cells}
        for _, others in parts[1:]:
            for cell in others.cells:
                if cell.strip() and fold(cell) not in known:
                    cells.append(cell)
                    known.add(fold(cell))
        whole = Row(headings.number, tuple(cells))
        return cls(first.path, first.name, "", "", (whole,), None, whole, tuple(parts))

    def rows(self) -> Iterator[Row]:
        """The rows below each sheet's headings."""
        width = len(self.headings.cells)
        for nth, (sheet, headings) in enumerate(self.parts):
            places = self._places(headings)
            for row in sheet.rows():
                if row.number <= headings.number:
                    continue
                cells = [""] * width
                for at, cell in enumerate(row.cells):
                    if cell and at >= len(headings.cells):
                        cells.append(cell)  # beyond the headings: the row is refused
                    elif cell and places[at] is not None:
                        cells[places[at] or 0] = cell
                if any(cell.strip() for cell in cells):
                    yield Row(nth * NEXT_SHEET + row.number, tuple(cells))

    def _places(self, headings: Row) -> list[int | None]:
        if headings.cells == self.headings.cells[: len(headings.cells)]:
            return list(range(len(headings.cells)))
        folded = [fold(cell) for cell in self.headings.cells]
        return [
            folded.index(fold(cell)) if cell.strip() else None
            for cell in headings.cells
        ]
