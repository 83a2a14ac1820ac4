"""Internal errors: a page for people, a problem object for programs, and never a stack trace."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from coercivity.verbs.serving.places import Places
from coercivity.web.deal import page as deal
from coercivity.web.site import make_site


def test_a_screen_that_fails_says_so_and_shows_no_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError("somewhere inside")

    monkeypatch.setattr(deal, "_form", fails)
    site = TestClient(make_site(Places(tmp_path)), base_url="http://127.0.0.1:8765", raise_server_exceptions=False)
    answer = site.get("/deal", params={"lang": "zh"})
    assert answer.status_code == 500
    assert "程序内部错误" in answer.text
    assert "somewhere inside" not in answer.text
    assert "content-security-policy" in answer.headers
