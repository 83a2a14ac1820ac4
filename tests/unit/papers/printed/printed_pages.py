"""What is on printed pages: their text, and their ink."""

from __future__ import annotations

import io
import re
from typing import Any, cast

import numpy as np
import typst
from numpy.typing import NDArray
from PIL import Image
from pypdf import PdfReader

from coercivity.papers.printed.data import paper_files
from coercivity.papers.printed.fonts import loaded_fonts
from coercivity.papers.printed.typesetting import FOLDER, TEMPLATES
from coercivity.papers.shared.paper.document import PrintedPaper

PIXELS_PER_CM = 40
INK = 100  # darker than this; hairlines and grey texts are lighter


def pages(pdf: bytes) -> list[str]:
    """The text of each page without blanks, which a reader of PDF guesses."""
    return [without_blanks(page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]


def without_blanks(text: str) -> str:
    """A text without blanks."""
    return re.sub(r"\s+", "", text)


def inked(paper: PrintedPaper) -> list[NDArray[np.bool_]]:
    """Where there is ink on each page, as rows of pixels."""
    files = {name: (FOLDER / name).read_bytes() for name in TEMPLATES} | paper_files(paper)
    files["main.typ"] = files["paper.typ"]
    made: Any = typst.compile(
        cast(Any, files),
        format="png",
        ppi=PIXELS_PER_CM * 2.54,
        font_paths=loaded_fonts(),
        ignore_system_fonts=True,
    )
    drawn = made if isinstance(made, list) else [made]
    return [np.asarray(Image.open(io.BytesIO(one)).convert("L")) < INK for one in drawn]
