"""A proof as lines of text, step by step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from coercivity.base.words import Lang, say
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.shared.names import clause_name
from coercivity.papers.shared.report_data import Proof
from coercivity.papers.shared.terminal import wrapped


def headed_proof_lines(book: Rulebook, proof: Proof, lang: Lang) -> Iterator[str]:
    """Yields a proof with its answer and its facts."""
    head = [str(proof.get(key)) for key in ("outcome", "finding", "hash")]
    yield "  ".join(head) + f"  on {proof.get('on')}  known {proof.get('known')}"
    for fact in proof.get("facts", []):
        yield f"      {fact['fact']} = {fact['value']}   ({fact['said_by']})"
    yield from proof_lines(book, proof, lang)


def proof_lines(book: Rulebook, proof: Proof, lang: Lang) -> Iterator[str]:
    """Yields the steps of a proof: rule, clause, fact, result, in that order."""
    values = {entry["fact"]: entry["value"] for entry in proof["facts"]}
    for step in proof["steps"]:
        status = step["status"]
        found = book.provision(step["provision"])
        name = clause_name(*found, lang) if found is not None else f"{step['instrument']}  {step['ref']}"
        yield f"      {step['role']:14} {name} [{step['provision']}]  {status['status']}"
        if found is not None:
            yield from wrapped(say(found[1].gist.as_dict(), lang), "          ")
        for key in ("item", "when"):
            if key in step:
                yield from _condition_lines(step[key], values, 10)
        for key in ("bears_on", "taken_out_by", "unless"):
            if key in step:
                held = step[key]
                words = held if isinstance(held, list) else [f"{name} {truth}" for name, truth in held.items()]
                yield f"          {key.replace('_', ' ')}: {', '.join(words)}"
        yield f"          = {step['match']} -> {step['effect']}"


def _condition_lines(node: Proof, values: Mapping[str, object], indent: int) -> Iterator[str]:
    pad = " " * indent
    if "fact" in node:
        op = next((key for key in node if key not in ("fact", "truth", "open")), "")
        given = values.get(node["fact"], "not given")
        yield f"{pad}{node['truth']:8}{node['fact']} {op.replace('_', ' ')} {_plain(node[op])}   <- {_plain(given)}"
    elif "use" in node:
        yield f"{pad}{node['truth']:8}{node['use']}:"
        yield from _condition_lines(node["of"], values, indent + 2)
    else:
        word = next((key for key in ("all_of", "any_of", "not") if key in node), "")
        yield f"{pad}{node['truth']:8}{word.replace('_', ' ')}"
        for part in node[word] if isinstance(node[word], list) else [node[word]]:
            yield from _condition_lines(part, values, indent + 2)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"[{', '.join(map(_plain, value))}]" if isinstance(value, list) else str(value)
