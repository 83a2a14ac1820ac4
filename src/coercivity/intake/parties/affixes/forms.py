"""Company forms at the end of a name, and the countries whose law has them."""

from __future__ import annotations

from coercivity.intake.parties.names import all_words, without_forms

_FAMILIES = """
us inc incorporated corp corporation co company llc llp lp coinc cocorp
gb ltd limited plc coltd companylimited pteltd pvtltd privatelimited ptyltd private pte pty
de gmbh mbh ag kg kgaa ohg ug gmbhcokg agcokg
fr sa sas sarl eurl sca
it spa srl
nl bv nv vof cv
nordic as asa aps ab oy oyj
east sro spolsro spzoo zoo zrt kft nyrt doo uab sia
ru jsc ojsc cjsc pjsc pao ooo oao zao
jp kk gk yk kabushikikaisha
"""
_FAMILY_OF = {form: line.split()[0] for line in _FAMILIES.strip().splitlines() for form in line.split()[1:]}
_EVERYWHERE = frozenset({"gb", "us"})  # forms that firms of many countries put in English


def form_of(name: str) -> str:
    """Returns the company form at the end of a name in Latin letters, folded and without spaces; blank if none."""
    words = [word for word in all_words(name) if word != "and"]
    kept = without_forms(words)
    return "".join(words[words.index(kept[-1]) + 1 :]) if kept and len(kept) < len(words) else ""


def forms_differ(one: str, other: str) -> bool:
    """Returns whether two company forms are of different countries, and neither is how English puts them."""
    families = _FAMILY_OF.get(one, ""), _FAMILY_OF.get(other, "")
    return bool(all(families) and families[0] != families[1] and not _EVERYWHERE.issuperset(families))
