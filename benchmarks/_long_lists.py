"""Long lists of made-up parties for measuring speed: as entries, and in the shape of a US consolidated list as CSV."""

from __future__ import annotations

import csv
import io
from itertools import product

from benchmarks._name_lists import lei, pick
from coercivity.data.parties.listed import EntryName, Identifier, ListEntry, NamedList

COLUMNS = (
    "_id", "source", "entity_number", "type", "programs", "name", "title", "addresses", "federal_register_notice", "start_date", "end_date",
    "standard_order", "license_requirement", "license_policy", "call_sign", "vessel_type", "gross_tonnage", "gross_registered_tonnage",
    "vessel_flag", "vessel_owner", "remarks", "source_list_url", "alt_names", "citizenships", "dates_of_birth", "nationalities",
    "places_of_birth", "source_information_url", "ids",
)  # fmt: skip
_A = "Ald Bar Cor Dun Esk Fen Gar Hol Ick Jer Kel Lor Mun Nar Orm Pel Quin Ros Sten Tor Ult Vas Wex Yel Zan".split()  # noqa: SIM905
_B = "amar belin cadan dorin evar fidal gorim hadan isol jaren kiran lorem mikan nadir olvan paresh ritam solen tavar urin".split()  # noqa: SIM905
_ENDS = ["", "ov", "ini", "sen", "dze", "uk", "yan", "ez"]
_C = [
    "Trading",
    "Shipping",
    "Aerospace",
    "Electronics",
    "Petrochemical",
    "Engineering",
    "Technology",
    "Industries",
    "General Trading",
    "Group",
]
_FORMS = ["LLC", "FZE", "Co., Ltd.", "JSC", "OOO", "GmbH", "Limited", "SA", "Sdn. Bhd.", "Pte Ltd"]
_GIVEN = "Adem Boris Carlo Dmitri Emil Farid Goran Hamid Igor Jamal Karim Leon Marat Nabil Oleg Pavel Rashid Samir Timur Yusuf".split()  # noqa: SIM905
_ZH_A, _ZH_B = "华中北东南海天金大新国信远宏瑞", "兴源达胜科贸通联邦茂泰安盛洋峰"
_ZH_C = ["贸易有限公司", "科技有限公司", "航运有限公司", "电子技术股份有限公司", "进出口有限公司"]
_TOWNS = [
    "Dubai, AE",
    "Moscow, RU",
    "Shenzhen, CN",
    "Hong Kong, HK",
    "Istanbul, TR",
    "Minsk, BY",
    "Kuala Lumpur, MY",
    "Sharjah, AE",
]


def _names(count: int) -> list[tuple[str, str, str]]:
    """Returns kind, main name and alias of so many parties: six firms, three persons and one ship of ten."""
    heads = [a + b + end for end, b, a in product(_ENDS, _B, _A)]
    firms = [f"{head} {_C[(n + turn) % 10]} {pick(head, _FORMS)}" for turn in range(10) for n, head in enumerate(heads)]
    persons = [f"{head.upper()}, {_GIVEN[(n + turn) % 20]}" for turn in range(20) for n, head in enumerate(heads[::-1])]
    signs = ["".join(parts) for parts in product(_ZH_A, _ZH_B, _ZH_A, _ZH_C)]
    found = []
    for n in range(count):
        if n % 10 < 6:
            number = n // 10 * 6 + n % 10
            firm = firms[number % len(firms)]
            name = (
                firm if number < len(firms) else f"{firm.split()[0]} {pick(str(n), _B).title()} {firm.split(' ', 1)[1]}"
            )
            alias = signs[number % len(signs)] if number % 3 == 0 else f"{name.split()[0].upper()} {pick(name, _C)}"
            found.append(("Entity", name, alias))
        elif n % 10 < 9:
            number = n // 10 * 3 + n % 10 - 6
            person = persons[number % len(persons)]
            found.append(("Individual", person, f"{pick(person, _GIVEN)} {person.split(',')[0].title()}"))
        else:
            found.append(("Vessel", f"{pick(str(n), _A)}{pick(f'b{n}', _B)} {n % 97}".upper(), ""))
    return found


def long_list(count: int, list_id: str = "long") -> NamedList:
    """Returns a list of so many entries with their aliases."""
    entries = []
    for n, (kind, name, alias) in enumerate(_names(count)):
        names = [EntryName(name), *([EntryName(alias, "alias")] if alias else [])]
        identifiers = (Identifier("lei", lei(n)),) if n % 4 == 0 else ()
        person = kind == "Individual"
        entries.append(ListEntry(f"{list_id}-{n}", list_id, tuple(names), person=person, identifiers=identifiers))
    return NamedList(list_id, tuple(entries), sha256=f"{list_id}{count}")


def consolidated(count: int) -> str:
    """Returns a CSV of so many entries in the columns of the US consolidated screening list."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="")
    writer.writeheader()
    for n, (kind, name, alias) in enumerate(_names(count)):
        town = _TOWNS[n % len(_TOWNS)]
        row = {
            "_id": f"{n:024x}", "entity_number": str(10_000 + n), "type": kind, "name": name, "alt_names": alias,
            "source": "Entity List (EL) - Bureau of Industry and Security" if n % 3 else "Specially Designated Nationals (SDN) - Treasury Department",
            "programs": "" if n % 3 else "RUSSIA-EO14024", "addresses": f"Building {n % 90}, Industrial Zone, {town}; P.O. Box {n}, {town}",
            "federal_register_notice": "89 FR 12345" if n % 3 else "", "start_date": f"20{10 + n % 15}-{1 + n % 12:02d}-{1 + n % 28:02d}",
            "license_requirement": "For all items subject to the EAR" if n % 3 else "", "license_policy": "Presumption of denial" if n % 3 else "",
            "ids": f"Registration Number, {1_000_000 + n}" if n % 2 else "", "dates_of_birth": "1970-01-01" if kind == "Individual" else "",
            "source_list_url": "https://lists.example/entity-list", "source_information_url": "https://lists.example/about",
        }  # fmt: skip
        writer.writerow(row)
    return out.getvalue()
