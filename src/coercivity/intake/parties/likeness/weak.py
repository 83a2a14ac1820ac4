"""Names that are the same and yet tell of nobody: two letters, one common word, a place."""

from __future__ import annotations

from coercivity.intake.parties.affixes.forms import form_of
from coercivity.intake.parties.likeness.lexicon import PLACE_NAMES, lexicon
from coercivity.intake.parties.likeness.parts import parts_of
from coercivity.intake.parties.names import fold

_LEAST_LETTERS = 3


def says_little(name: str, listed: str) -> bool:
    """Returns whether a written name, although the same as a listed one, may as well be anybody's.

    Args:
        name: The name as written; its company form makes it tell more, if the listed name has the same.
        listed: The listed name.
    """
    if not name.isascii():
        return fold(name) in lexicon().signs
    parts = parts_of(name)
    if not parts.words or (" ".join(name.split()) == " ".join(listed.split()) and form_of(listed)):
        return False
    common = len(parts.words) == 1 and parts.joined in lexicon().common
    if not common and parts.joined not in PLACE_NAMES and len(parts.joined) >= _LEAST_LETTERS:
        return False
    form = form_of(name)
    return not form or form[:1] != form_of(listed)[:1]
