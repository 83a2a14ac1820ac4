"""The commands of the pages run and print what is quoted; `python -m tests.docs.outputs --accept` renews the quotes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.outputs import desk, pages, quotes, renewed, renewed_page, unlike
from tests.places import ROOT
from tests.sampling import whole

pytestmark = pytest.mark.long

TOLD = [
    "deal  LICENCE  Licence or approval needed first",
    "    on 2025-08-15  known 2025-08-15",
    "    because MOFCOM/GAC 2025/18 [a18-1c905]: From 4 April 2025 dysprosium metal and",
    "      magnets need a licence.",
    "    ! 11 questions not answered",
    "    proof 0123456789abcdef",
]
NOW = [
    "deal  LICENCE  licence required",
    "    transaction date 2025-08-15  information as of 2025-08-15",
    "    legal basis: MOFCOM/GAC 18/2025 [a18-1c905]: NdFeB magnets with",
    "      dysprosium need a licence",
    "      for every destination.",
    "    ! 11 declarations missing",
    "    decision hash fedcba9876543210",
]


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_page_runs_and_quotes_what_is_printed(page: Path) -> None:
    """Every command ends with the stated exit code; costly blocks run with `make test-all` and with `--accept`."""
    with desk() as folder:
        for quote in quotes(page.read_text(encoding="utf-8"), folder, whole()):
            assert unlike(quote.text, quote.told) is None, (
                "run `python -m tests.docs.outputs --accept` and read the change"
            )


def test_the_pages_most_read_are_among_them() -> None:
    names = {page.relative_to(ROOT).as_posix() for page in pages()}
    assert {"docs/start.md", "docs/start.zh.md", "docs/batch.md", "docs/proof.md", "docs/outlook.md"} <= names
    assert {f"docs/verbs/{page.name}" for page in (ROOT / "docs/verbs").glob("*.md")} - names <= {"docs/verbs/index.md"}


def quoted(*lines: str) -> str:
    """Returns the lines as the body of a block."""
    return "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize(
    "shown",
    [
        quoted(*TOLD),
        quoted(*TOLD[:2], "..."),
        quoted("...", TOLD[3], "...", "    proof ..."),
        quoted("...", TOLD[2], "..."),
        quoted(TOLD[0], "...", "    because ... [a18-1c905]: From ...", "..."),
    ],
)
def test_lines_left_out_are_marked(shown: str) -> None:
    assert unlike(shown, TOLD) is None


@pytest.mark.parametrize(
    ("shown", "line"),
    [
        (quoted(*TOLD[:2]), TOLD[0]),
        (quoted(TOLD[1], "..."), TOLD[1]),
        (quoted("...", TOLD[4]), TOLD[4]),
        (quoted("...", TOLD[0], TOLD[2], "..."), TOLD[0]),
        (quoted("...", TOLD[3], "...", TOLD[0], "..."), TOLD[0]),
        (quoted("...", "deal  PROCEED  ...", "..."), "deal  PROCEED  ..."),
        (quoted(*TOLD[:3], "      magnets are free.", *TOLD[4:]), "      magnets are free."),
    ],
)
def test_a_line_that_was_not_printed_there_is_noticed(shown: str, line: str) -> None:
    """Another text, another order, lines missing at the beginning, in the middle and at the end."""
    assert unlike(shown, TOLD) == line


def test_an_output_is_renewed_in_the_form_of_the_old_one() -> None:
    """What was left out is left out again; hashes and cuts as before; a paragraph that grew is whole."""
    assert renewed(quoted(*TOLD), TOLD) == quoted(*TOLD)
    assert renewed(quoted(*TOLD), NOW) == quoted(*NOW)
    assert renewed(quoted(*TOLD[:2], "..."), NOW) == quoted(*NOW[:2], "...")
    assert renewed(quoted("...", *TOLD[2:4], "..."), NOW) == quoted("...", *NOW[2:5], "...")
    assert renewed(quoted(TOLD[0], "...", "    proof ..."), NOW) == quoted(NOW[0], "...", "    decision hash ...")
    assert renewed(quoted(*TOLD[:5], "    proof ..."), NOW) == quoted(*NOW[:6], "    decision hash ...")
    assert renewed(quoted("...", "    ! 11 questions...", "..."), NOW) == quoted("...", "    ! 11 declarati...", "...")


def test_lines_are_renewed_at_their_place() -> None:
    """The nearest line does not win over the likest, nor a likely line over the end of the output."""
    told = [
        "law/one    10  First",
        "law/two    20  Second",
        "law/three  30  Third",
        "law/four   40  Fourth",
        "all found",
    ]
    shown = quoted("law/one    10  The first", "...", "law/three  30  The third", "law/four   40  The fourth", "...")
    assert renewed(shown, told) == quoted(told[0], "...", *told[2:4], "...")
    long = [*told[:4] * 5, "verified"]
    assert renewed(quoted(told[0], "...", "it holds"), long) == quoted(told[0], "...", "verified")


def test_an_output_that_nothing_is_like_is_not_renewed() -> None:
    with pytest.raises(AssertionError, match="quote it again"):
        renewed(quoted("...", "zzz yyy xxx", "..."), NOW)


def test_a_page_is_renewed_and_keeps_the_rest() -> None:
    """Blocks of `sh` and `console`, a file that the page writes, and a block that is not run."""
    text = (
        "# Page\n\n```bash\nmake setup\n```\n\n"
        '```yaml title="one.txt"\nfirst\n```\n\n'
        "<!-- exit 2 -->\n```sh\ncoercivity decide --on 2025-13-01 --fact act=goods\n```\n\n"
        "```text\n--on: an old text\n...\n```\n\n"
        "```console\n$ coercivity data show prices \\\n    --where model_good=ox_Dy --limit 0\nworld/prices: Old title\n...\n```\n"
    )
    new, wrong = renewed_page(text)
    assert wrong == []
    assert new != text
    assert "old text" not in new
    assert "Old title" not in new
    assert new.startswith(text[: text.index("```text")])
    assert "world/prices: " in new
    assert renewed_page(new) == (new, [])


def test_costly_blocks_are_left_out_of_a_sample() -> None:
    text = "<!-- costly -->\n```sh\nnot a command\n```\n\n```text\nanything\n```\n"
    with desk() as folder:
        assert list(quotes(text, folder, whole=False)) == []
        with pytest.raises(ValueError, match="not a command"):
            list(quotes(text, folder, whole=True))


def test_a_command_that_ends_otherwise_is_noticed() -> None:
    with desk() as folder, pytest.raises(AssertionError, match=r"exit 0 instead of \[10\]"):
        list(quotes("<!-- exit 10 -->\n```sh\ncoercivity --version\n```\n", folder, whole=True))
