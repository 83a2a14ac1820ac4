"""All tables of the packs as a data package: a CSV file for each, and `datapackage.json`."""

from __future__ import annotations

import json
from collections.abc import Sequence

from coercivity.base.version import ENGINE_VERSION
from coercivity.data.packs import Pack
from coercivity.papers.data_package.descriptor import Package
from coercivity.papers.data_package.tables import CC_BY, resource, table_bytes, table_path
from coercivity.papers.shared.words import paper_words

PACKAGE_FILE = "datapackage.json"


def package_files(packs: Sequence[Pack]) -> dict[str, bytes]:
    """Returns the files of the package by their paths; the same packs give the same bytes.

    Args:
        packs: The packs.

    Raises:
        CoercivityError: If a pack is invalid.
    """
    words = paper_words("data_tables", "package")
    package: Package = {
        "profile": "tabular-data-package",
        "name": "coercivity",
        "title": words["title"]["en"],
        "title_zh": words["title"]["zh"],
        "description": words["about"]["en"],
        "version": ENGINE_VERSION,
        "licenses": [CC_BY],
        "packs": [
            {"name": pack.name, "version": pack.version, "hash": pack.content_hash, "description": pack.about}
            for pack in packs
        ],
        "resources": [],
    }
    files: dict[str, bytes] = {}
    for pack in packs:
        for name in pack.rules:
            content = table_bytes(pack.tables[name])
            files[table_path(pack.name, name)] = content
            package["resources"].append(resource(pack, name, content))
    text = json.dumps(package, ensure_ascii=False, indent=2, allow_nan=False)
    return {PACKAGE_FILE: text.encode() + b"\n", **files}
