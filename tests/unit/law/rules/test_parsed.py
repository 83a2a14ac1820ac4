"""The cached parsed files of the rulebook."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.data.textyaml import load_file
from coercivity.law.rules import load, parsed
from coercivity.law.rules.load import load_rulebook
from coercivity.law.rules.parsed import KEPT


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the packed law that takes its place, of which nothing stays in the process."""
    remembered, before = load._loaded, load._loaded.cache_info()
    copied = Path(shutil.copytree(load.law_folder(), tmp_path / "law", ignore=shutil.ignore_patterns("__pycache__")))
    monkeypatch.setattr(load, "law_folder", lambda: copied)
    monkeypatch.setattr(load, "_loaded", load._loaded.__wrapped__)  # each call reads anew
    yield copied
    assert remembered.cache_info() == before


def test_the_kept_files_give_the_same_law(folder: Path) -> None:
    """The second reading is answered from what the first one kept."""
    first = load_rulebook()
    assert (folder / KEPT).is_file()
    second = load_rulebook()
    assert second.content_hash == first.content_hash
    assert second.instruments == first.instruments
    assert dict(second.catalogue) == dict(first.catalogue)
    assert [(rule.id, rule.item, rule.when) for rule in second.rules] == [(r.id, r.item, r.when) for r in first.rules]
    assert second.words == first.words


def test_nothing_is_parsed_the_second_time(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That is what it is for."""
    load_rulebook()
    monkeypatch.setattr("coercivity.law.rules.parsed.load_file", lambda path: pytest.fail(f"{path} was parsed again"))
    assert load_rulebook().rules


@pytest.mark.parametrize("content", [b"", b"[]", b'{"key": 1}', b"\xff", b"[" * 100_000])
def test_what_is_damaged_is_made_again(folder: Path, content: bytes) -> None:
    """A kept file that cannot be read is as good as none."""
    whole = load_rulebook()
    (folder / KEPT).write_bytes(content)
    assert load_rulebook().content_hash == whole.content_hash
    assert whole.content_hash.encode() in (folder / KEPT).read_bytes().partition(b"\n")[0]


def test_a_changed_pack_is_parsed(folder: Path) -> None:
    """What was kept goes by the hash of the pack."""
    old = load_rulebook().content_hash
    words = folder / "words.yaml"
    words.write_text(words.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert load_rulebook().content_hash != old


def test_a_fault_names_its_line(folder: Path) -> None:
    """The kept files have no lines, so faults come from the files themselves."""
    book = load_rulebook()
    first, _, body = (folder / KEPT).read_bytes().partition(b"\n")
    files = json.loads(body)
    files["pack.yaml"]["version"] = ""
    changed = json.dumps(files).encode()
    (folder / KEPT).write_bytes(parsed._head(first.decode().rpartition(" ")[0], changed) + changed)
    assert load_rulebook().content_hash == book.content_hash  # the file itself is sound
    head = folder / "pack.yaml"
    head.write_text(head.read_text(encoding="utf-8") + "odd: key\n", encoding="utf-8")
    with pytest.raises(CoercivityError) as caught:
        load_rulebook()
    assert [fault.where.startswith("pack.yaml:") for fault in caught.value.faults] == [True]


def test_content_that_was_changed_is_not_used(folder: Path) -> None:
    """A flipped bit would be another law under the hash of this one."""
    whole = load_rulebook()
    kept = (folder / KEPT).read_text(encoding="utf-8")
    (folder / KEPT).write_text(kept.replace("2025-04-04", "2029-04-04"), encoding="utf-8")
    assert load_rulebook().instruments == whole.instruments


def test_what_changed_while_it_was_read_is_not_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The hash was taken before; the text belongs to another."""
    real, words = load_file, folder / "words.yaml"

    def load_and_change(path: Path) -> object:
        found = real(path)
        if path.name == "pack.yaml":
            words.write_text(words.read_text(encoding="utf-8") + "\n# saved meanwhile\n", encoding="utf-8")
        return found

    monkeypatch.setattr(parsed, "load_file", load_and_change)
    load_rulebook()
    assert not (folder / KEPT).exists()


def test_what_is_forgotten_is_read_again(folder: Path) -> None:
    """As the checks of the rulebook do."""
    load_rulebook()
    parsed.forget(folder)
    assert not (folder / KEPT).exists()
    parsed.forget(folder)


def test_a_pack_of_ones_own_keeps_nothing(folder: Path, tmp_path: Path) -> None:
    """Nothing is written into a folder that somebody names."""
    other = Path(shutil.copytree(folder, tmp_path / "own"))
    load_rulebook(other)
    assert not (other / KEPT).exists()
