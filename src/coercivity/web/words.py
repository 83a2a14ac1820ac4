"""The words of the screens, in English and Chinese, a file a screen."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from coercivity.data.textyaml import load_file


@lru_cache(maxsize=1)
def screen_words() -> Mapping[str, Mapping[str, str]]:
    """Returns every text of the screens by `screen.name`, each with its languages."""
    folder = Path(str(files("coercivity"))) / "web" / "words"
    found: dict[str, Mapping[str, str]] = {}
    for path in sorted(folder.glob("*.yaml")):
        for name, words in load_file(path).items():
            found[f"{path.stem}.{name}"] = {lang: " ".join(text.split()) for lang, text in words.items()}
    return found
