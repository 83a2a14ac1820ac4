"""Entry point: commands are registered by name and imported when used, so that help stays quick."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from contextlib import suppress

from cyclopts import App, CycloptsError

from coercivity.base.errors import CoercivityError
from coercivity.base.version import ENGINE_VERSION
from coercivity.cli.out import complain, fault_lines
from coercivity.cli.streams import ready

BAD_INPUT = 2
_COMMANDS = "coercivity.cli.commands"

app = App(
    name="coercivity",
    help="May this go, on this date; what do the rules do to supply. China's rare-earth rules as data, with proofs.",
    help_format="plaintext",
    version=ENGINE_VERSION,
    result_action="return_value",
)
rules = App(name="rules", help="The law as data: list, show, status, diff, calendar, overlay, check, keep.")
cases = App(name="cases", help="Worked cases against the rulebook.")
proof = App(name="proof", help="Open and re-check an answer.")
data = App(name="data", help="The packed tables: check, list, show.")

app.command(f"{_COMMANDS}.brief:brief", name="brief", help="The main job: a case folder in, one report out.")
app.command(f"{_COMMANDS}.decide:decide", name="decide", help="One deal, or a file of deals.")
app.command(f"{_COMMANDS}.batch:batch", name="batch", help="A table of any size: an answer a row, none lost.")
app.command(
    f"{_COMMANDS}.facts:facts", name="facts", help="The fact catalogue: every fact, type, unit, values, question."
)
app.command(f"{_COMMANDS}.glossary:glossary", name="glossary", help="Terms in English, Chinese and German.")
app.command(
    f"{_COMMANDS}.base_year:base_year",
    name="base-year",
    help="What the model makes of 2024, beside what was quoted and reported.",
)
app.command(
    f"{_COMMANDS}.outlook:outlook",
    name="outlook",
    help="What the rules do to supply: prices, gaps by clause, shortages.",
)
app.command(
    f"{_COMMANDS}.outlook:clause_price", name="clause-price", help="What one clause does: tonnes, money, who pays."
)
app.command(
    f"{_COMMANDS}.firm:survive",
    name="survive",
    help="How many days a firm goes on, and what each clause would cost it.",
)
app.command(f"{_COMMANDS}.firm:clock", name="clock", help="How long a licence takes: law, practice and draws apart.")
app.command(f"{_COMMANDS}.replay:replay", name="replay", help="Deals on other days, or old answers by today's law.")
app.command(rules)
app.command(cases)
app.command(proof)
app.command(data)
app.command(f"{_COMMANDS}.serve:serve", name="serve", help="The screens and the interface, on this machine alone.")
app.command(f"{_COMMANDS}.doctor:doctor", name="doctor", help="What this installation has, and how old its packs are.")
for _verb, _help in (
    ("list", "Every instrument."),
    ("show", "An instrument or one provision, and how we read it."),
    ("status", "What is in force, paused or unknown for two clocks."),
    ("calendar", "What is coming: ends of pauses and terms, starts of effect."),
    ("check", "Coverage in time, references, lists."),
    ("keep", "Keep the law pack by its hash, so that old proofs verify."),
):
    rules.command(f"{_COMMANDS}.rules:{_verb}_", name=_verb, help=_help)
rules.command(f"{_COMMANDS}.replay:diff", name="diff", help="Two days compared: clauses, deals, tonnes, money.")
rules.command(f"{_COMMANDS}.replay:overlay", name="overlay", help="Check an instrument of your own; what would change?")
for _verb, _help in (
    ("run", "Run a file of worked cases, or all that are packed."),
    ("cover", "Does every provision have a yes case and a no case?"),
    ("mutate", "Flip each condition in turn: does some case notice?"),
):
    cases.command(f"{_COMMANDS}.cases:{_verb}", name=_verb, help=_help)
proof.command(f"{_COMMANDS}.proofs:show", name="show", help="Print the proofs held in a file, step by step.")
proof.command(f"{_COMMANDS}.proofs:verify", name="verify", help="Read every proof twice, by two readers, and compare.")
for _verb, _help in (
    ("check", "Schema, units, keys, ranges, sums, sources, age."),
    ("list", "Every table."),
    ("show", "Rows of one table."),
):
    data.command(f"{_COMMANDS}.data:{_verb}_", name=_verb, help=_help)


def main(tokens: Sequence[str] | None = None) -> int:
    """Runs the command line and returns the exit code: 0, 10, 20, 30 for outcomes, 2 for bad input.

    Args:
        tokens: The words of a command; by default those of this process, whose streams are made ready then.
    """
    if tokens is None:
        ready()
    try:
        code = _answered(tokens)
        sys.stdout.flush()  # what has no room is told here, not while the program ends
    except CoercivityError as error:
        with suppress(CoercivityError):
            sys.stdout.flush()
        complain(*(line for fault in error.faults for line in fault_lines(fault)))
        return BAD_INPUT
    return code


def _answered(tokens: Sequence[str] | None) -> int:
    try:
        result = app(tokens, exit_on_error=False, print_error=False)
    except CycloptsError as error:
        complain(*f"coercivity: {error}".split("\n"), "    next: `coercivity --help`, or the command with --help")
        return BAD_INPUT
    return result if isinstance(result, int) else 0


def run() -> None:
    """Console script; whoever asks it to end has it clean up as Ctrl-C does."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(main())
