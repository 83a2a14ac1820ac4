"""No file in the current folder is run by this program or its child processes."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.verbs import children
from coercivity.verbs.batch import TableAsked, batch
from tests.ports import free_port
from tests.unit.http.test_serve import listens
from tests.unit.verbs.serving.test_jobs import until

SOURCE = Path(children.__file__).parents[1]
BIN = Path(sys.executable).parent
# Who starts children, and through which function; whoever adds one adds it here and plants a marker for it below.
STARTED = {
    "verbs/serving/jobs.py": {"Child"},
    "verbs/serving/firms/apart.py": {"Worker"},
    "verbs/serving/look.py": {"finish"},
    "verbs/serving/storage.py": {"begin_alone"},
    "verbs/batch_workers.py": {"workers"},
    "verbs/bottleneck_runs.py": {"workers"},
    "verbs/company_drawn.py": {"workers"},
    "verbs/draws.py": {"workers"},
    "verbs/runs.py": {"Child", "working_folder"},
    "web/chart_files/downloads.py": {"finish"},
    "web/ministry/chart_files.py": {"Child"},
    "web/vega.py": {"finish"},
}
OTHERS = (
    *("polars", "numpy", "yaml", "pydantic", "pydantic_core", "cyclopts", "jinja2", "opencc", "pypinyin", "highspy"),
    *("xlsxwriter", "fastapi", "starlette", "uvicorn", "httptools", "multipart", "python_multipart", "vl_convert"),
    *("anyio", "click", "h11", "sitecustomize", "usercustomize", "distributed", "dask", "uvloop", "_virtualenv"),
)
ENDED = (0, 1, 10, 20, 30)  # 1: doctor tells that a pack is old
STARTERS = ("fork", "forkpty", "system", "popen", "posix_spawn", "startfile")


def calls_in(tree: ast.AST) -> Iterator[str]:
    """The names by which functions are called, with the module before them where it is named."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def test_one_module_starts_children_and_all_who_ask_it_are_listed() -> None:
    asked: dict[str, set[str]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        if path == Path(children.__file__) or "packs" in path.parts:
            continue
        tree, name = ast.parse(path.read_bytes()), path.relative_to(SOURCE).as_posix()
        for node in ast.walk(tree):
            found = {alias.name for alias in node.names} if isinstance(node, (ast.Import, ast.ImportFrom)) else set()
            module = getattr(node, "module", None) or ""
            words = {part for full in (module, *found) for part in full.split(".")}
            assert not words & {"multiprocessing", "ProcessPoolExecutor", "pty", "LocalCluster", "Nanny"}, name
            assert module != "subprocess", f"{name} takes names out of subprocess"
            if module == "coercivity.verbs.children":
                asked.setdefault(name, set()).update(found)
        for call in calls_in(tree):
            module, _, function = call.rpartition(".")
            assert module != "subprocess", f"{name} starts a child by itself"
            bad = function in STARTERS or function.startswith(("exec", "spawn"))
            assert not (bad and module in ("os", "asyncio", "loop")), f"{name} starts a child by itself"
            assert not function.startswith("create_subprocess"), f"{name} starts a child by itself"
    assert asked == STARTED


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A folder with a file for every module that anybody could look for; each leaves a mark when it is run."""
    folder = tmp_path / "hostile"
    folder.mkdir()
    for name in {*sys.stdlib_module_names, *OTHERS}:
        plant(folder, name)
    return folder


def plant(folder: Path, name: str) -> None:
    mark = folder.parent / "marks"
    (folder / f"{name}.py").write_text(f"open({str(mark)!r}, 'a').write({name!r} + '\\n')\n", encoding="utf-8")


def marks(folder: Path) -> set[str]:
    path = folder.parent / "marks"
    return set(path.read_text(encoding="utf-8").split()) if path.exists() else set()


def before_us(folder: Path) -> set[str]:
    """What Python itself imports for `-m`, before it looks at our package: no program can keep it from that."""
    empty = folder.parent / "empty"
    (empty / "nothing").mkdir(parents=True)
    (empty / "nothing" / "__init__.py").touch()
    (empty / "nothing" / "__main__.py").write_text("import sys; print(*sys.modules)", encoding="utf-8")
    told = subprocess.run([sys.executable, "-m", "nothing"], cwd=empty, capture_output=True, text=True, check=True)
    return set(told.stdout.split())


def table_of(folder: Path, rows: int = 21_000) -> Path:
    path = folder / "table.csv"
    lines = (f"{number},2025-06-16,NdFeB magnets,Dy 1.8 %,CN,DE\n" for number in range(rows))
    path.write_text("id,date,material,composition,from,to\n" + "".join(lines), encoding="utf-8")
    return path


EXAMPLE = SOURCE.parents[1] / "examples" / "magnet-jv"
VERBS = (
    ("doctor",),
    ("facts",),
    ("rules", "list"),
    ("brief", str(EXAMPLE), "--on", "2025-08-15", "--out", "brief-out", "--no-supply"),
    ("decide", "--fact", "act=goods", "--fact", "form=magnet", "--on", "2025-08-15"),
    ("batch", "table.csv", "--out", "out", "--workers", "2", "--part-rows", "11000"),
)


@pytest.mark.sampled(2)
@pytest.mark.parametrize("words", VERBS, ids=lambda words: words[0])
def test_no_verb_runs_a_file_of_the_folder_where_it_is_started(words: tuple[str, ...], hostile: Path) -> None:
    table_of(hostile)
    told = subprocess.run([BIN / "coercivity", *words], cwd=hostile, capture_output=True, text=True, check=False)
    assert marks(hostile) == set()
    assert "Traceback" not in told.stderr
    assert told.returncode in ENDED, told.stderr


@pytest.mark.sampled(2)
@pytest.mark.parametrize("words", VERBS, ids=lambda words: words[0])
def test_nor_does_the_module(words: tuple[str, ...], hostile: Path) -> None:
    """`python -m` looks in that folder first; what Python imports before us is taken out of the folder here."""
    for name in before_us(hostile):
        (hostile / f"{name}.py").unlink(missing_ok=True)
    table_of(hostile)
    command = [sys.executable, "-m", "coercivity", *words]
    told = subprocess.run(command, cwd=hostile, capture_output=True, text=True, check=False)
    assert marks(hostile) == set()
    assert told.returncode in ENDED, told.stderr


def told_by_child(expression: str) -> list[str]:
    """What an expression is in a child of ours, and in a child of that one which is started without any care."""
    code = f"import os, sys; print({expression})"
    more = f"import subprocess; subprocess.run([sys.executable, '-c', {code!r}], check=True)"
    # `timeit` is a module that runs what it is told.
    exit_code, told = children.finish("timeit", "-n", "1", "-r", "1", f"{code}; sys.stdout.flush(); {more}", limit_s=60)
    assert exit_code == 0
    return told.decode().splitlines()[:2]


def test_an_empty_entry_among_the_import_paths_does_not_name_the_working_folder_to_a_child(
    hostile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`PYTHONPATH=$PYTHONPATH:/more` is how it gets there."""
    monkeypatch.chdir(hostile)
    for paths in (f":{hostile.parent}", f".{os.pathsep}{hostile.parent}", str(hostile)):
        monkeypatch.setenv("PYTHONPATH", paths)
        for line in told_by_child("sys.path"):
            assert str(hostile) + "'" not in line
            assert "''" not in line
    assert marks(hostile) == set()


def test_a_child_has_safe_path_and_a_folder_that_holds_nobody_s_files_and_so_have_its_own_children(
    hostile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(hostile)
    told = told_by_child("sys.flags.safe_path, os.getcwd()")
    assert told == ["True /"] * 2
    assert marks(hostile) == set()


@pytest.mark.parametrize("flag", ["-I", "-E"])
def test_a_child_hears_no_environment_that_its_parent_does_not_hear(flag: str, hostile: Path) -> None:
    code = (
        "from coercivity.verbs.children import finish\n"
        "print(finish('timeit', '-n', '1', '-r', '1', 'import numpy', limit_s=60)[0])"
    )
    told = subprocess.run(
        [sys.executable, flag, "-P", "-c", code],
        capture_output=True,
        check=False,
        text=True,
        env={**os.environ, "PYTHONPATH": str(hostile)},
        cwd="/",
        timeout=120,
    )
    assert told.stdout == "0\n"
    assert marks(hostile) == set()


def test_a_run_in_python_starts_its_workers_safely(hostile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative name means the same to a worker as to whoever asks."""
    table_of(hostile)
    monkeypatch.chdir(hostile)
    found = batch(TableAsked(Path("table.csv")), Path("out"), workers=2, part_rows=11_000)
    assert found.tally.rows == 21_000
    assert marks(hostile) == set()


def test_a_worker_that_ends_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with children.workers(1) as pool, pytest.raises(CoercivityError, match="BATCH-WORKER"):
        pool.submit(os._exit, 3).result()


def test_workers_end_with_their_executor() -> None:
    with children.workers(2) as pool:
        ids = {pool.submit(os.getpid).result() for _ in range(4)}
    assert ids
    assert not [one for one in ids if Path(f"/proc/{one}").exists()]


def test_workers_end_with_whoever_started_them() -> None:
    """Also where that was killed."""
    code = (
        "import os, time\nfrom coercivity.verbs import children\n"
        "with children.workers(1) as pool:\n"
        "    print(pool.submit(os.getpid).result(), flush=True); pool.submit(time.sleep, 60).result()"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        parent.kill()
        parent.wait()
    until(lambda: not Path(f"/proc/{worker}").exists(), 5)


def test_the_server_and_its_children_run_no_file_of_anybody(hostile: Path) -> None:
    """Started in a hostile folder, with its state in one, it looks at a table, makes its script and does a job."""
    port, state = free_port(), hostile / "state"
    state.mkdir()
    for name in ("json", "resource", "signal", "vl_convert", "polars", "sitecustomize"):
        plant(state, name)
    (state / "marks").touch()
    command = [str(BIN / "coercivity"), "serve", "--port", str(port), "--state", "state"]
    with subprocess.Popen(command, cwd=hostile, stdout=subprocess.DEVNULL) as server:
        try:
            until(lambda: listens(port), 60)
            base = f"http://127.0.0.1:{port}"
            told = sent(base, "json.py", b"print(1)\n")
            assert told["code"] == "UPLOAD-NAME"
            upload = sent(base, "table.csv", table_of(hostile, 20).read_bytes())
            assert upload["columns"]
            for place in (state / "uploads", state / "uploads" / upload["id"], state / "looks", state / "jobs"):
                place.mkdir(exist_ok=True)
                for name in ("json", "resource", "signal", "vl_convert", "polars"):
                    (place / f"{name}.py").write_bytes((hostile / f"{name}.py").read_bytes())
            assert asked(f"{base}/api/uploads/{upload['id']}?header_rows=1")["columns"]
            job = asked(f"{base}/api/batch", {"upload": upload["id"]})
            until(lambda: asked(f"{base}/api/jobs/{job['id']}")["state"] in ("done", "failed"), 60)
            assert asked(f"{base}/api/jobs/{job['id']}")["state"] == "done"
            with urllib.request.urlopen(f"{base}/static/vega.js", timeout=60) as script:
                assert len(script.read()) > 100_000
        finally:
            server.terminate()
    assert marks(hostile) == set()
    assert not (state.parent / "marks").exists()


def sent(base: str, name: str, content: bytes) -> dict[str, str]:
    head = f'--x\r\ncontent-disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = head.encode() + content + b"\r\n--x--\r\n"
    request = urllib.request.Request(f"{base}/api/uploads", body, {"content-type": "multipart/form-data; boundary=x"})
    return answered(request)


def asked(address: str, content: dict[str, str] | None = None) -> dict[str, str]:
    body = json.dumps(content).encode() if content else None
    return answered(urllib.request.Request(address, body, {"content-type": "application/json"}))


def answered(request: urllib.request.Request) -> dict[str, str]:
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            found: dict[str, str] = json.load(answer)
    except urllib.error.HTTPError as error:
        found = json.load(error)
    return found
