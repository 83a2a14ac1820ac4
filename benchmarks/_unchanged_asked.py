"""Commands and requests that `benchmarks/unchanged.py` sends to a checkout, some in a process of that checkout."""

from __future__ import annotations

import contextlib
import io
import itertools
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

ON, LANGS, J3_ROWS = "2026-11-24", ("en", "zh"), 20_000
CASES = ("ev-motor", "magnet-jv", "motor-reexport", "smco-defence")
DAYS = [word for day in ("2025-10-20", "2026-03-02", "2026-11-10", ON) for word in ("--on", day)]
LOT = ["act=goods", "form=magnet", "magnet_type=NdFeB", "elements=Nd;Pr;Dy", "from=CN", "to=DE"]
MAGNETS = [word for fact in LOT for word in ("--fact", fact)]
METAL = [
    word
    for fact in ("act=reexport", "form=metal", "elements=Sm", "from=NL", "to=US", "origin=CN")
    for word in ("--fact", fact)
]
DEEP = ["--explain", "--papers", "--flips", "--windows"]
SPAN, CLAUSE = ["--from", "2025-01", "--to", "2025-03"], "a18-1c905"
LATER = ["--from", "2026-11", "--to", "2027-01"]
HELD_BACK = "examples/overlays/extension-2027.yaml"
Commands = list[tuple[str, list[str]]]


def in_each_form(name: str, words: list[str]) -> Commands:
    """Returns a command in its JSON, English and Chinese forms."""
    texts = [(f"{name}.{lang}.txt", [*words, "--lang", lang]) for lang in LANGS]
    return [(f"{name}.json", [*words, "--json"]), *texts]


def commands() -> dict[str, Commands]:
    """Returns the commands of each section, each with the file for its output."""
    proofs = [
        *in_each_form("decide-magnets", ["decide", *MAGNETS, "--on", "2025-08-15", *DEEP]),
        *in_each_form("decide-metal", ["decide", *METAL, "--on", "2025-10-20", *DEEP]),
        *in_each_form("decide-file", ["decide", "deals.yaml", *DEEP]),
        *in_each_form("rules-status", ["rules", "status", "--on", ON]),
        *in_each_form("rules-diff", ["rules", "diff", "2026-03-02", ON, "--deals", "examples/magnet-jv"]),
        *in_each_form("rules-show", ["rules", "show", CLAUSE]),
        *in_each_form("survive", ["survive", "examples/ev-motor", "--on", ON]),
        *in_each_form("clock-magnets", ["clock", *MAGNETS, "--on", ON]),
        ("overlay.txt", ["rules", "overlay", HELD_BACK, "--deals", "examples/magnet-jv", "--on", ON]),
        ("calendar.json", ["rules", "calendar", "--on", ON, "--json", "--ics", "made/proofs/days.ics"]),
        ("rules-list.json", ["rules", "list", "--json"]),
        ("rules-check.txt", ["rules", "check"]),
        ("facts.json", ["facts", "--format", "json"]),
        ("facts.md", ["facts", "--format", "markdown"]),
        ("facts.zh.txt", ["facts", "--lang", "zh"]),
        ("data-check.json", ["data", "check", "--on", ON, "--json"]),
        ("data-list.json", ["data", "list", "--json"]),
        ("cases-run.json", ["cases", "run", "--json"]),
        ("cases-cover.txt", ["cases", "cover"]),
        ("doctor.txt", ["doctor", "--on", ON]),
        ("version.txt", ["--version"]),
    ]
    for case in CASES:
        proofs += in_each_form(f"replay-{case}", ["replay", f"examples/{case}", *DAYS])
        proofs += in_each_form(f"clock-{case}", ["clock", f"examples/{case}", "--on", ON])
    proofs.append(("replay-out.txt", ["replay", "examples/magnet-jv", *DAYS, "--out", "made/proofs/replay.json"]))
    erp = ["batch", "examples/erp-extract/extract.csv", "--on-column", "date", "--format", "csv", "--format", "xlsx"]
    j3 = ["batch", "j3/rows.csv", "--on-column", "date", "--part-rows", "8000"]
    own = "examples/scenarios/own-plant.yaml"
    brief = ["brief", "examples/ev-motor", "--on", ON]
    names = "decide batch facts base-year outlook clause-price survive clock brief rules replay cases proof data doctor"
    return {
        "proofs": proofs,
        "batch": [
            ("j3.txt", [*j3, "--format", "parquet", "--format", "csv", "--out", "made/batch/j3"]),
            ("j3.zh.txt", ["batch", "j3/rows_zh.csv", "--on-column", "日期", "--lang", "zh", "--out", "made/batch/zh"]),
            ("row.txt", [*j3, "--row", "7"]),
            ("erp.json", [*erp, "--json", "--out", "made/batch/erp"]),
        ],
        "market": [
            ("branches.txt", ["outlook", "as-known", own, *LATER, "--out", "made/market/branches"]),
            ("short.zh.txt", ["outlook", "controls-back", *SPAN, "--lang", "zh", "--out", "made/market/short"]),
            *in_each_form("clause-price", ["clause-price", CLAUSE, *SPAN])[::2],
            *in_each_form("base-year", ["base-year"]),
        ],
        "brief": [
            ("ev-motor.txt", [*brief, "--out", "made/brief/ev-motor"]),
            ("magnet-jv.zh.txt", ["brief", "examples/magnet-jv", "--on", ON, "--no-supply", "--lang", "zh", "--out", "made/brief/magnet-jv"]),
        ],
        "errors": [
            ("no-command.txt", ["decied", "--on", ON]),
            ("option.txt", ["decide", "--onn", ON]),
            ("fact.txt", ["decide", "--fact", "frm=magnet", "--fact", "act=gods", "--on", ON]),
            ("pair.txt", ["decide", "--fact", "form", "--fact", "to=Narnia", "--on", ON]),
            ("day.txt", ["decide", *MAGNETS, "--on", "2026-02-30"]),
            ("no-day.txt", ["decide", *MAGNETS]),
            ("no-file.txt", ["decide", "nothing.yaml"]),
            ("yaml.txt", ["decide", "bad.yaml"]),
            ("keys.txt", ["decide", "keys.yaml", "--json"]),
            ("table.txt", ["batch", "bad.yaml", "--out", "made/errors/batch"]),
            ("no-case.txt", ["brief", "examples", "--on", ON, "--out", "made/errors/brief"]),
            ("no-firm.txt", ["survive", "examples/magnet-jv", "--on", ON]),
            ("clause.txt", ["clause-price", "a18-1c95", *SPAN]),
            ("scenario.txt", ["outlook", "as-knwon", *SPAN]),
            ("months.txt", ["outlook", "as-known", "--from", "2025-13", "--to", "2025-01"]),
            ("infeasible.txt", ["outlook", "examples/scenarios/served-anyway.yaml", "--from", "2025-01", "--to", "2025-06"]),
            ("instrument.txt", ["rules", "show", "62/2052"]),
            ("no-proof.txt", ["proof", "verify", "empty.json"]),
            ("host.txt", ["serve", "--host", "0.0.0.0"]),
            *((f"help-{word}.txt", [word, "--help"]) for word in names.split()),
            ("help.txt", ["--help"]),
        ],
    }  # fmt: skip


# Read what others wrote.
SECOND: dict[str, Commands] = {
    "proofs": [
        ("verify.txt", ["proof", "verify", "made/proofs/replay.json"]),
        *((f"show.{lang}.txt", ["proof", "show", "made/proofs/replay.json", "--lang", lang]) for lang in LANGS),
    ],
    "brief": [("verify.txt", ["proof", "verify", "made/brief/ev-motor/brief.json"])],
}
FILES = {
    "deals.yaml": "standing: worked_cases\ndeals:\n- id: D1\n  on: 2025-08-15\n  facts: {act: goods, form: magnet, magnet_type: [NdFeB],"
    " elements: [Nd, Pr, Dy], from: CN, to: DE}\n- id: D2\n  on: 2026-11-12\n  facts: {act: technology, form: technology,"
    " process_stage: magnetic_material_manufacturing, magnet_type: [NdFeB], from: CN, to: EE, public_domain: false}\n",
    "bad.yaml": "deals:\n- id: [\n",
    "keys.yaml": "deals:\n- id: D1\n  onn: 2025-08-15\n  facts: {act: goods, form: magnet, form: metal}\n",
    "empty.json": "{}",
}


def keep(path: Path, content: bytes) -> None:
    """Writes a file and creates its folder if needed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def all_cases(main: Callable[[list[str]], int], out: Path) -> None:
    """Decides every worked case with `decide FILE`: in full as JSON, and as text with audit trail and documents."""
    import coercivity

    ends = []
    for path in sorted(Path(coercivity.__file__).parent.glob("packs/law/instruments/*/cases.yaml")):
        name = path.parent.name
        shutil.copy(path, "cases.yaml")
        forms = {"json": ["--json"], "en.txt": ["--explain"], "zh.txt": ["--lang", "zh", "--papers"]}
        for ending, words in forms.items():
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                code = main(["decide", "cases.yaml", *words])
            keep(out / f"{name}.{ending}", printed.getvalue().encode())
            ends.append(f"{code} {name} {ending}\n")
    keep(out / "ends.csv", "".join(ends).encode())


def screens(main: Callable[[list[str]], int], out: Path) -> None:
    """Requests every page and API address from the server of `serve`, without a port."""
    import uvicorn
    from starlette.testclient import TestClient

    def asked(site: Any, **_: Any) -> None:
        with TestClient(site, base_url="http://127.0.0.1:8765", raise_server_exceptions=False) as client:
            for number, (name, words) in enumerate(requests(client)):
                answer = client.request(*words[:2], follow_redirects=False, **words[2])
                shown = sorted((k, v) for k, v in answer.headers.items() if k not in ("date", "content-length"))
                head = [" ".join(words[:2]), str(answer.status_code), *(f"{k}: {v}" for k, v in shown)]
                ending = "html" if "html" in answer.headers.get("content-type", "") else "txt"
                path = out / f"{number:04}-{re.sub(r'[^a-z0-9]+', '-', name.lower())[:80]}.{ending}"
                keep(path, "\n".join([*head, "", ""]).encode() + answer.content)

    uvicorn.run = asked  # where the program hands its application over
    main(["serve", "--state", "state"])


def requests(client: Any) -> Iterator[tuple[str, tuple[str, str, dict[str, Any]]]]:
    """Yields named requests after creating the jobs they refer to."""
    lot = {"material": "sintered NdFeB block", "hs": "8505111000", "from": "China", "to": "Germany", "standing": "yes"}
    lot |= {"on": "2025-08-15", "composition": "Dy 1.8 %, Tb 0 %, Nd+Pr 30 %", "quantity": "1200 kg", "price": "62 USD"}
    two = {"a": "controls-back", "b": "without-18-2025", "from": "2025-01", "to": "2025-02", "on": ON}
    price = {"clause": CLAUSE, "scenario": "controls-back", "from": "2025-04", "to": "2025-05", "on": ON}
    brief = {"case": "motor-reexport", "on": ON, "supply": "no"}
    table = made(client, "/batch/example", {"on": ON})
    forms = (("/supply", two), ("/supply/clause", price), ("/brief/start", brief), (table, {"do": "start"}))
    found = [made(client, path, form) for path, form in forms]
    rules = client.get("/api/rules").json()
    clauses = sorted({row["provision"] for row in client.get("/api/rules/status", params={"on": ON}).json()})
    names = [row["id"] for row in rules]
    pages = [f"{path}?on={ON}" for path in ("/", "/deal", "/rules", "/batch", "/supply", "/supply/clause", "/firm")]
    pages += [f"{path}?on={ON}" for path in ("/brief", "/data", "/data/check", "/data/sources", "/about", "/nowhere")]
    pages += [f"/data/{path}?on={ON}" for path in ("law/parties", "world/prices", "practice/licence_practice")]
    pages += [f"/rules/calendar?on={ON}", f"/rules/diff?first=2026-03-02&second={ON}&on={ON}", "/?on=2026-02-30"]
    pages += [f"/{screen}?on={ON}&case={case}" for screen in ("firm", "brief") for case in CASES]
    pages += [f"/rules/instrument/{name}?on={ON}" for name in names] + [f"/rules/clause/{c}?on={ON}" for c in clauses]
    pages += [address if "on=" in address else f"{address}&on={ON}" for address in found]
    for path, lang in itertools.product(pages, LANGS):
        yield f"{lang} {path.split('job=')[0]}", ("GET", path + f"{'&' if '?' in path else '?'}lang={lang}", {})
    for lang, composition in itertools.product(LANGS, (lot["composition"], "", "Dy abc")):
        yield f"{lang} deal", ("GET", "/deal", {"params": {**lot, "composition": composition, "lang": lang}})
    yield "deal yaml", ("GET", "/deal/deal.yaml", {"params": lot})
    interface = [
        "openapi.json",
        "facts",
        "scenarios",
        "cases",
        "cases/folders",
        "data",
        f"data/check?on={ON}",
        "data/prices",
    ]
    interface += [
        f"rules/status?on={ON}",
        f"rules/calendar?on={ON}",
        f"rules/calendar?on={ON}&format=ics",
        f"doctor?on={ON}",
    ]
    interface += [
        "rules",
        f"rules/diff?first=2026-03-02&second={ON}",
        *(f"rules/show/{name}?on={ON}" for name in names),
    ]
    for path in interface:
        yield path, ("GET", f"/api/{path}", {})
    facts = {name: value.split(";") if ";" in value else value for name, value in (fact.split("=") for fact in LOT)}
    deals = {"D1": facts, "metal": {"act": "reexport", "form": "metal", "elements": ["Sm"], "from": "NL", "to": "US"}}
    for (name, deal), day in itertools.product(deals.items(), ("2025-08-15", ON, "2026-02-30")):
        yield f"decide {name} {day}", ("POST", "/api/decide", {"json": {"id": name, "on": day, "facts": deal}})
    for case in CASES:
        rows = Path("examples", case, "transactions.csv").read_text(encoding="utf-8")
        sent = {"deals": rows, "form": "csv", "standing": "worked_cases", "on": [ON]}
        yield f"replay {case}", ("POST", "/api/replay", {"json": sent})
        yield f"survive {case}", ("POST", "/api/survive", {"json": {"case": case, "on": ON}})


def made(client: Any, path: str, form: dict[str, str]) -> str:
    """Sends a form, waits for its job to finish, and returns the address it led to."""
    sent = client.post(path, data=form, follow_redirects=False)
    address: str = sent.headers["location"]
    until = time.monotonic() + 200
    while "data-job=" in client.get(address).text:
        if time.monotonic() > until:
            raise SystemExit(f"{path} does not end")
        time.sleep(0.2)
    return address


INSIDE = {"cases": all_cases, "screens": screens}

if __name__ == "__main__":  # in the environment of the checkout
    (door,) = entry_points(group="console_scripts", name="coercivity")
    INSIDE[sys.argv[1]](import_module(door.module).main, Path(sys.argv[2]))
