"""The fifteen traps of the rulebook, one test each."""

from __future__ import annotations

import pytest

from coercivity.base.days import parse_day
from coercivity.law.explain.reasons import effect_of
from coercivity.law.rules.calendars.working_days import load_calendar
from coercivity.law.rules.model import Finding, Outcome
from tests.support import BOOK, DY_MAGNET, ND_MAGNET, SINTERING_RECIPE, biting, on, role

MAGNET_ABROAD = "act: reexport, form: magnet, magnet_type: [NdFeB], elements: [Nd, Dy], exporter_nationality: VN, from: VN, origin: VN"


def test_trap_01_while_62_is_in_force_the_catalogue_yields_to_it() -> None:
    """TIER Art. 42: licence while 62 is in force, the ban while it sleeps, one of both while nobody knows."""
    assert on(SINTERING_RECIPE, "2025-10-20").outcome is Outcome.LICENCE
    assert role(on(SINTERING_RECIPE, "2025-10-20"), "cat23-J-re-3") == "taken_out"
    assert on(SINTERING_RECIPE, "2026-03-02").outcome is Outcome.STOP
    unknown = on(SINTERING_RECIPE, "2026-11-20")
    assert (unknown.outcome, unknown.may_become) == (Outcome.LICENCE, Outcome.STOP)


@pytest.mark.parametrize(("share", "bites"), [("0.000999999", False), ("0.001", True), ("0.001000001", True)])
def test_trap_02_exactly_one_tenth_of_a_percent_by_value_counts(share: str, bites: bool) -> None:
    """61/2025 Art. 1(1): a floor, and a floor by value; the mass share is read by no rule."""
    facts = f"{MAGNET_ABROAD}, to: US, technology_origin: other, chinese_input_value_share: {share}, dy_mass_share: 0.3"
    cell = effect_of(BOOK, on(facts, "2026-03-02"), "mofcom-2025-61")
    assert cell == ("suspended" if bites else "not_listed")


def test_trap_02_only_the_listed_inputs_count() -> None:
    """61/2025 annex 1 part 1: China-origin neodymium metal is none of the 13 inputs."""
    facts = "act: reexport, form: metal, from: NL, to: US, origin: CN, exporter_nationality: NL"
    assert effect_of(BOOK, on(f"{facts}, elements: [Nd]", "2025-10-20"), "mofcom-2025-61") == "not_listed"
    assert effect_of(BOOK, on(f"{facts}, elements: [Dy]", "2025-10-20"), "mofcom-2025-61") == "LICENCE"


def test_trap_03_a_rotor_is_outside_18_and_inside_61() -> None:
    """FAQ V against part 2 of 61/2025, which names assemblies."""
    rotor = (
        "form: assembly, goods_kind: rotor_or_stator, mounted_on_core: true, magnet_type: [NdFeB], elements: [Nd, Dy]"
    )
    at_home = on(f"act: goods, {rotor}, from: CN, to: DE, origin: CN, exporter_nationality: CN", "2025-10-01")
    assert at_home.finding is Finding.NOT_CONTROLLED
    abroad = on(f"act: reexport, {rotor}, from: DE, to: MX, origin: CN, exporter_nationality: DE", "2025-10-20")
    assert biting(abroad) == {"a61-1-3"}


def test_trap_04_no_tariff_code_is_needed_to_catch_a_magnet_or_an_alloy() -> None:
    """18/2025 names none for either: no rule reads a tariff code, and no fact of that name exists."""
    assert not [name for name in BOOK.catalogue if "hs" in name.split("_") or "tariff" in name]
    assert on(f"{DY_MAGNET}, to: DE", "2025-06-01").outcome is Outcome.LICENCE
    alloy = "act: goods, form: alloy, alloy_system: SmCo, elements: [Sm], from: CN, to: JP, exporter_nationality: CN"
    assert on(alloy, "2025-06-01").outcome is Outcome.LICENCE


@pytest.mark.parametrize("share", ["0.0000001", "0.0005", "0.001", "0.02"])
def test_trap_05_the_law_has_no_floor_for_dysprosium(share: str) -> None:
    """0.1 percent by mass is practice, never law."""
    facts = f"act: goods, form: magnet, magnet_type: [NdFeB], from: CN, to: DE, exporter_nationality: CN, dy_mass_share: {share}"
    assert on(f"{facts}, tb_mass_share: 0", "2025-08-15").outcome is Outcome.LICENCE
    assert "dy_mass_share" not in BOOK.rule_facts


def test_trap_06_limb_two_of_61_ties_origin_to_the_technology() -> None:
    """Chinese technology with rare earths from elsewhere is caught; the reverse is not, by that limb."""
    chinese = on(f"{MAGNET_ABROAD}, to: KR, technology_origin: CN, chinese_input_value_share: 0", "2026-03-02")
    own = on(f"{MAGNET_ABROAD}, to: KR, technology_origin: other, chinese_input_value_share: 0", "2026-03-02")
    assert role(chinese, "a61-1-2") == "would_bite"
    assert role(own, "a61-1-2") == "absent"


def test_trap_07_a_deemed_export_turns_on_the_recipient() -> None:
    """62/2025 Art. 2: inside China to a foreign person counts, to a Chinese person it does not."""
    inside = SINTERING_RECIPE.replace("to: EE", "to: CN")
    assert "a62-1-a" in biting(on(inside, "2025-10-20"))
    chinese = inside.replace("recipient_nationality: EE", "recipient_nationality: CN").replace(
        "activity_place: EE", "activity_place: CN"
    )
    assert on(chinese, "2025-10-20").finding is Finding.NOT_CONTROLLED


def test_trap_08_the_catch_all_of_62_needs_knowledge_that_of_the_law_less() -> None:
    """62/2025 Art. 1(3) says knows; Export Control Law Art. 12(3) also should have known, and told."""
    mixer = (
        "act: goods, form: equipment, goods_kind: industrial_mixer, elements: [], from: CN, to: IN, exporter_nationality: CN,"
        " serves_stage: magnetic_material_manufacturing, activity_place: IN"
    )
    assert biting(on(f"{mixer}, knowledge: knows", "2025-10-20")) == {"a62-1-catchall"}
    assert biting(on(f"{mixer}, knowledge: should_know", "2025-10-20")) == set()
    assert biting(on(f"{mixer}, knowledge: should_know, wmd_use: true", "2025-10-20")) == {"ecl-12-3"}
    assert biting(on(f"{mixer}, notice: true", "2025-10-20")) == {"ecl-12-3"}


def test_trap_09_the_ban_on_help_names_persons_and_needs_neither_item_nor_knowledge() -> None:
    """62/2025 Art. 7: a Chinese person is caught, a foreign one is not."""
    help_abroad = "act: assistance, form: none, from: BR, to: BR, serves_stage: mining, process_stage: none, activity_place: BR, recipient_nationality: BR"
    assert biting(on(f"{help_abroad}, exporter_nationality: CN, exporter_place: BR", "2025-10-28")) == {"a62-7"}
    foreign = on(f"{help_abroad}, exporter_nationality: AU, exporter_place: BR", "2025-10-28")
    assert biting(foreign) == set()


def test_trap_10_public_domain_covers_what_was_public_not_what_you_publish() -> None:
    """62/2025 Art. 6(1) against Art. 6(2)."""
    public = SINTERING_RECIPE.replace("public_domain: false", "public_domain: true")
    assert on(public, "2025-10-25").outcome is Outcome.PROCEED
    publishing = (
        "act: publication, form: technology, process_stage: magnetic_material_manufacturing, magnet_type: [NdFeB],"
        " exporter_nationality: CN, from: CN, to: CN, public_domain: false"
    )
    assert on(publishing, "2025-10-25").outcome is Outcome.STOP


def test_trap_11_the_fifty_percent_rule_lives_only_in_61() -> None:
    """A listed owner with half the shares: refused in principle under 61, no effect under 18."""
    owner = "listed_owner_list: control_list, listed_owner_share: 0.5"
    abroad = on(
        f"act: reexport, form: metal, elements: [Sm], from: NL, to: US, origin: CN, exporter_nationality: NL, {owner}",
        "2025-10-20",
    )
    assert abroad.finding is Finding.PRESUMED_DENIAL
    assert on(f"{DY_MAGNET}, to: DE, {owner}", "2025-10-20").finding is Finding.LICENCE_REQUIRED
    below = owner.replace("0.5", "0.499999999")
    less = on(
        f"act: reexport, form: metal, elements: [Sm], from: NL, to: US, origin: CN, exporter_nationality: NL, {below}",
        "2025-10-20",
    )
    assert less.finding is Finding.LICENCE_REQUIRED


def test_trap_11_the_watch_list_is_a_licence_generally_and_a_refusal_under_61() -> None:
    """Decree 792 Art. 26 against 61/2025 Art. 2. The listing is stated, since no watch list existed in October 2025."""
    watched = "listed_on: [watch_list]"
    assert on(f"{DY_MAGNET}, to: JP, {watched}", "2026-03-15").finding is Finding.LICENCE_REQUIRED
    abroad = (
        f"act: reexport, form: metal, elements: [Sm], from: NL, to: US, origin: CN, exporter_nationality: NL, {watched}"
    )
    assert on(abroad, "2025-10-20").finding is Finding.PRESUMED_DENIAL


def test_trap_12_a_paused_listing_leaves_the_ordinary_licence_duty() -> None:
    """UEL 7/2025 paused, control list 13/2025 stopped: Dy metal still needs a licence."""
    metal = "act: goods, form: metal, elements: [Dy], from: CN, to: US, exporter_nationality: CN, party_sets: [cl-2025-13, uel-2025-7]"
    assert on(metal, "2026-01-10").finding is Finding.LICENCE_REQUIRED
    assert on(metal, "2025-04-20").outcome is Outcome.STOP


def test_trap_12_a_party_can_be_off_one_list_and_on_another() -> None:
    """22/2025 stopped on 12 August 2025 while UEL 7/2025 was only paused, then free of neither before."""
    both = f"{ND_MAGNET}, to: US, party_sets: [cl-2025-22, uel-2025-7]"
    assert role(on(both, "2025-08-20"), "l2025n22-list") == "absent"
    assert role(on(both, "2025-08-20"), "uel-2025-7-list") == "would_bite"


def test_trap_13_45_working_days_from_acceptance_in_the_chinese_calendar() -> None:
    """Decree 792 Art. 17, days off and make-up days of 2025 and 2026; a term into 2027 has no known end."""
    calendar = load_calendar()
    # 21 days in March from the 3rd, 21 in April without the 6th, then 6, 7 and 8 May after five days off
    assert calendar.after(parse_day("2026-03-02"), 45) == parse_day("2026-05-08")
    assert calendar.is_working(parse_day("2026-05-09")) is True
    assert calendar.after(parse_day("2026-12-01"), 45) is None


@pytest.mark.parametrize("case", ["exhibition_abroad", "repair_abroad_return", "other", "none"])
def test_trap_14_samples_exhibitions_and_repairs_are_exports(case: str) -> None:
    """Decree 792 Arts. 2 and 19: at best a registration certificate comes first; nothing goes free."""
    decision = on(f"{DY_MAGNET}, to: DE, certificate_case: {case}, returns_unchanged: true", "2026-03-02")
    assert decision.outcome is Outcome.LICENCE


def test_trap_15_article_1_of_46_was_never_paused() -> None:
    """72/2025 paused Art. 2 only."""
    military = "military_user: true, military_use: true"
    for day in ("2025-06-01", "2026-01-15", "2026-12-01"):
        assert "a46-1" in biting(on(f"{DY_MAGNET}, to: US, {military}", day))


def test_trap_15_the_notices_of_2026_also_bind_transfers_abroad() -> None:
    """23/2026 bars China-origin dual-use items from third countries; 21/2025 bound exporters only."""
    abroad = "act: reexport, form: oxide, elements: [Dy], from: KR, to: US, origin: CN, exporter_nationality: KR"
    assert on(f"{abroad}, party_sets: [cl-2026-23]", "2026-07-02").outcome is Outcome.STOP
    assert role(on(f"{abroad}, party_sets: [cl-2025-1]", "2026-07-02"), "l2025n1-list") == "absent"


@pytest.mark.parametrize("form", ["metal", "oxide", "compound"])
def test_gallium_to_the_united_states_is_never_let_go(form: str) -> None:
    """23/2023 names the metal and the oxide, and some compounds; 46/2024 Art. 2 refuses them in principle."""
    gallium = f"act: goods, form: {form}, elements: [Ga], from: CN, to: US, exporter_nationality: CN, origin: CN"
    decision = on(gallium, "2025-03-01")
    unnamed = form == "compound"
    assert (decision.outcome, decision.ceiling) == (Outcome.UNKNOWN if unnamed else Outcome.STOP, Outcome.STOP)
    assert on(f"{gallium}, listed_elsewhere: true", "2025-03-01").outcome is Outcome.STOP
    assert on(f"{gallium}, mineral_item: other", "2025-03-01").outcome is not Outcome.PROCEED


@pytest.mark.parametrize(("diameter", "length"), [("19", "20"), ("3", "25"), ("3", "4")])
def test_a_shaft_kiln_below_either_printed_size_is_not_freed(diameter: str, length: str) -> None:
    """2B902.z of 56/2025 prints 19 x 21 m, which may be a slip."""
    kiln = (
        "act: goods, form: equipment, goods_kind: recycling_shaft_kiln, elements: [], from: CN, to: MY,"
        f" exporter_nationality: CN, kiln_diameter: {diameter}, kiln_length: {length}"
    )
    assert role(on(kiln, "2026-03-02"), "a56-2b902-z-doubt") == "paused"
    assert on(kiln, "2026-11-12").outcome is Outcome.UNKNOWN
