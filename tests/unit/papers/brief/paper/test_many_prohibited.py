"""Page one stays one page where hundreds of transactions are prohibited by many clauses: it names fewer clauses."""

from __future__ import annotations

import json

from coercivity.papers.brief.output import case_paper
from coercivity.papers.brief.paper.groups import deal_groups
from coercivity.papers.brief.paper.page_one.first import prohibited_sentences
from coercivity.papers.brief.paper.wording import wording
from coercivity.papers.brief.report_data import BriefReport
from coercivity.papers.printed.pdf import page_one_length
from coercivity.verbs.brief import brief
from tests.places import ROOT
from tests.unit.papers.brief.paper.bodies import ON, body_of


def test_of_many_clauses_the_first_are_named_and_the_rest_counted() -> None:
    body = body_of("smco-defence")
    groups = deal_groups(body)
    whole = next(prohibited_sentences(body, groups, wording("en")))
    cut = next(prohibited_sentences(body, groups, wording("en"), 2))
    stops = [row["id"] for row in body["transactions"] if row["outcome"] == "STOP"]
    assert all(name in whole for name in stops)
    named = [name for name in stops if f"{name} (" in cut]
    assert cut.endswith(f"; {len(stops) - len(named)} more in the annex.")
    assert 0 < len(named) < len(stops)
    assert "笔见附件。" in next(prohibited_sentences(body, groups, wording("zh"), 2))


def test_of_one_clause_not_every_transaction_is_named() -> None:
    body = body_of("smco-defence")
    told = next(prohibited_sentences(body, deal_groups(body), wording("en"), 1))
    assert told.startswith(
        "t01 (SmCo arc segments for fin actuators, to the prime contractor) and 2 more: 46/2024 Art. 1; "
    )
    assert told.endswith("; 5 more in the annex.")


def test_long_titles_of_many_transactions_leave_page_one_one_page() -> None:
    report: BriefReport = json.loads(brief(ROOT / "examples" / "smco-defence", ON, supply=False).json)
    rows = report["transactions"]
    for row in rows:
        row["title"] = {"en": f"{row['title']['en']}, {'on and on ' * 12}", "zh": f"{row['title']['zh']}{'很长' * 40}"}
    for at in range(98):
        again = rows[at % 20].copy()
        again["id"] = f"PO-2026/{at:04d}"
        rows.append(again)
    assert page_one_length(case_paper(report, "en")) == 1
    assert page_one_length(case_paper(report, "zh")) == 1


def test_hundreds_of_prohibited_transactions_leave_page_one_one_page() -> None:
    report: BriefReport = json.loads(brief(ROOT / "examples" / "smco-defence", ON, supply=False).json)
    rows = report["transactions"]
    for at in range(300):
        again = rows[at % 20].copy()
        again["id"] = f"x{at:04d}"
        rows.append(again)
    assert page_one_length(case_paper(report, "en")) == 1
    assert page_one_length(case_paper(report, "zh")) == 1
