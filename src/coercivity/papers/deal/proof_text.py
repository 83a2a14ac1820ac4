"""An audit trail as lines of text, step by step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from coercivity.base.words import Lang, say
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.deal.party_text import party_lines
from coercivity.papers.shared.facts import condition_name, fact_label, plain_name, said_by_text, value_text
from coercivity.papers.shared.names import called, clause_name
from coercivity.papers.shared.outcomes import outcome_text
from coercivity.papers.shared.report_data import Proof
from coercivity.papers.shared.rules_text import basis_lines
from coercivity.papers.shared.steps import vouch_lines
from coercivity.papers.shared.terminal import label, wrapped
from coercivity.papers.shared.words import paper_words

_ANY_ITEM = "any_item_control"
_KINDS = paper_words("brief_words", "kinds")
_WORDS = paper_words("deal_answer_text", "proof")
_TRUTHS = paper_words("brief_page", "truths")
_OPERATORS = paper_words("brief_page", "operators")


def headed_proof_lines(book: Rulebook, proof: Proof, lang: Lang) -> Iterator[str]:
    """Yields an audit trail with its result and its facts."""
    head = (outcome_text(str(proof.get("outcome")), lang), label("findings", str(proof.get("finding")), lang))
    yield _w("head", lang).format(*head, proof.get("hash"), proof.get("on"), proof.get("known"))
    yield from vouch_lines(proof.get("vouches", ()), lang, "      ")
    for fact in proof.get("facts", []):
        if lang == "zh":
            name, said_by = fact_label(fact["fact"], lang), said_by_text(fact["said_by"], lang)
            told = (name, plain_name(book, fact["fact"], fact["value"], lang), said_by)
        else:
            told = (fact["fact"], value_text(book, fact["fact"], fact["value"], lang), fact["said_by"])
        yield f"      {_w('said_by', lang).format(*told)}"
    yield from party_lines(book, proof.get("screened", {"names": [], "lists": []}), lang)
    yield from proof_lines(book, proof, lang)


def proof_lines(book: Rulebook, proof: Proof, lang: Lang) -> Iterator[str]:
    """Yields the steps of an audit trail: rule, clause, facts, effect, in that order."""
    values = {entry["fact"]: entry["value"] for entry in proof["facts"]}
    for step in proof["steps"]:
        found = book.provision(step["provision"])
        name = clause_name(*found, lang) if found is not None else f"{step['instrument']}  {step['ref']}"
        role = say(_KINDS.get(step["role"], {"en": step["role"]}), lang)
        status = label("statuses", step["status"]["status"], lang)
        yield f"      {role}  {name} [{step['provision']}]  {status}"
        if found is not None:
            yield from wrapped(say(found[1].gist.as_dict(), lang), "          ")
            yield from basis_lines(found[1], lang, "          ")
        for key in ("item", "when"):
            if key in step:
                yield from _condition_lines(book, step[key], values, 10, lang)
        for key in ("bears_on", "taken_out_by", "unless"):
            if step.get(key):
                yield from wrapped(_others(book, key, step[key], lang), "          ")
        effect = label("effects", step["effect"], lang)
        yield f"          {_w('result', lang).format(_truth(step['match'], lang), effect)}"


def _others(book: Rulebook, key: str, held: Sequence[str] | Mapping[str, str], lang: Lang) -> str:
    """The clauses to which a step applies, or those that exclude it, with whether they fit the deal."""
    if isinstance(held, Mapping) and _ANY_ITEM in held:
        return _w("bears_on_any", lang).format(_truth(held[_ANY_ITEM], lang))
    if isinstance(held, Mapping):
        words = [_w("other", lang).format(called(book, n, lang), n, _truth(truth, lang)) for n, truth in held.items()]
    else:
        words = [_w("clause", lang).format(called(book, n, lang), n) for n in held]
    return _w(key, lang).format(("、" if lang == "zh" else ", ").join(words))


def _condition_lines(
    book: Rulebook, node: Proof, values: Mapping[str, object], indent: int, lang: Lang
) -> Iterator[str]:
    pad = " " * indent
    if "fact" in node:
        name = node["fact"]
        op = next((key for key in node if key not in ("fact", "truth", "open")), "")
        test = say(_OPERATORS.get(op, {"en": op.replace("_", " ")}), lang)
        show, shown = (plain_name, fact_label(name, lang)) if lang == "zh" else (value_text, name)
        given = show(book, name, values[name], lang) if name in values else _w("not_given", lang)
        yield f"{pad}{_truth(node['truth'], lang):8}{shown} {test} {show(book, name, node[op], lang)}   <- {given}"
    elif "use" in node:
        yield f"{pad}{_truth(node['truth'], lang):8}{_w('condition', lang).format(condition_name(node['use'], lang))}"
        yield from _condition_lines(book, node["of"], values, indent + 2, lang)
    else:
        word = next((key for key in ("all_of", "any_of", "not") if key in node), "")
        yield f"{pad}{_truth(node['truth'], lang):8}{_w(word, lang)}"
        for part in node[word] if isinstance(node[word], list) else [node[word]]:
            yield from _condition_lines(book, part, values, indent + 2, lang)


def _truth(word: str, lang: Lang) -> str:
    return say(_TRUTHS.get(word, {"en": word}), lang)


def _w(word: str, lang: Lang) -> str:
    return say(_WORDS[word], lang)
