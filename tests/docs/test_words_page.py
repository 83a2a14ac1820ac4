"""docs/words.md: the request with curl, the client in Python and the lexicon do what the page says."""

from __future__ import annotations

import json
import re
import shlex
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from coercivity.cases.arguments import Law
from coercivity.data.input import Content
from coercivity.http.app import make_api
from coercivity.verbs.serving.places import Places
from coercivity.verbs.texts.read import read_words
from tests.docs.addresses import client
from tests.places import ROOT
from tests.ports import free_port

PAGE = (ROOT / "docs" / "words.md").read_text(encoding="utf-8")
ADDRESS = "http://127.0.0.1:8765"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the API, and its address."""
    port = free_port()
    api = make_api(Places(tmp_path_factory.mktemp("state")))
    running = uvicorn.Server(uvicorn.Config(api, port=port, log_level="critical"))
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started and thread.is_alive():
        thread.join(0.05)
    yield f"http://127.0.0.1:{port}"
    running.should_exit = True
    thread.join(10)


def test_the_request_with_curl(tmp_path: Path) -> None:
    command = shlex.split(blocks("bash")[0])
    assert command[:3] == ["curl", "-s", f"{ADDRESS}/api/decide"]
    sent = json.loads(command[command.index("--json") + 1])
    told = client(tmp_path).post("/api/decide", json=sent).json()
    assert (told["outcome"], sorted(told)) == ("LICENCE", ["deals", "id", "outcome", "read"])


def test_the_client_in_python(server: str) -> None:
    script = blocks("py")[0]
    assert ADDRESS in script
    held: dict[str, object] = {}
    exec(compile(script.replace(ADDRESS, server), "words.md", "exec"), held)
    assert held["told"]


def test_the_lexicon() -> None:
    law = Law(words=(Content.of("house.csv", blocks("csv")[0]),))
    assert read_words("200 X7 disc to Poland", law=law).deals[0].facts["form"] == "magnet"
    assert read_words("Ofen 4", law=law).deals[0].facts["goods_kind"] == "magnet_vacuum_sintering_furnace"
