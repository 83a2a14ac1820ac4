"""Abbreviated words of company names: usual ones by a table, others by their first letters."""

from __future__ import annotations

from coercivity.intake.parties.likeness.trade_words import COMMON

# An abbreviation and the words it stands for, as written in English, German, French and Italian names.
_TABLE = """
intl international|natl national|mfg manufacturing|mfr manufacturer|mgmt management|svc service|svcs services
dept department|dev development|eng engineering|engrg engineering|engr engineering|tech technology technologies
techs technologies|sys systems system|aerosp aerospace|def defense defence|dfns defense defence|gp group|grp group
hldg holding|hldgs holdings|bros brothers|assn association|assoc associates association|lab laboratory laboratories
labs laboratories|inst institute institut|univ university|ind industries industrial|inds industries|elec electric
electr electric electronics|mach machinery|mech mechanical|chem chemical chemicals|mtl materials material|mtls materials
matls materials|prod products production|prods products|comm communications|comms communications|res research
sci science scientific|govt government|fed federal|gen general|cntr center centre|ctr center centre|div division
equip equipment|equipt equipment|instr instruments|invest investment|inv investment|log logistics|mar marine maritime
metall metallurgical|mil military|ord ordnance|pwr power|semi semiconductor|sec security|sol solutions|solns solutions
st saint|ste sainte|str street|tr trading|transp transport transportation|veh vehicle vehicles|adv advanced
appl applied|auto automotive automation|av avionics aviation|co company|corp corporation|ent enterprises enterprise
ets etablissements|gebr gebrueder gebruder|ges gesellschaft|masch maschinenbau|fab fabrik|soc societe societa
dr drive|mt mount|ft fort|n north|s south|e east|w west|no number|nr nummer|u und|jr junior|sr senior
"""
_WORDS = {
    line.split()[0]: frozenset(line.split()[1:]) for row in _TABLE.strip().splitlines() for line in row.split("|")
}


def long_words(short: str) -> frozenset[str]:
    """Returns the words that an abbreviation stands for by the table."""
    return _WORDS.get(short, frozenset())


def is_short(short: str, word: str) -> bool:
    """Returns whether a word abbreviates another: by the table, its initial, its prefix, or some letters in order.

    Args:
        short: The shorter word.
        word: The longer one.
    """
    if word in _WORDS.get(short, ()):
        return True
    if short[0] != word[0] or len(word) < len(short) + 2:
        return len(short) == 1 and short == word[0]
    if short.isdigit():
        return False
    if word.startswith(short):
        return True
    rest = iter(word)
    whole = len(short) > 2 and 2 * len(short) >= len(word) - 1 and short not in COMMON and short[-1] in word[-2:]
    return whole and all(sign in rest for sign in short)
