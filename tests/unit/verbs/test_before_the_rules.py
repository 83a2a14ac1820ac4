"""No door calls a deal uncontrolled on a date before the rules begin; each says that they are not included."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from coercivity.base.examples import example_folder
from coercivity.cli.app import main
from coercivity.http.app import make_api
from coercivity.verbs.serving.places import Places
from coercivity.web.site import make_site

EXAMPLE = example_folder() / "ev-motor"
BASE = "http://127.0.0.1:8765"
GOODS = {
    **{"act": "goods", "form": "magnet", "magnet_type": ["NdFeB"], "elements": ["Nd", "Pr"], "from": "CN", "to": "DE"},
    **{"exporter_nationality": "CN", "origin": "CN"},
}
LECTURE = {
    **{"act": "technology", "form": "technology", "process_stage": "none", "technology_topic": "none", "to": "JP"},
    **{"from": "CN", "exporter_nationality": "CN", "exporter_place": "CN", "recipient_nationality": "JP"},
    **{"public_domain": "false", "basic_research": "false", "patent_filing": "false", "catalogue_part": "none"},
    **{"serves_stage": "none"},
}
DEALS: list[tuple[str, dict[str, Any]]] = [("2019-05-06", GOODS), ("2001-05-06", LECTURE)]
WRONG = ("not_controlled", "not controlled", "uncontrolled", "非管制", "无须许可", "May proceed", "PROCEED")
INCLUDED = {"en": "rules of that date not included", "zh": "未收录该日的规则"}


def _flow(value: Any) -> str:
    return f"[{', '.join(value)}]" if isinstance(value, list) else f"'{value}'"


@pytest.fixture
def deals(tmp_path: Path) -> Path:
    lines = ["standing: worked_cases", "deals:"]
    for number, (day, facts) in enumerate(DEALS):
        lines += [f"- id: d{number}", f"  on: '{day}'", "  facts:"]
        lines += [f"    {name}: {_flow(value)}" for name, value in facts.items()]
    path = tmp_path / "deals.yaml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "rows.csv"
    path.write_text(
        "id,date,material,from,to\na,2019-05-06,Sintered NdFeB magnet,CN,DE\nb,2023-05-06,NdPr metal,CN,JP\n",
        encoding="utf-8",
    )
    return path


def _sound(text: str, *, wrong: tuple[str, ...] = WRONG, lang: str = "en") -> None:
    assert INCLUDED[lang] in text or "not_held" in text, text[:2000]
    assert [word for word in wrong if word in text] == []


@pytest.mark.parametrize("lang", ["en", "zh", "ja"])
def test_the_command_line_says_so_in_every_language(deals: Path, capsys: pytest.CaptureFixture[str], lang: str) -> None:
    assert main(["decide", str(deals), "--lang", lang, "--explain", "--papers"]) == 30
    text = capsys.readouterr().out
    _sound(text, lang="zh" if lang == "zh" else "en")
    assert "2002" in text
    assert "2024" in text


def test_json_says_so(deals: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["decide", str(deals), "--json", "--papers"]) == 30
    body = json.loads(capsys.readouterr().out)
    _sound(json.dumps(body, ensure_ascii=False), wrong=("not_controlled", "not controlled", "非管制", "无须许可"))
    assert {result["finding"] for result in body} == {"not_held"}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_table_says_so_in_its_rows_and_its_summary(table: Path, tmp_path: Path, lang: str) -> None:
    out = tmp_path / "out"
    assert main(["batch", str(table), "--out", str(out), "--lang", lang]) == 0
    files = [path for path in sorted(out.rglob("*")) if path.suffix in (".csv", ".json", ".html", ".md", ".txt")]
    assert {path.suffix for path in files} >= {".csv", ".json"}
    for path in files:
        assert [
            w for w in ("not_controlled", "not controlled", "非管制") if w in path.read_text(encoding="utf-8")
        ] == []
    assert "not_held" in (out / "decisions.csv").read_text(encoding="utf-8")
    told = (out / "summary.txt").read_text(encoding="utf-8")
    assert "begin on 2024-12-01" in told
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert summary["covered_from"] == {"goods": "2024-12-01", "technology": "2002-01-01"}
    for path in out.rglob("*.xlsx"):
        texts = [zipfile.ZipFile(path).read(name).decode() for name in zipfile.ZipFile(path).namelist()]
        assert "not_controlled" not in "".join(texts)


@pytest.mark.parametrize(("day", "facts"), DEALS)
def test_http_says_so(tmp_path: Path, day: str, facts: dict[str, Any]) -> None:
    with TestClient(make_api(Places(tmp_path)), base_url=BASE) as client:
        answer = client.post("/api/decide", json={"id": "d", "on": day, "facts": facts})
    assert answer.status_code == 200, answer.text
    _sound(answer.text, wrong=("not_controlled", "not controlled", "非管制"))
    assert answer.json()["finding"] == "not_held"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_screen_says_so(tmp_path: Path, lang: str) -> None:
    site = TestClient(make_site(Places(tmp_path)), base_url=BASE)
    cells = {"material": "sintered NdFeB block", "composition": "Nd+Pr 30 %, Dy 0 %, Tb 0 %", "from": "China"}
    page = site.get("/deal", params={**cells, "to": "Germany", "on": "2019-05-06", "standing": "yes", "lang": lang})
    assert page.status_code == 200
    _sound(page.text, wrong=("not controlled", "非管制物项"), lang=lang)


def test_a_report_says_so(tmp_path: Path) -> None:
    """Of the days before the rules begin; later periods keep their own finding."""
    case = tmp_path / "case"
    case.mkdir()
    (case / "case.yaml").write_text((EXAMPLE / "case.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    rows = (EXAMPLE / "transactions.csv").read_text(encoding="utf-8").replace("2026-12-01", "2019-06-03")
    (case / "transactions.csv").write_text(rows, encoding="utf-8")
    out = tmp_path / "out"
    assert main(["brief", str(case), "--on", "2019-06-03", "--no-supply", "--out", str(out)]) == 0
    report = json.loads((out / "brief.json").read_text(encoding="utf-8"))
    goods = [row for row in report["transactions"] if row["id"] in ("t01", "t05", "t11")]
    assert {row["finding"] for row in goods} == {"not_held"}
    for row in goods:
        early = [window for window in row["windows"] if window["from"] < "2024-12-01"]
        assert {window["finding"] for window in early} == {"not_held"}
    page = (out / "annex.html").read_text(encoding="utf-8")
    assert "rules of that date not included" in page
    assert "rules of that date not included; rules not verified" not in page
