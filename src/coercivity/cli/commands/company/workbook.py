"""`coercivity firm`: the workbook of a company."""

from __future__ import annotations

from pathlib import Path

from coercivity.base.words import say
from coercivity.cli.new_file import must_be_new
from coercivity.cli.options import AsJson, Flag, MaybeDay, TextLang
from coercivity.cli.out import put, put_json


def template(*, out: Path, example: Flag = False, lang: TextLang = "en") -> int:
    """Write the empty workbook of a company: every sheet with its columns, what they hold, and lists to choose from.

    Args:
        out: XLSX file to write.
        example: Fill in the rows of an invented company.
    """
    from coercivity.verbs.workbook import example_file, workbook_template, write_workbook

    must_be_new(out)
    write_workbook(out, workbook_template(lang, example=example_file() if example else None))
    put(say(_WRITTEN, lang).format(file=out.as_posix()))
    return 0


def quick(
    *,
    out: Path,
    on: MaybeDay = None,
    plant: str = "",
    grade: str = "",
    stock_kg: str = "",
    use_kg: str = "",
    lot_kg: str = "",
    leaves: str = "",
    transit_days: str = "",
    usual_days: str = "",
    slow_days: str = "",
    line_day_keur: str = "",
    lang: TextLang = "en",
) -> int:
    """Write a first workbook from ten values and the day of the count; complete it later.

    Assumed: the licence of the next lot is filed on the day of the count, and one licence in five is slow.

    Args:
        on: Day of the stock count, YYYY-MM-DD or today.
        plant: Name of the plant.
        grade: Grade of the magnet, such as N42SH.
        stock_kg: Stock that can be used [kg].
        use_kg: Use a day [kg].
        lot_kg: Mass of the next lot [kg].
        leaves: Day on which it is ready to leave, YYYY-MM-DD.
        transit_days: Days from leaving to the plant.
        usual_days: Days to the licence, usual.
        slow_days: Days to the licence, slow.
        line_day_keur: Cost of a day without production [1000 EUR].
        out: File to write: .xlsx or .yaml.
    """
    from coercivity.verbs.workbook import workbook_export, workbook_quick

    given = {
        "on": on or "", "plant": plant, "grade": grade, "stock_kg": stock_kg, "use_kg": use_kg, "lot_kg": lot_kg,
        "leaves": leaves, "transit_days": transit_days, "usual_days": usual_days, "slow_days": slow_days,
        "line_day_keur": line_day_keur,
    }  # fmt: skip
    must_be_new(out)
    workbook_export(workbook_quick(given), out, lang)
    put(say(_WRITTEN, lang).format(file=out.as_posix()), say(_NEXT, lang).format(file=out.as_posix()))
    return 0


def check(file: Path, *, json_: AsJson = False, lang: TextLang = "en") -> int:
    """Show the rows of a workbook by sheet, the cells that each answer still needs, and its hash.

    Exit code: 0 if the workbook can be read; 2 with all its faults otherwise.

    Args:
        file: XLSX workbook, YAML file, or folder of CSV files.
    """
    from coercivity.verbs.workbook import workbook_check

    found = workbook_check(file)
    if json_:
        put_json(found.as_dict())
    else:
        put(*found.lines(lang))
    return 0


def export(file: Path, *, out: Path, lang: TextLang = "en") -> int:
    """Write a workbook in another form; it loads again to the same answer and hash.

    Args:
        file: XLSX workbook, YAML file, or folder of CSV files.
        out: File to write (.xlsx or .yaml), or folder for CSV files.
    """
    from coercivity.verbs.workbook import workbook_export

    must_be_new(out)
    found = workbook_export(file, out, lang)
    put(say(_WRITTEN, lang).format(file=out.as_posix()), say(_HASH, lang).format(hash=found))
    return 0


_WRITTEN = {"en": "{file} written", "zh": "已写入 {file}"}
_NEXT = {"en": "next: `coercivity survive {file}`", "zh": "下一步：`coercivity survive {file}`"}
_HASH = {"en": "Hash: {hash}", "zh": "哈希值：{hash}"}
