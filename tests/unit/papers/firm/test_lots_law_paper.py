"""What a reader is told of lots that the law puts on hold, and of a workbook that gives no country."""

from __future__ import annotations

from pathlib import Path

import pytest

from coercivity.base.days import Day
from coercivity.base.words import Lang
from coercivity.firm.company.sources import company_of
from coercivity.firm.line_stop.lots_law import lots_law
from coercivity.firm.line_stop.stops import line_stops
from coercivity.papers.firm.stops.data import stops_data
from coercivity.papers.firm.stops.law import law_section, law_sentences
from coercivity.papers.firm.stops.report_data import LotLawData, StopsReport
from coercivity.papers.firm.stops.sections import stops_sections
from coercivity.verbs.company import company_stops
from tests.places import ROOT
from tests.support import BOOK

FIRMS = ROOT / "examples" / "firms"
ON, UNTIL = Day(2026, 11, 20), Day(2027, 5, 31)


def report(path: Path) -> StopsReport:
    company = company_of(path)
    told = lots_law(BOOK, company, on=ON)
    return stops_data(line_stops(company, on=ON, until=UNTIL, law=told.lots, held=told.held), BOOK)


def test_a_lot_on_hold_counts_in_no_layer() -> None:
    """Without Q2, M1 at GRZ has its stock of 2,600 kg and L2 of 1,200 kg: 3,800 / 40 = 95 days, through 2027-02-23."""

    def first(body: StopsReport) -> dict[str, str | None]:
        part = next(part for part in body["parts"] if (part["plant"], part["part"]) == ("GRZ", "M1"))
        return {key: part[key] for key in ("stock_stop_on", "cleared_stop_on", "licensed_stop_on")}

    free = {"stock_stop_on": "2027-01-25", "cleared_stop_on": "2027-02-24", "licensed_stop_on": "2027-06-04"}
    assert first(report(FIRMS / "alpenmotor.yaml")) == free
    assert first(report(FIRMS / "alpenmotor-law.yaml")) == {**free, "licensed_stop_on": "2027-02-24"}


def test_the_other_dates_of_the_example_are_those_without_the_law() -> None:
    plain, more = report(FIRMS / "alpenmotor.yaml"), report(FIRMS / "alpenmotor-law.yaml")
    assert [part for part in plain["parts"] if part["part"] != "M1"] == [
        part for part in more["parts"] if part["part"] != "M1"
    ]


def without_statement(folder: Path) -> Path:
    """The example without the statement that M1 contains no other rare earths."""
    text = (FIRMS / "alpenmotor-law.yaml").read_text(encoding="utf-8")
    path = folder / "firm.yaml"
    path.write_text(text.replace("other_rare_earths: 'none', ", ""), encoding="utf-8")
    return path


@pytest.mark.parametrize(("lang", "words"), [("en", "in M1 but those with a share above 0"), ("zh", "企业声明：M1除")])
def test_the_page_repeats_the_statement_on_which_a_composition_rests(lang: Lang, words: str, tmp_path: Path) -> None:
    (said,) = (text for text in law_section(report(FIRMS / "alpenmotor-law.yaml"), lang).sentences if words in text)
    assert "Q2" in said
    assert not any(words in text for text in law_section(report(without_statement(tmp_path)), lang).sentences)


def test_a_lot_on_hold_says_why_with_the_clause_and_what_to_enter(tmp_path: Path) -> None:
    body = report(without_statement(tmp_path))
    sentence, later = law_section(body, "en").sentences
    assert later.startswith("Rules are verified to 2026-09-29 only.")
    assert sentence == (
        "On hold: Q2. Undetermined on 2027-01-05. Based on MOFCOM/GAC 57/2025, holmium items (1C909); "
        "MOFCOM/GAC 57/2025, europium items (1C912). "
        "Enter: share of Eu of M1 (sheet Parts), share of Ho of M1 (sheet Parts)."
    )
    chinese, _ = law_section(body, "zh").sentences
    assert chinese.startswith("暂停：Q2。2027年1月5日的结论待定。")
    assert "“零部件”表中M1的Eu的含量" in chinese


def test_the_summary_says_right_after_the_stops_what_is_on_hold_or_was_not_asked() -> None:
    """Three plants stop, then comes what the dates count, then the law."""
    held = stops_sections(report(FIRMS / "alpenmotor-law.yaml"))[0].sentences[4]
    assert held.startswith("On hold under the law, and counted nowhere: Q2.")
    unasked = stops_sections(report(FIRMS / "alpenmotor.yaml"))[0].sentences[4]
    assert unasked.startswith("Lots not yet cleared for export were not checked against the law")
    assert "Enter the country in the sheets Suppliers and Plants." in unasked


def test_a_planning_assumption_is_told_and_frees_the_lot_only_with_its_cut_off(tmp_path: Path) -> None:
    """57/2025 assumed to stay suspended: M1 is free if what is known is said to reach the day on which Q2 leaves."""
    open_ = without_statement(tmp_path)
    told = company_stops(open_, assume="57=extended:2027-11-10", known="2027-01-05")
    assert not any(entry["held"] for entry in told.body["law"])
    note = "Decided under a planning assumption, which is not the law: MOFCOM/GAC 57/2025"
    assert any(note in sentence for sentence in stops_sections(told.body)[0].sentences)
    short = company_stops(open_, assume="57=extended:2027-11-10")
    assert [entry["lot"] for entry in short.body["law"] if entry["held"]] == ["Q2"]


def test_a_lot_that_no_licence_names_says_that_the_renewal_must_name_its_plant(tmp_path: Path) -> None:
    """Q9 for GYR under G-S1, which names GRZ and BRN: it leaves on the day of renewal, and the page says on what terms."""
    path, text = tmp_path / "firm.yaml", (FIRMS / "alpenmotor.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("licence: F-S1, filed: '2026-11-18'", "licence: G-S1, leaves: '2026-12-12'"))
    body = report(path)
    assert body["assumed"]["renewal_names"] == [{"lot": "Q9", "plant": "GYR", "licence": "G-S1"}]
    told = stops_sections(body)[-1].sentences
    assert any("Q9 leaves on the day of renewal only if the renewed licence G-S1 names GYR" in one for one in told)
    chinese = stops_sections(body, "zh")[-1].sentences
    assert any("Q9按续证之日发运，前提是续证后的许可证G-S1列明GYR" in one for one in chinese)
    assert report(FIRMS / "alpenmotor.yaml")["assumed"]["renewal_names"] == []


def test_lots_that_their_licence_does_not_cover_are_told_at_the_top_with_the_reason(tmp_path: Path) -> None:
    """N-S2a names GYR and ends on 2026-12-31: L3 leaves a day later, and Q8 of BRN is entered under it."""
    path, text = tmp_path / "firm.yaml", (FIRMS / "alpenmotor.yaml").read_text(encoding="utf-8")
    text = text.replace("licence: N-S2a, leaves: '2026-12-05'", "licence: N-S2a, leaves: '2027-01-01'")
    text = text.replace("plant: BRN, quantity_kg: '200', state: waiting, licence: F-S2, filed: '2026-11-10'",
                        "plant: BRN, quantity_kg: '200', state: waiting, licence: N-S2a, leaves: '2026-12-05'")  # fmt: skip
    path.write_text(text, encoding="utf-8")
    top = stops_sections(report(path))[0].sentences[4]
    assert top == (
        "Not covered by their licence, and counted nowhere: L3 (N-S2a is valid through 2026-12-31 only); "
        "L4 (N-S2a names GYR, not BRN). Apply for a licence for each and enter it."
    )
    chinese = stops_sections(report(path), "zh")[0].sentences[4]
    assert "L3（N-S2a有效期仅至2026年12月31日）；L4（N-S2a列明GYR，未列明BRN）" in chinese


def test_one_single_licence_for_two_lots_is_told_where_the_law_is_not_asked(tmp_path: Path) -> None:
    path, text = tmp_path / "firm.yaml", (FIRMS / "alpenmotor.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("licence: F-S2, filed: '2026-11-10', transit_days: '38', contract: C2",
                                 "licence: N-S2a, leaves: '2026-12-05', transit_days: '38', contract: C2"))  # fmt: skip
    body = report(path)
    assert body["assumed"]["shared_licences"] == {"N-S2a": ["L3", "Q6"]}
    assert any("N-S2a is counted for each of L3, Q6" in one for one in stops_sections(body)[-1].sentences)


def test_the_days_from_a_grant_to_leaving_are_said_to_be_assumed_if_they_are(tmp_path: Path) -> None:
    path, text = tmp_path / "firm.yaml", (FIRMS / "alpenmotor.yaml").read_text(encoding="utf-8")
    path.write_text(text.replace("  leaves_days_after_grant: '5'\n", ""), encoding="utf-8")
    told = stops_sections(report(path))[-1].sentences
    assert any(one.startswith("Goods leave 5 calendar days after the grant") and "assum" in one for one in told)


def test_a_part_of_which_every_lot_is_on_hold_is_not_said_to_need_no_licence() -> None:
    """Q2 is the only lot of M1 that still waits, and it is on hold."""
    body = company_stops(FIRMS / "alpenmotor-law.yaml").body
    own = [entry for entry in body["deadlines"] if entry["of"].get("part") == "M1"]
    assert own
    assert not any(entry["why"].get("licence") == "none" for entry in own)


def test_a_workbook_without_countries_says_which_cells_to_fill() -> None:
    (sentence,) = law_section(report(FIRMS / "alpenmotor.yaml"), "en").sentences
    assert "country of S1 (sheet Suppliers)" in sentence
    assert "country of GYR (sheet Plants)" in sentence


def row(**changes: object) -> LotLawData:
    found: dict[str, object] = {
        "lot": "Q", "part": "M", "plant": "P", "licence": "none", "state": "waiting", "outcome": "UNKNOWN",
        "clauses": ["c{1}"], "on": "2026-12-05", "agrees": False, "missing": [], "names": ["Is 'A' B?"],
        "names_zh": ["“A”是否为B？"], "held": "undecided", "checked_through": "2026-10-05",
        "questions": ["military_use", "goods_kind"], "to_declare": ["military_use"], "clause_names": {}, "assumed": {},
    }  # fmt: skip
    return {**found, **changes}  # type: ignore[typeddict-item] # changes have its keys


def told(entry: LotLawData, lang: Lang) -> str:
    body = {**report(FIRMS / "alpenmotor.yaml"), "law": [entry]}
    return law_section(body, lang).sentences[0]  # type: ignore[arg-type] # the same with other lots


@pytest.mark.parametrize(
    ("reason", "english", "chinese"),
    [
        ("licence needed", "Apply for a licence and enter it.", "请申请许可并填入工作簿"),
        ("prohibited", "Prohibited on 2026-12-05, even with a licence.", "2026年12月5日禁止出口"),
        ("name in doubt", "Judge the name", "请判定名称"),
        ("name not given", "cannot be screened", "未填企业名称"),
        ("not checked so far", "No rule known through 2026-10-05 requires a licence", "截至2026年10月5日"),
        ("undecided", "Answer in the sheet Declarations: ", "请在“合规声明”表中回答："),
    ],
)
def test_each_reason_says_what_to_do_in_both_languages(reason: str, english: str, chinese: str) -> None:
    assert english in told(row(held=reason), "en")
    assert chinese in told(row(held=reason), "zh")


def test_only_what_a_declaration_answers_is_asked_for_in_that_sheet() -> None:
    sentence = told(row(), "en")
    assert "(military_use)" in sentence
    assert "goods_kind" not in sentence


def test_lots_with_one_reason_share_a_sentence_and_braces_stay_as_written() -> None:
    body = {**report(FIRMS / "alpenmotor.yaml"), "law": [row(), row(lot="R")]}
    sentence = law_section(body, "en").sentences[0]  # type: ignore[arg-type] # the same with other lots
    assert sentence.startswith("On hold: Q, R.")
    assert "c{1}" in sentence
    assert list(law_sentences(body, "zh")) == [  # type: ignore[arg-type] # the same with other lots
        "依法律结论暂停、未计入任何日期的批次：Q、R。原因及处理见“各批次与法律结论”。"
    ]


def test_a_licence_that_is_not_needed_is_told_and_the_lot_counts() -> None:
    entry = row(outcome="PROCEED", held="", licence="G1", agrees=True)
    body = {**report(FIRMS / "alpenmotor.yaml"), "law": [entry]}
    section = law_section(body, "en")  # type: ignore[arg-type] # the same with other lots
    assert any("although the workbook enters one: Q" in sentence for sentence in section.sentences)
