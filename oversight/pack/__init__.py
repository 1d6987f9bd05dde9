"""The papers of a review: PDF, slides, Word and Excel, from what was frozen alone."""

from oversight.pack.hiding import Audience
from oversight.pack.writing import FORMATS, Written, body, file_name, write

__all__ = ["FORMATS", "Audience", "Written", "body", "file_name", "write"]
