"""Jobs for work that takes longer than a request: one child process each, with progress and results on disk.

A child has its own memory and interpreter lock, so a model run does not slow down other requests and can be cancelled
at any time. The id of a job is the hash of its request and the packs, so the same request always has the same address.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock, Thread
from typing import Any, TypedDict

from coercivity.base.canonical import sha256_of_text
from coercivity.base.errors import CoercivityError, Fault
from coercivity.base.json_types import Json
from coercivity.base.version import ENGINE_VERSION
from coercivity.verbs.children import Child
from coercivity.verbs.serving.places import Places
from coercivity.verbs.serving.problems import TOO_MANY, RefusedError

WAITING, RUNNING, DONE, FAILED, CANCELLED = "waiting", "running", "done", "failed", "cancelled"
ENDED = (DONE, FAILED, CANCELLED)
ASKED, RESULT, OUT, LOG = "asked.json", "result.json", "out", "log.txt"
MOST_RUNNING, MOST_WAITING, MOST_KEPT = 2, 16, 64
END_S = 5.0  # time for a cancelled job to stop
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


class Told(TypedDict, total=False):
    """One line from a child: its progress, or the faults of the request."""

    label: str
    done: int
    total: int
    faults: list[dict[str, str | list[str]]]


@dataclass(slots=True)
class Job:
    """A job.

    Attributes:
        id: Hash of the request and the packs.
        kind: Kind of work, such as `outlook`.
        asked: Request as plain data.
        folder: Folder of its result.
        state: waiting, running, done, failed or cancelled.
        label: Current step.
        done: Amount done in this step.
        total: Total amount of this step; 0 if not known yet.
        faults: Faults of the request.
        result: Result as plain data.
        changes: Number of changes, so that a watcher sees each change once.
    """

    id: str
    kind: str
    asked: Mapping[str, Json]
    folder: Path
    state: str = WAITING
    label: str = ""
    done: int = 0
    total: int = 0
    faults: tuple[Fault, ...] = ()
    result: dict[str, Any] = field(default_factory=dict)  # depends on the kind of work
    changes: int = 0
    process: subprocess.Popen[str] | None = None

    @property
    def ended(self) -> bool:
        """Whether the job has ended."""
        return self.state in ENDED

    def as_dict(self) -> dict[str, object]:
        """Returns the job as plain data for JSON."""
        return {
            "id": self.id,
            "kind": self.kind,
            "asked": dict(self.asked),
            "state": self.state,
            "label": self.label,
            "done": self.done,
            "total": self.total,
            "faults": [fault.as_dict() for fault in self.faults],
            "result": self.result,
            "files": sorted(self.files()),
        }

    def files(self) -> dict[str, Path]:
        """Returns the result files by name."""
        out = self.folder / OUT
        if self.state != DONE or not out.is_dir():
            return {}
        found = (path for path in out.iterdir() if path.is_file() and not path.is_symlink())
        return {path.name: path for path in found if _FILE.fullmatch(path.name)}


class Jobs:
    """The jobs of one server.

    Args:
        places: Folders for results, uploads and cases.
        packs: Hashes of the packs, part of every id.
    """

    def __init__(self, places: Places, packs: tuple[str, ...]) -> None:
        self._places, self._packs = places, packs
        self._held: dict[str, Job] = {}
        self._lock = RLock()
        self._closed = False
        self._begun = 0
        self._threads: list[Thread] = []
        places.pins.append(self.uploads_in_use)

    def start(self, kind: str, asked: Mapping[str, Json]) -> Job:
        """Returns the existing job for a request, or starts a new one.

        Raises:
            RefusedError: If too many jobs are waiting.
        """
        job_id = self.id_of(kind, asked)
        with self._lock:
            found = self._held.get(job_id)
            if found is not None and found.state not in (FAILED, CANCELLED):
                return found
            if sum(job.state == WAITING for job in self._held.values()) >= MOST_WAITING:
                what = f"the queue is full: {MOST_WAITING} jobs are waiting"
                raise RefusedError(
                    TOO_MANY, Fault("JOB-QUEUE", what, next="try again in a minute"), {"retry-after": "60"}
                )
            self._forget_old()
            self._begun += 1
            # One folder per attempt, because the previous attempt may still be stopping.
            job = Job(job_id, kind, asked, self._places.jobs / f"{job_id}-{self._begun}")
            self._forget(self._held.get(job_id))
            self._held[job_id] = job
            self._next()
        return job

    def id_of(self, kind: str, asked: Mapping[str, Json]) -> str:
        """Returns the id of the job for a request."""
        parts = [kind, asked, self._packs, ENGINE_VERSION]
        if self._places.parties.given:  # judgements change while the server runs
            parts.append(self._places.parties.law().book().party_files.key)
        text = json.dumps(parts, sort_keys=True, ensure_ascii=False)
        return sha256_of_text(text)[:32]

    def find(self, kind: str, asked: Mapping[str, Json]) -> Job | None:
        """Returns the job for a request, if there is one."""
        return self._held.get(self.id_of(kind, asked))

    def get(self, job_id: str) -> Job:
        """Returns a job.

        Raises:
            CoercivityError: If there is no job with that id.
        """
        found = self._held.get(job_id)
        if found is None:
            what = "job not found; results are kept until the server stops or newer results replace them"
            raise CoercivityError.of("JOB-UNKNOWN", what, where=job_id[:64], next="send the request again")
        return found

    def all(self) -> list[Job]:
        """Returns the jobs, newest first."""
        return list(self._held.values())[::-1]

    def uploads_in_use(self) -> set[str]:
        """Returns the ids of uploads in use by unfinished jobs."""
        asked = [job.asked for job in self.all() if not job.ended]
        return {str(one[name]) for one in asked for name in ("upload", "case", "file") if name in one}

    def cancel(self, job_id: str) -> Job:
        """Cancels a job and its child processes.

        Raises:
            CoercivityError: If there is no job with that id.
        """
        with self._lock:
            job = self.get(job_id)
            if not job.ended:
                self._tell(job, state=CANCELLED)
                _end(job.process)
        return job

    def close(self) -> None:
        """Cancels all jobs and waits for them to stop."""
        self._closed = True
        for job in self.all():
            self.cancel(job.id)
        for thread in list(self._threads):
            thread.join(END_S)

    def _next(self) -> None:
        """Starts waiting jobs up to the limit; the caller must hold the lock."""
        running = sum(job.state == RUNNING for job in self._held.values())
        for job in list(self._held.values()):
            if running >= MOST_RUNNING or self._closed:
                return
            if job.state == WAITING:
                self._tell(job, state=RUNNING)
                running += 1
                thread = Thread(target=self._run, args=(job,), daemon=True)
                self._threads = [held for held in self._threads if held.is_alive()] + [thread]
                thread.start()

    def _run(self, job: Job) -> None:
        try:
            shutil.rmtree(job.folder, ignore_errors=True)
            (job.folder / OUT).mkdir(parents=True)
            held = {"kind": job.kind, "asked": job.asked, "places": self._places.as_dict()}
            (job.folder / ASKED).write_text(json.dumps(held), encoding="utf-8")
            with (job.folder / LOG).open("w", encoding="utf-8") as log:
                process = Child(
                    "coercivity.verbs.serving.work",
                    str(job.folder),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    text=True,
                    start_new_session=True,
                )
            with self._lock:
                job.process = process
                if job.state == CANCELLED:
                    _end(process)
            self._listen(job, process)
        except OSError as error:
            what = f"the job could not be started: {error.strerror}"
            self._tell(job, state=FAILED, faults=(Fault("JOB-START", what, next="check free disk space and memory"),))
        finally:
            with self._lock:
                self._next()

    def _listen(self, job: Job, process: subprocess.Popen[str]) -> None:
        faults: tuple[Fault, ...] = ()
        with process:
            for line in process.stdout or ():
                told = _told(line)
                if "faults" in told:
                    faults = tuple(map(Fault.from_dict, told["faults"]))
                elif "label" in told and not job.ended:
                    self._tell(job, label=told["label"], done=told["done"], total=told["total"])
        _end(process)  # stops processes that the child left behind
        code, result = process.returncode, {}
        if code == 0:
            result = json.loads((job.folder / RESULT).read_text(encoding="utf-8"))
        with self._lock:  # so that the job cannot be cancelled in between
            if job.state == CANCELLED:
                shutil.rmtree(job.folder, ignore_errors=True)
            elif code == 0:
                self._tell(job, result=result, state=DONE)
            else:
                what = f"the job stopped before it finished (exit code {code})"
                ended = Fault("JOB-ENDED", what, next="run it again, or with a smaller input")
                self._tell(job, faults=faults or (ended,), state=FAILED)

    def _tell(self, job: Job, **changes: object) -> None:
        with self._lock:
            for name, value in changes.items():
                setattr(job, name, value)
            job.changes += 1

    def _forget_old(self) -> None:
        """Removes old jobs to make room for one more; the caller must hold the lock."""
        ended = [job for job in self._held.values() if job.ended]
        for job in ended[: max(0, len(self._held) + 1 - MOST_KEPT)]:
            self._forget(job)

    def _forget(self, job: Job | None) -> None:
        if job is not None:
            del self._held[job.id]
            shutil.rmtree(job.folder, ignore_errors=True)


def _told(line: str) -> Told:
    """Parses one line from a child; a library may print text, and a child may stop within a line."""
    try:
        told: Told | None = json.loads(line)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _end(process: subprocess.Popen[str] | None) -> None:
    """Kills a child and its own children; they have nothing to save."""
    if process is not None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
