"""`coercivity cache`, and how commands that use the cache speak of it."""

from __future__ import annotations

from pathlib import Path

import pytest

import coercivity
from coercivity.cli.app import main
from coercivity.verbs.kept import keep, taken, user_folder, user_store

KEY = "0" * 64


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COERCIVITY_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_it_shows_what_is_kept_and_clears_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cache", "show"]) == 0
    assert capsys.readouterr().out.splitlines()[:2] == [f"folder   {folder}", "results  0"]
    assert not folder.exists()
    keep(user_store(), KEY, {"figure": 0.1})
    assert taken(user_store(), KEY) == {"figure": 0.1}
    assert main(["cache", "show"]) == 0
    told = capsys.readouterr().out
    assert "results  1\n" in told
    assert "of at most 512.0 MB" in told
    assert main(["cache", "clear"]) == 0
    assert "removed  1 results" in capsys.readouterr().out
    assert coercivity.cache().entries == 0
    assert coercivity.clear_cache().removed == 0


@pytest.mark.parametrize(("name", "value"), [("COERCIVITY_CACHE", "off"), ("COERCIVITY_CACHE_MB", "0")])
def test_it_can_be_switched_off(
    folder: Path, name: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(name, value)
    assert user_store() is None
    assert main(["cache", "show"]) == 0
    assert "none: the cache is off" in capsys.readouterr().out
    assert not folder.exists()


@pytest.mark.parametrize("text", ["-1", "1.5", "all", "1000001", "９", "1" * 5000])
def test_a_limit_that_is_no_number_of_megabytes_is_an_error(
    folder: Path, text: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COERCIVITY_CACHE_MB", text)
    assert main(["cache", "show"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("COERCIVITY_CACHE_MB: CACHE-LIMIT: ")
    assert "next: set COERCIVITY_CACHE_MB" in told.err


def test_a_folder_that_cannot_be_used_is_named_with_the_next_step(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.write_text("mine")
    for command in ("show", "clear"):
        assert main(["cache", command]) == 1
        told = capsys.readouterr().err
        assert told.startswith(f"{folder}: CACHE-FOLDER: ")
        assert "    next: " in told
    assert folder.read_text() == "mine"


def test_the_folder_is_that_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COERCIVITY_CACHE")
    monkeypatch.setenv("HOME", "/home/someone")
    monkeypatch.setenv("XDG_CACHE_HOME", "/var/cache/someone")
    assert user_folder() == Path("/var/cache/someone/coercivity")
    for unset in ("", "relative"):
        monkeypatch.setenv("XDG_CACHE_HOME", unset)
        assert user_folder() == Path("/home/someone/.cache/coercivity")
    monkeypatch.setenv("COERCIVITY_CACHE", "~/mine")
    assert user_folder() == Path("/home/someone/mine")


def test_a_home_folder_of_nobody_is_an_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COERCIVITY_CACHE", "~nobody-of-this-name/mine")
    assert main(["cache", "show"]) == 2
    told = capsys.readouterr().err
    assert told.startswith("COERCIVITY_CACHE: CACHE-FOLDER: ")
    assert "    next: " in told


def test_a_user_without_a_home_folder_has_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless(_: Path) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("COERCIVITY_CACHE")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "expanduser", homeless)
    assert user_store() is None


def test_a_name_that_no_folder_can_have_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder.parent / "file").write_text("mine")
    for name in (folder.parent / ("a" * 300), folder.parent / "file" / "below"):
        monkeypatch.setenv("COERCIVITY_CACHE", str(name))
        for command in ("show", "clear"):
            assert main(["cache", command]) == 1
            assert f"{name}: CACHE-FOLDER: " in capsys.readouterr().err.replace("\n", "")
