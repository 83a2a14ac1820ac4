"""Places of errors: neutral below the user interfaces, an option on the command line."""

from __future__ import annotations

import copy
import json
import pickle

import pytest

from coercivity.base.errors import Argument, CoercivityError, Fault
from coercivity.cli.app import main
from coercivity.cli.out import fault_lines
from coercivity.verbs.decide import decide


def test_an_argument_stays_one_on_its_way_to_another_process() -> None:
    fault = pickle.loads(pickle.dumps(Fault("DATE", "no day", Argument("on"))))
    assert fault_lines(fault) == ["--on: DATE: no day"]
    assert fault_lines(Fault("DATE", "no day", "on")) == fault.lines() == ["on: DATE: no day"]
    assert json.loads(json.dumps(fault.as_dict()))["where"] == "on"


def test_only_the_command_line_writes_dashes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CoercivityError) as caught:
        decide({"act": "goods"}, on="x", known="y", assume="z")
    assert [fault.where for fault in caught.value.faults] == ["on", "known", "assume"]
    assert main(["decide", "--fact", "act=goods", "--on", "x", "--known", "y", "--assume", "z"]) == 2
    told = [line.split(":")[0] for line in capsys.readouterr().err.splitlines() if not line.startswith(" ")]
    assert told == ["--on", "--known", "--assume"]


def test_an_error_keeps_its_faults_on_its_way_out_of_another_process() -> None:
    error = CoercivityError([Fault("DATE", "no such day", Argument("on"), ("2025-02-28",), "mend it"), Fault("A", "b")])
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(again) is CoercivityError
        assert again.faults == error.faults
        assert isinstance(again.faults[0].where, Argument)
        assert str(again) == str(error)
