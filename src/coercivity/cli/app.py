"""Entry point: registers commands by name and imports each only when it runs, which keeps help fast."""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from itertools import pairwise

from cyclopts import App, CycloptsError, MissingArgumentError, UnusedCliTokensError

from coercivity.base.errors import CoercivityError
from coercivity.base.version import ENGINE_VERSION
from coercivity.base.words import Lang
from coercivity.cli.out import complain, fault_lines
from coercivity.cli.streams import ready

BAD_INPUT, BY_SIGNAL = 2, 130
COLLECT_AFTER = (50_000, 20, 100)  # new objects and rounds before the collector looks around
INTERRUPTED = "interrupted; no file was left incomplete (a batch run continues with --resume)"
_COMMANDS = "coercivity.cli.commands"

app = App(
    name="coercivity",
    help="Check deals against China's rare-earth export controls, and model how the controls affect supply.",
    help_format="plaintext",
    version=ENGINE_VERSION,
    result_action="return_value",
    suppress_keyboard_interrupt=False,  # handled below, with a word
)
rules = App(name="rules", help="Look up the rulebook: instruments, clauses, legal status, upcoming dates.")
cases = App(name="cases", help="Test the rulebook against its worked cases.")
proof = App(name="proof", help="Show and verify the audit trails of results.")
words = App(name="words", help="Show how words are read as facts.")
cache = App(name="cache", help="Show or clear the cached results of the market model.")
data = App(name="data", help="Check, list and show the built-in data tables.")
firm = App(
    name="firm", help="Begin, check and convert the workbook of a company, which `survive`, `clock` and `mix` read."
)

app.command(f"{_COMMANDS}.brief:brief", name="brief", help="Write a report on a case folder (HTML and JSON).")
app.command(
    f"{_COMMANDS}.decide:decide",
    name="decide",
    help="Check a deal in words or facts, or every deal in a file, against the export controls on a date.\n\n"
    "Exit code: 0 PROCEED, 10 LICENCE, 20 STOP, 30 UNKNOWN (the most restrictive result of several deals); 2 for bad "
    "input.",
)
app.command(
    f"{_COMMANDS}.batch:batch",
    name="batch",
    help="Check every row of a table of any size.\n\n"
    "The output folder receives the results (one per row, in the same order), set-aside.csv (rows with input errors), "
    "readings.csv (how entries were read), mapping.yaml (the column mapping) and a summary. Exit code 0 when the "
    "run completes, regardless of the results; 2 for bad input.",
)
app.command(
    f"{_COMMANDS}.parties.screen:screen",
    name="screen",
    help="Compare names with the restricted-party lists of the rulebook and your own.\n\n"
    "Exit code: 0 no match, 20 a match, 30 a possible match; 2 more when a row could not be screened; 2 for bad input.",
)
app.command(
    f"{_COMMANDS}.parties.judge:judge",
    name="judge",
    help="Record whether names are listed parties: same, different, unsure, withdrawn; or show the record.",
)
app.command(
    f"{_COMMANDS}.parties.ownership:ownership",
    name="ownership",
    help="Check whether listed parties own a company, by the rule of each regime.\n\n"
    "Exit code 0 for every answer; 2 for bad input, or if a case of a file could not be read.",
)
app.command(
    f"{_COMMANDS}.terms.facts:facts",
    name="facts",
    help="List the facts a deal can state: type, unit, values, question.",
)
app.command(
    f"{_COMMANDS}.terms.glossary:glossary", name="glossary", help="Look up a term in English, Chinese and German."
)
app.command(
    f"{_COMMANDS}.base_year:base_year",
    name="base-year",
    help="Compare the model of 2024 with the prices quoted and the volumes reported for that year.",
)
app.command(
    f"{_COMMANDS}.outlook:outlook",
    name="outlook",
    help="Model prices, price gaps by clause and shortages under one scenario or two.",
)
app.command(
    f"{_COMMANDS}.outlook:clause_price",
    name="clause-price",
    help="Show the cost of one clause: volumes, money, who bears it.",
)
app.command(
    f"{_COMMANDS}.desk_check:desk_check",
    name="desk-check",
    help="Compare the modelled licensing desk with reports: files, decisions, times, misfit.",
)
app.command(
    f"{_COMMANDS}.firm:survive",
    name="survive",
    help="Estimate days of cover for a company's stock, and what each clause costs it.",
)
app.command(
    f"{_COMMANDS}.company.mix:mix",
    name="mix",
    help="Show which mix of stock and options is worth its money, from the workbook of a company.",
)
app.command(
    f"{_COMMANDS}.ministry.strategy:app",
    name="strategy",
    help="Show which firm wins with which levers of supply, as a factorial over scenarios.",
)
app.command(
    f"{_COMMANDS}.firm:clock", name="clock", help="Show how long a licence takes: statutory, reported, simulated."
)
app.command(
    f"{_COMMANDS}.ministry.fund:app",
    name="fund",
    help="Show which projects public money should buy under a budget, from the workbook of a ministry.",
)
app.command(
    f"{_COMMANDS}.ministry.bottleneck:bottleneck",
    name="bottleneck",
    help="Show whether technology or materials are the bottleneck outside China, from four runs of the market.",
)
app.command(
    f"{_COMMANDS}.evidence.calibrate:calibrate",
    name="calibrate",
    help="Fit eight parameters of the market to observations known by a day; a quarter of an hour on two processors.",
)
app.command(
    f"{_COMMANDS}.evidence.backtest:backtest",
    name="backtest",
    help="Score forecasts made on past days against later observations, beside null models.",
)
app.command(
    f"{_COMMANDS}.evidence.backtest:forecast",
    name="forecast",
    help="Write a dated, hashed forecast of figures that will be reported, or check one.",
)
app.command(
    f"{_COMMANDS}.replay:replay",
    name="replay",
    help="Recheck deals on other dates, or earlier results under today's rules.",
)
app.command(
    f"{_COMMANDS}.deals.routes:routes",
    name="routes",
    help="Compare supply routes under several laws, on several days and in every scenario, as one table.",
)
app.command(firm)
app.command(rules)
app.command(cases)
app.command(proof)
app.command(data)
app.command(cache)
app.command(words)
words.command(
    f"{_COMMANDS}.terms.words:explain",
    name="explain",
    help="Show which facts are read in a text or a file of texts, and from which words.",
)
app.command(
    f"{_COMMANDS}.serve:serve", name="serve", help="Start the web screens and the HTTP API (this computer only)."
)
app.command(
    f"{_COMMANDS}.doctor:doctor", name="doctor", help="Check the installation and the age of the rulebook and data."
)
for _verb, _help in (
    ("list", "List all instruments."),
    ("show", "Show an instrument or one clause, with our interpretation."),
    ("status", "Show the legal status of every clause on a date: in force, suspended or unconfirmed."),
    ("calendar", "List upcoming dates: suspensions and terms that end, rules that take effect."),
    ("parties", "List the entries of the restricted-party lists, as text, CSV or FollowTheMoney."),
    ("coverage", "Show the clauses by question, how each was read, and which points are open."),
    ("check", "Check the rulebook: gaps in time, references, lists."),
    ("vouch", "State who looked for newer notices and found none, as a file for --overlay."),
    ("keep", "Archive the rulebook by its hash, so that older audit trails can be verified."),
):
    rules.command(f"{_COMMANDS}.rules:{_verb}_", name=_verb, help=_help)
rules.command(f"{_COMMANDS}.replay:diff", name="diff", help="Compare two dates: clauses, deals, volumes, value.")
rules.command(f"{_COMMANDS}.replay:overlay", name="overlay", help="Check a user-supplied notice and show its effect.")
rules.command(
    f"{_COMMANDS}.deals.impact:impact",
    name="impact",
    help="Show what a draft notice would move: deals, licences, money.",
)
for _verb, _help in (
    ("run", "Run a file of worked cases, or all built-in cases."),
    ("cover", "Check that every clause has a positive and a negative test case."),
    ("mutate", "Flip each condition in turn and check that some case fails."),
):
    cases.command(f"{_COMMANDS}.cases:{_verb}", name=_verb, help=_help)
proof.command(f"{_COMMANDS}.proofs:show", name="show", help="Print the audit trails in a file, step by step.")
proof.command(
    f"{_COMMANDS}.proofs:verify",
    name="verify",
    help="Verify every audit trail in a file with two independent implementations.\n\n"
    "Exit code: 0 when all are verified; 1 when one fails; 3 when none fails but one was made with a rulebook that is "
    "not available.",
)
for _verb, _help in (
    ("show", "Show folder, size and limit of the cache."),
    ("clear", "Remove everything from the cache."),
):
    cache.command(f"{_COMMANDS}.cache:{_verb}_", name=_verb, help=_help)
for _verb, _help in (
    ("check", "Check schema, units, keys, ranges, sums, sources and age."),
    ("list", "List all tables."),
    ("show", "Show rows of one table."),
    ("draws", "List the rows with a range: how draws of the market draw them, or why not."),
    ("observations", "Print reported numbers and the figures of the model that they are compared with."),
    (
        "cut",
        "List rows that an information cut-off removes or keeps without a date.",
    ),
    ("export", "Write all tables as CSV files with a datapackage.json (Frictionless)."),
):
    data.command(f"{_COMMANDS}.data:{_verb}_", name=_verb, help=_help)
for _verb, _help in (
    ("template", "Write the empty workbook, or one filled in with an example."),
    ("quick", "Write a first workbook from ten values: enough for a stop date."),
    ("check", "Show the contents of a workbook and what each answer still needs; list all faults with sheet and cell."),
    ("export", "Write a workbook in another form: XLSX, YAML or CSV."),
):
    firm.command(f"{_COMMANDS}.company.workbook:{_verb}", name=_verb, help=_help)


def main(tokens: Sequence[str] | None = None) -> int:
    """Runs the command line and returns the exit code: 0, 10, 20 or 30 for a result, 2 for bad input.

    Args:
        tokens: The words of a command. Default: those of this process, whose output streams are then prepared.
    """
    if tokens is None:
        ready()
    try:
        code = _answered(tokens)
        sys.stdout.flush()  # report a full disk here rather than during interpreter shutdown
    except KeyboardInterrupt:
        complain(INTERRUPTED)
        return BY_SIGNAL
    except CoercivityError as error:
        with suppress(CoercivityError):
            sys.stdout.flush()
        lang = _lang(sys.argv[1:] if tokens is None else tokens)
        complain(*(line for fault in error.faults for line in fault_lines(fault, lang)))
        return BAD_INPUT
    return code


def _lang(tokens: Sequence[str]) -> Lang:
    """Returns the language that a command asks for; an error can come before its options are read."""
    return "zh" if "--lang=zh" in tokens or ("--lang", "zh") in pairwise(tokens) else "en"


def _answered(tokens: Sequence[str] | None) -> int:
    try:
        result = app(tokens, exit_on_error=False, print_error=False)
    except CycloptsError as error:
        complain(*_complaint(error))
        return BAD_INPUT
    return result if isinstance(result, int) else 0


def _complaint(error: CycloptsError) -> tuple[str, ...]:
    """Returns an error of the command line as lines: what is wrong, and what to do next."""
    verb = " ".join(error.command_chain or ())
    if isinstance(error, UnusedCliTokensError) and error.unused_tokens:
        told = " ".join(error.unused_tokens)
        return f"coercivity: `{verb}` does not take: {told}", f"    next: run `coercivity {verb} --help`"
    if isinstance(error, MissingArgumentError) and error.argument is not None and not error.argument.tokens:
        name = error.argument.name
        if error.argument.field_info.is_positional:
            name = name.lstrip("-").upper()
        if name == "--on":
            return (f"coercivity: `{verb}` needs a date", "    next: add --on YYYY-MM-DD")
        return f"coercivity: `{verb}` needs {name}", f"    next: run `coercivity {verb} --help`"
    return *f"coercivity: {error}".split("\n"), "    next: run `coercivity --help`, or the command with --help"


def run() -> None:
    """Runs as the console script; SIGTERM cleans up the way Ctrl-C does."""
    gc.set_threshold(*COLLECT_AFTER)  # the law is read once and stays; it need not be searched meanwhile
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(main())
