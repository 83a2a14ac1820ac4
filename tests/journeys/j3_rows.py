"""The rows of journey 3: a messy ERP extract of a motor group, generated from a seed.

`python tests/journeys/j3_rows.py OUT_DIR --rows 1000000 --seed 3` writes

- `rows.csv` (UTF-8) and `rows_zh.csv` (GB18030, Chinese column names, the same rows),
- `rows.xlsx` (the first 200,000 of the same rows, every cell as text),
- `standing.yaml`, which answers screening, use and knowledge for the whole file,
- `planted.csv`: number of the row (the first one under the column names is 1) and what was planted in it.

The same rows, seed and law pack give the same bytes in every file.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import coercivity

LAW = Path(coercivity.__file__).parent / "packs" / "law"
# fmt: off
COLUMNS = {
    "id": "编号", "date": "日期", "material": "物料", "composition": "成分", "hs": "商品编码", "quantity": "数量", "unit": "单位",
    "price": "单价", "currency": "币种", "from": "起运国", "to": "目的国", "end_user": "最终用户", "end_use": "最终用途",
}
# fmt: on
SHARES = {"blank": 0.02, "comma": 0.01, "date": 0.01, "unit": 0.005, "duplicate": 0.002, "formula": 0.001}
LISTED_SHARE = 0.002
FIRST, LAST = date(2025, 1, 1), date(2026, 12, 31)
XLSX_ROWS = 200_000
ROWS_A_CONTRACT = 40  # of an order book, most rows call off the same few contracts


@dataclass(frozen=True, slots=True)
class Material:
    """What the group buys and sells, and in which proportions its rows name it.

    Attributes:
        weight: How often it is drawn.
        open_without: Without its composition nobody can say whether it is listed.
    """

    name: str
    zh: str
    hs: str
    unit: str
    price_usd: float
    weight: int
    compositions: tuple[str, ...]
    open_without: bool = False


@dataclass(frozen=True, slots=True)
class Planted:
    """One row that was made dirty, with what stood there before, by column."""

    row: int
    kind: str
    clean: dict[str, str]


@dataclass(frozen=True, slots=True)
class Extract:
    """All cells by column, and what was planted by number of the row (from 1)."""

    columns: dict[str, list[str]]
    planted: dict[int, Planted]

    def row(self, number: int) -> dict[str, str]:
        """Returns a row as it is in the file."""
        return {name: cells[number - 1] for name, cells in self.columns.items()}

    def clean_row(self, number: int) -> dict[str, str]:
        """Returns a row as it was before anything was planted in it."""
        found = self.planted.get(number)
        return {**self.row(number), **(found.clean if found else {})}


def _sintered() -> tuple[str, ...]:
    shares = (
        "0.06",
        "0.15",
        "0.3",
        "0.5",
        "0.65",
        "0.8",
        "1.0",
        "1.2",
        "1.4",
        "1.6",
        "1.8",
        "2.1",
        "2.4",
        "2.8",
        "3.5",
        "4.2",
    )
    heavy = [(dy, tb) for dy in shares for tb in ("", "Tb 0.4 %, ", "Tb 1.0 %, ")]
    with_dy = [f"Dy {dy} %, {tb}Nd+Pr {30.5 - float(dy):.1f} %" for dy, tb in heavy]
    light = [f"Dy 0 %, Tb 0 %, Nd+Pr {share} %" for share in ("28.5", "29.2", "30.0", "30.4", "31.2", "31.5", "32.1")]
    both = [f"Dy {dy} %, Nd+Pr {share} %" for dy in ("0.25", "0.9", "1.5", "1.8") for share in ("28.4", "29.6", "30")]
    boron = [
        f"Dy {dy} %, Tb {tb} %, Nd+Pr {30 - float(dy):.1f} %, B 0.98 %" for dy in ("0", "1.1") for tb in ("0", "0.2")
    ]
    return (*with_dy, *light * 5, *both, *boron)


def _around(head: str, low: float, high: float, steps: int, tail: str = "") -> tuple[str, ...]:
    """Compositions in equal steps, such as `Sm 25.5 %, Co 50 %`."""
    return tuple(f"{head} {low + (high - low) * step / (steps - 1):.1f} %{tail}" for step in range(steps))


# fmt: off
_NO_HEAVY = "Dy 0 %, Tb 0 %, Nd+Pr"
_POWDER = (*_around(_NO_HEAVY, 27.5, 29.5, 8), *_around("Dy 1.1 %, Nd+Pr", 26.5, 28.5, 8))
MATERIALS = (
    Material("Sintered NdFeB magnet", "烧结钕铁硼磁体", "8505111000", "kg", 62.0, 12, _sintered(), open_without=True),
    Material("NdFeB magnet, block", "钕铁硼磁体毛坯", "8505111000", "kg", 58.0, 5, _sintered()[::2], open_without=True),
    Material("Bonded NdFeB magnet", "粘结钕铁硼磁体", "8505111000", "kg", 38.0, 4, _around(_NO_HEAVY, 24.5, 27.5, 12), open_without=True),
    Material("SmCo magnet", "钐钴磁体", "8505111000", "kg", 118.0, 3, _around("Sm", 23.5, 26.5, 16, ", Co 50.5 %")),
    Material("Ferrite magnet", "铁氧体磁体", "8505190000", "kg", 6.5, 5, _around("Sr 8.5 %, Fe", 58.5, 62.5, 12)),
    Material("NdFeB magnet powder", "钕铁硼磁粉", "7202991200", "kg", 41.0, 2, _POWDER, open_without=True),
    Material("NdPr metal", "镨钕金属", "2805302900", "kg", 78.0, 3, _around("Pr 24.5 %, Nd", 73.5, 75.4, 10)),
    Material("Dysprosium oxide", "氧化镝", "2846901500", "kg", 224.0, 2, ("Dy2O3 99.5 %", "Dy2O3 99.9 %")),
    Material("Terbium metal", "金属铽", "2805301300", "kg", 1010.0, 1, ("Tb 99.5 %", "Tb 99.9 %")),
    Material("Dysprosium-iron alloy", "镝铁合金", "7202999100", "kg", 240.0, 2, _around("Dy 79.5 %, Fe", 18.5, 20.4, 8)),
    Material("Lanthanum carbonate", "碳酸镧", "2846909990", "kg", 1.2, 2, ("La 45.5 %", "La 46.2 %", "La 44.8 %")),
    Material("Yttrium oxide", "氧化钇", "2846901100", "kg", 9.5, 2, ("Y2O3 99.99 %", "Y2O3 99.999 %")),
    Material("Cerium oxide", "氧化铈", "2846101000", "t", 2100.0, 1, ("CeO2 99.5 %", "CeO2 99.9 %")),
    Material("Samarium metal", "金属钐", "2805301910", "kg", 16.5, 1, ("Sm 99.5 %", "Sm 99.9 %")),
    Material("Electric motor", "电动机", "8501520000", "pcs", 185.0, 5, _around("Dy 0.1 %, Nd+Pr", 1.1, 2.4, 10)),
    Material("Rotor with magnets", "带磁体转子", "8503009090", "pcs", 64.0, 4, _around("Dy 0.2 %, Nd+Pr", 3.1, 5.4, 12)),
)
FROM = {"CN": 74, "VN": 9, "DE": 8, "JP": 6, "MY": 3}
TO = (
    "DE", "DE", "DE", "US", "US", "JP", "JP", "KR", "KR", "VN", "VN", "FR", "IT", "ES", "PL", "CZ", "HU", "SK", "AT",
    "SE", "GB", "MX", "CA", "BR", "IN", "TH", "MY", "ID", "TR", "NL", "CN",
)
COUNTRIES_ZH = {
    "CN": "中国", "VN": "越南", "DE": "德国", "JP": "日本", "MY": "马来西亚", "US": "美国", "KR": "韩国", "FR": "法国", "IT": "意大利",
    "ES": "西班牙", "PL": "波兰", "CZ": "捷克", "HU": "匈牙利", "SK": "斯洛伐克", "AT": "奥地利", "SE": "瑞典", "GB": "英国", "MX": "墨西哥",
    "CA": "加拿大", "BR": "巴西", "IN": "印度", "TH": "泰国", "ID": "印度尼西亚", "TR": "土耳其", "NL": "荷兰",
}
UNITS_ZH = {"kg": "千克", "t": "吨", "pcs": "件"}
USES = {
    "traction motors, passenger cars": "乘用车牵引电机", "wiper motors, passenger cars": "乘用车雨刮电机",
    "window lift motors": "车窗升降电机", "electric power steering": "电动助力转向",
    "servo motors for machine tools": "机床伺服电机", "compressors for air conditioners": "空调压缩机",
    "elevator drives": "电梯曳引机", "loudspeakers, home audio": "家用音响扬声器",
    "wind turbine generators": "风力发电机", "pumps for heating systems": "供暖系统水泵",
    "power tools": "电动工具", "washing machine motors": "洗衣机电机",
}
CURRENCIES = {"USD": 1.0, "EUR": 0.9, "CNY": 7.1, "JPY": 150.0}
BAD_UNITS = ("drum", "palette", "hk", "crate", "roll", "box?", "桶")
FORMULAS = (
    "=1+1", "=A2", "=SUM(F2:F9)", '=HYPERLINK("http://example.invalid/","open")', "=cmd|' /C calc'!A0", '=IF(D2="","",D2)',
)
FORMULA_COLUMNS = ("material", "composition", "quantity", "price", "to", "end_user", "end_use")
# fmt: on


def end_users() -> list[str]:
    """Returns 400 invented names of companies; two of them begin with a sign that a spreadsheet would run."""
    western = ("Motor Works {:03} GmbH", "Drive Systems {:03} Ltd", "Antriebe {:03} AG", "Moteurs {:03} SARL")
    eastern = (
        "电机制造{:03}有限公司",
        "驱动系统{:03}股份有限公司",
        "Motor Seisakusho {:03} KK",
        "Rotor Parts {:03} Co., Ltd.",
    )
    forms = (*western, *eastern)
    names = [forms[number % len(forms)].format(number) for number in range(1, 399)]
    return [*names, "+Plus Drives 399 GmbH", "@Home Motors 400 Oy"]


def listed_parties(count: int = 36) -> list[tuple[str, str]]:
    """Returns names of listed parties with their country, spread over the packed list, some in Chinese."""
    with (LAW / "parties.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    chosen = rows[:: max(1, len(rows) // count)][:count]
    return [
        (row["name_zh"] if place % 3 == 2 and row["name_zh"] else row["name_en"], row["country"])
        for place, row in enumerate(chosen)
    ]


@dataclass(frozen=True, slots=True)
class _Contract:
    material: Material
    composition: str
    price: str
    currency: str
    start: str
    to: str
    end_user: str
    end_use: str


def _contracts(rng: random.Random, count: int) -> list[_Contract]:
    materials = rng.choices(MATERIALS, [material.weight for material in MATERIALS], k=count)
    starts = rng.choices([*FROM], [*FROM.values()], k=count)
    users, uses, money = end_users(), [*USES], [*CURRENCIES]
    found = []
    for material, start in zip(materials, starts, strict=True):
        currency = rng.choice(money)
        price = material.price_usd * CURRENCIES[currency] * rng.uniform(0.85, 1.2)
        composition, to = rng.choice(material.compositions), rng.choice(TO)
        while to == start:
            to = rng.choice(TO)
        who, use = rng.choice(users), rng.choice(uses)
        found.append(_Contract(material, composition, f"{price:.2f}", currency, start, to, who, use))
    return found


def _quantities(rng: random.Random) -> dict[str, list[str]]:
    """Some hundred amounts a unit; two of three in kilograms or tonnes have decimals."""
    kilograms = [f"{rng.uniform(5, 5000):.{rng.choice((0, 1, 2))}f}" for _ in range(600)]
    tonnes = [f"{rng.uniform(0.5, 20):.{rng.choice((0, 1, 3))}f}" for _ in range(300)]
    return {"kg": kilograms, "t": tonnes, "pcs": [str(rng.randint(1, 400) * 50) for _ in range(300)]}


def extract(rows: int, seed: int = 3) -> Extract:
    """Returns the rows and what was planted in them."""
    rng = random.Random(f"{seed}")
    contracts = _contracts(rng, max(20, rows // ROWS_A_CONTRACT))
    chosen = rng.choices(contracts, k=rows)
    days = [(FIRST + timedelta(days=past)).isoformat() for past in range((LAST - FIRST).days + 1)]
    amounts, picks = _quantities(rng), rng.choices(range(600), k=rows)
    columns = {
        "id": [f"SO-{number:07}" for number in range(1, rows + 1)],
        "date": rng.choices(days, k=rows),
        "material": [contract.material.name for contract in chosen],
        "composition": [contract.composition for contract in chosen],
        "hs": [contract.material.hs for contract in chosen],
        "quantity": [
            (pool := amounts[contract.material.unit])[pick % len(pool)]
            for contract, pick in zip(chosen, picks, strict=True)
        ],
        "unit": [contract.material.unit for contract in chosen],
        "price": [contract.price for contract in chosen],
        "currency": [contract.currency for contract in chosen],
        "from": [contract.start for contract in chosen],
        "to": [contract.to for contract in chosen],
        "end_user": [contract.end_user for contract in chosen],
        "end_use": [contract.end_use for contract in chosen],
    }
    return Extract(columns, _Planting(rng, columns, rows).run())


class _Planting:
    """Writes listed names and every kind of dirt into clean columns; no row gets two kinds."""

    def __init__(self, rng: random.Random, columns: dict[str, list[str]], rows: int) -> None:
        self.rng, self.columns, self.rows = rng, columns, rows
        self.order = rng.sample(range(rows), rows)
        self.taken: set[int] = set()
        self.planted: dict[int, Planted] = {}
        self.open_without = {material.name for material in MATERIALS if material.open_without}

    def run(self) -> dict[int, Planted]:
        self._listed_names()
        plants: dict[str, tuple[Callable[[int], bool], Callable[[int], dict[str, str]]]] = {
            "blank": (self._hangs_on_composition, lambda at: {"composition": ""}),
            "comma": (self._has_decimals, self._with_commas),
            "date": (lambda at: True, self._dotted),
            "unit": (lambda at: True, lambda at: {"unit": self.rng.choice(BAD_UNITS)}),
            "duplicate": (lambda at: at >= self.rows // 2, self._id_of_an_earlier_row),
            "formula": (
                lambda at: True,
                lambda at: {self.rng.choice(FORMULA_COLUMNS): self.rng.choice(FORMULAS)},
            ),
        }
        for kind, (fits, dirty) in plants.items():
            for at in self._take(round(self.rows * SHARES[kind]), fits):
                self._plant(at, kind, dirty(at))
        return dict(sorted(self.planted.items()))

    def _take(self, count: int, fits: Callable[[int], bool]) -> list[int]:
        found = list(itertools.islice((at for at in self.order if at not in self.taken and fits(at)), count))
        if len(found) < count:
            raise SystemExit(f"{self.rows} rows are too few: {count} of a kind wanted, {len(found)} fit")
        self.taken.update(found)
        return found

    def _plant(self, at: int, kind: str, dirty: dict[str, str]) -> None:
        self.planted[at + 1] = Planted(at + 1, kind, {name: self.columns[name][at] for name in dirty})
        for name, cell in dirty.items():
            self.columns[name][at] = cell

    def _listed_names(self) -> None:
        parties = listed_parties()
        for at in self._take(round(self.rows * LISTED_SHARE), lambda at: True):
            name, country = self.rng.choice(parties)
            self.columns["end_user"][at], self.columns["to"][at] = name, country

    def _hangs_on_composition(self, at: int) -> bool:
        """Out of China, once No. 18 of 2025 is in force, of a thing that its name does not settle."""
        columns = self.columns
        abroad = columns["from"][at] == "CN" != columns["to"][at]
        return abroad and columns["date"][at] >= "2025-04-04" and columns["material"][at] in self.open_without

    def _has_decimals(self, at: int) -> bool:
        return "." in self.columns["composition"][at] and "." in self.columns["quantity"][at]

    def _with_commas(self, at: int) -> dict[str, str]:
        return {name: self.columns[name][at].replace(".", ",") for name in ("composition", "quantity")}

    def _dotted(self, at: int) -> dict[str, str]:
        year, month, day = self.columns["date"][at].split("-")
        return {"date": f"{day}.{month}.{year}"}

    def _id_of_an_earlier_row(self, at: int) -> dict[str, str]:
        """The id of a row near above, in which nothing else is planted and which is repeated once only."""
        other = next(place for place in range(at - 1, -1, -1) if place not in self.taken)
        self.taken.add(other)
        return {"id": self.columns["id"][other]}


def reports(
    found: Extract, kinds: Sequence[str] = ("comma", "date")
) -> Iterator[tuple[int, dict[str, str], dict[str, str]]]:
    """Yields the number of each row planted with a kind, the row as written and its clean counterpart."""
    for number, planted in found.planted.items():
        if planted.kind in kinds:
            yield number, found.row(number), found.clean_row(number)


def in_chinese(columns: dict[str, list[str]]) -> dict[str, list[str]]:
    """Returns the columns with Chinese words for material, unit, countries and use, where there is one."""
    words = {
        "material": {material.name: material.zh for material in MATERIALS},
        "unit": UNITS_ZH,
        "from": COUNTRIES_ZH,
        "to": COUNTRIES_ZH,
        "end_use": USES,
    }
    return {
        name: [words[name].get(cell, cell) for cell in cells] if name in words else cells
        for name, cells in columns.items()
    }


def write_csv(path: Path, columns: dict[str, list[str]], names: Sequence[str], encoding: str = "utf-8") -> None:
    """Writes columns under the names given."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(zip(*columns.values(), strict=True))


def write_xlsx(path: Path, columns: dict[str, list[str]], most: int = XLSX_ROWS) -> None:
    """Writes the first rows as a workbook in which every cell is text, never a formula."""
    import xlsxwriter  # type: ignore[import-untyped]

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties({"created": datetime(2026, 1, 1)})  # so that two workbooks are alike
        sheet = book.add_worksheet("rows")
        for place, row in enumerate([tuple(columns), *itertools.islice(zip(*columns.values(), strict=True), most)]):
            for column, cell in enumerate(row):
                if cell:
                    sheet.write_string(place, column, cell)


def write_standing(path: Path) -> None:
    """Writes the standing block of the pack as the word of a desk for its whole file."""
    import yaml

    packed = yaml.safe_load((LAW / "standing.yaml").read_text(encoding="utf-8"))
    standing = {**packed, "said_by": "the trade compliance desk, for the whole file"}
    path.write_text(yaml.safe_dump({"standing": standing}, sort_keys=False, allow_unicode=True), encoding="utf-8")


def write_planted(path: Path, found: Extract) -> None:
    """Writes number, id and kind of each planted row, its columns and the first of them as it was clean."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["row", "id", "kind", "columns", "clean"])
        for number, planted in found.planted.items():
            cells = (number, found.columns["id"][number - 1], planted.kind)
            writer.writerow([*cells, ";".join(planted.clean), ";".join(planted.clean.values())])


def write_all(out: Path, rows: int, seed: int = 3, *, chinese_words: bool = False, xlsx: bool = True) -> Extract:
    """Writes every file of the journey and returns what is in them."""
    out.mkdir(parents=True, exist_ok=True)
    found = extract(rows, seed)
    write_csv(out / "rows.csv", found.columns, [*COLUMNS])
    zh = in_chinese(found.columns) if chinese_words else found.columns
    write_csv(out / "rows_zh.csv", zh, [*COLUMNS.values()], "gb18030")
    if xlsx:
        write_xlsx(out / "rows.xlsx", found.columns)
    write_standing(out / "standing.yaml")
    write_planted(out / "planted.csv", found)
    return found


def main() -> None:
    """Reads the command line and writes."""
    parser = argparse.ArgumentParser(description="Writes the rows of journey 3.")
    parser.add_argument("out", type=Path, metavar="OUT_DIR")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--chinese-words", action="store_true", help="cells of rows_zh.csv in Chinese too")
    parser.add_argument("--no-xlsx", action="store_true", help="leave the workbook out")
    told = parser.parse_args()
    found = write_all(told.out, told.rows, told.seed, chinese_words=told.chinese_words, xlsx=not told.no_xlsx)
    print(f"{told.rows:,} rows, {len(found.planted):,} of them planted, in {told.out}")


if __name__ == "__main__":
    main()
