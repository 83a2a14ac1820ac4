"""The form of a scenario of one's own: faults at their fields, files, addresses, months that no run reaches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from coercivity.data.textyaml import load_text
from coercivity.market.run.scenarios.scenario import packed_scenarios, scenario_folder
from coercivity.verbs.messages import message
from coercivity.verbs.scenario_form.checks import scenario_faults
from coercivity.verbs.scenario_form.draft import draft_of, written
from coercivity.verbs.scenario_form.reach import unreached
from coercivity.verbs.serving.places import Places
from coercivity.web.site import make_site

GOOD = {
    "id": "half",
    "title": "Myanmar at half",
    "inherits": "controls-back",
    "without": "a18-1c905",
    "shocks.0.capacity": "mine:MYANMAR_IONIC:MM-LA",
    "shocks.0.share": "0.5",
    "shocks.0.from": "2027-01",
    "shocks.0.reason": "a test",
    "policies.support.0.kind": "grant",
    "policies.support.0.plant": "caremag-heavy",
    "policies.support.0.amount": "10",
}
RUN = {"from": "2026-11", "to": "2027-10"}
FAULTY = {
    "id": "as-known",
    "assume": "lapst",
    "shocks.0.capacity": "mine:MYANMAR:MM",
    "shocks.0.share": "1.5",
    "shocks.0.from": "2027-13",
    "demand.3.use": "wind",
    "demand.3.share": "abc",
    "demand.3.from": "2031-01",
    "demand.3.to": "2030-01",
    "policies.support.1.kind": "grant",
    "policies.support.1.plant": "nothing",
    "policies.delays.0.stage": "metal",
    "policies.delays.0.months": "500",
}
AT = {
    "id", "title", "assume", "shocks.0.capacity", "shocks.0.share", "shocks.0.from", "shocks.0.reason",
    "demand.3.share", "demand.3.to", "policies.support.1.plant", "policies.support.1.amount",
    "policies.delays.0.region", "policies.delays.0.months",
}  # fmt: skip


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the server."""
    return tmp_path_factory.mktemp("state")


@pytest.fixture(scope="module")
def site(state: Path) -> Iterator[TestClient]:
    """The screens, asked without a browser."""
    with TestClient(make_site(Places(state)), base_url="http://127.0.0.1:8765") as client:
        yield client


def saved(site: TestClient, form: dict[str, str]) -> str:
    """Saves a scenario by the form and returns its name."""
    answer = site.post("/supply/own", data={**form, **RUN}, follow_redirects=False)
    found = re.search(r"saved=(own-[0-9a-f]{32})&from=2026-11&to=2027-10$", answer.headers["location"])
    assert answer.status_code == 303
    assert found is not None, answer.headers["location"]
    return found[1]


@pytest.mark.parametrize("name", packed_scenarios())
def test_a_file_through_the_form_says_the_same(name: str) -> None:
    text = (scenario_folder() / f"{name}.yaml").read_text(encoding="utf-8")
    again = written(draft_of(text)).text
    assert _stripped(load_text(again)) == _stripped(load_text(text))


def _stripped(value: object) -> object:
    if isinstance(value, dict):
        return {key: _stripped(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_stripped(each) for each in value]
    return value.strip() if isinstance(value, str) else value


def test_every_fault_is_told_at_once_at_its_field() -> None:
    assert {fault.where for fault in scenario_faults(FAULTY)} == AT


def test_every_fault_of_the_form_has_chinese_words() -> None:
    for fault in scenario_faults(FAULTY):
        for text in (fault.what, fault.next or ""):
            assert message(text, "zh") != text, text


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_marks_each_field_at_fault(site: TestClient, lang: str) -> None:
    answer = site.get(f"/supply/own?{urlencode({**FAULTY, **RUN, 'lang': lang})}")
    assert answer.status_code == 422
    for name in AT:
        assert f'id="e-{name}"' in answer.text, name
        assert f'href="#f-{name}"' in answer.text, name


def test_a_saved_scenario_is_shown_again_by_its_hash_and_is_the_file_of_the_form(site: TestClient) -> None:
    name = saved(site, GOOD)
    page, file = site.get(f"/supply/own?saved={name}"), site.get(f"/supply/own/{name}.yaml")
    assert page.status_code == 200
    assert 'name="shocks.0.share" value="0.5"' in page.text
    assert 'value="a18-1c905" checked' in page.text
    assert draft_of(file.text)["policies.support.0.amount"] == "10"
    assert saved(site, GOOD) == name
    assert saved(site, {**GOOD, "shocks.0.share": "0.4"}) != name


def test_a_file_that_is_loaded_fills_the_form_and_keeps_its_bytes(site: TestClient) -> None:
    text = "# mine\n" + written(GOOD).text + "desk:\n  off: [queue]\n"
    files = {"file": ("mine.yaml", text.encode(), "application/yaml")}
    answer = site.post("/supply/own/upload", files=files, data=RUN)
    name = re.search(r"own-[0-9a-f]{32}", str(answer.url))
    assert name is not None
    assert site.get(f"/supply/own/{name[0]}.yaml").text == text
    assert "[queue]" in answer.text


def test_a_faulty_file_fills_the_form_and_is_not_saved(site: TestClient, state: Path) -> None:
    before = len(list((state / "scenarios").glob("*")))
    text = written({**GOOD, "shocks.0.share": "7"}).text
    answer = site.post("/supply/own/upload", files={"file": ("x.yaml", text.encode())}, data=RUN)
    assert answer.status_code == 422
    assert 'id="e-shocks.0.share"' in answer.text
    assert len(list((state / "scenarios").glob("*"))) == before


def test_a_saved_scenario_can_be_compared(site: TestClient) -> None:
    name = saved(site, GOOD)
    page = site.get(f"/supply?{urlencode({'a': name, 'b': 'controls-back', **RUN})}")
    assert page.status_code == 200
    assert f'<option value="{name}" selected>' in page.text
    assert site.get("/supply?a=own-" + "0" * 32).status_code == 422


def test_no_other_file_of_the_computer_is_read(site: TestClient, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(written(GOOD).text, encoding="utf-8")
    found = scenario_faults({**GOOD, "inherits": str(other)})
    assert [fault.where for fault in found] == ["inherits"]
    answer = site.post(
        "/api/scenarios", json={"text": f"inherits: {other}\n" + written(GOOD).text.replace("inherits", "#")}
    )
    assert answer.status_code == 422
    assert site.get("/supply/own/..%2Fjudgements.yaml").status_code == 404
    assert site.get("/supply?a=" + str(other)).status_code == 422


def test_the_api_saves_and_returns_a_scenario(site: TestClient) -> None:
    text = written(GOOD).text
    answer = site.post("/api/scenarios", json={"text": text})
    assert answer.json() == {"id": saved(site, GOOD)}
    assert site.get(f"/api/scenarios/{answer.json()['id']}").text == text
    assert site.post("/api/scenarios", json={"text": "id: x"}).status_code == 422


@pytest.mark.parametrize(
    ("months", "fields"),
    [
        ({"from": "2027-01", "to": "2027-12"}, []),
        ({"from": "2028-01", "to": ""}, ["shocks.0.from"]),
        ({"from": "2020-01", "to": "2024-09"}, ["shocks.0.to"]),
        ({"from": "", "to": ""}, []),
    ],
)
def test_an_entry_that_no_month_of_the_run_reaches_is_told(months: dict[str, str], fields: list[str]) -> None:
    draft = {**GOOD, "shocks.0.from": months["from"], "shocks.0.to": months["to"]}
    assert [each.field for each in unreached(draft, "2026-11", "2027-12")] == fields


def test_supply_and_form_say_that_no_month_reaches_an_entry(site: TestClient) -> None:
    name = saved(site, {**GOOD, "shocks.0.from": "2031-01", "policies.support.0.from": "2031-01"})
    for path in (f"/supply/own?saved={name}&from=2026-11&to=2027-10", f"/supply?a={name}&from=2026-11&to=2027-10"):
        assert "No month of the run reaches it" in site.get(path).text
    assert "changes nothing in the months shown" in site.get(f"/supply?a={name}&from=2026-11&to=2027-10").text


def test_an_entry_is_removed_by_its_button_and_the_address_says_so(site: TestClient) -> None:
    page = site.get(f"/supply/own?{urlencode({**GOOD, 'drop': 'shocks.0'})}")
    assert page.status_code == 200
    assert 'name="shocks.0.share" value=""' in page.text
