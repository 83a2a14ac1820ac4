"""Parameters of machines: the figure that belongs to each, exactly in the unit of the catalogue."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coercivity.base.errors import Faults
from coercivity.base.exact import Interval
from coercivity.data.values import plain_value
from coercivity.intake.words.amounts.parameters import parameter_reader
from coercivity.intake.words.amounts.reader import parameters_in
from coercivity.intake.words.lexicon.folded import folded
from coercivity.law.rules.rulebook import Rulebook

HEAD = "goods_kind,fact,unit,words,open_above\n"
FURNACE, MILL, PRESS = "magnet_vacuum_sintering_furnace", "magnet_jet_mill", "magnet_field_press"
CELL, KILN, MELTER = "rare_earth_electrolytic_cell", "rare_earth_roasting_kiln", "vacuum_induction_reduction_furnace"


def _read(book: Rulebook, kind: str, text: str) -> dict[str, object]:
    return {one.fact: plain_value(one.value) for one in parameters_in(book, folded(text), kind)}


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        (MILL, "气流磨 QLM-400T，平均粒度3μm，氧含量≤20ppm", {"particle_size": "3", "oxygen_content": "20"}),
        (
            MILL,
            "D50 = 2,8 µm, recovery 99.5 %, O2 < 50 ppm",
            {"particle_size": "2.8", "powder_recovery": "0.995", "oxygen_content": "50"},
        ),
        (FURNACE, "Sinterofen, 1150 °C, Abkühlzeit 90 min", {"heating_temperature": "1150", "cooling_time": "90"}),
        (
            FURNACE,
            "最高温度1200℃ 冷却時間18分 温度均一性±3℃",
            {"heating_temperature": "1200", "cooling_time": "18", "temperature_uniformity_at_1000_degC": "3"},
        ),
        (
            FURNACE,
            "uniformity at 1000 °C ±3 °C; 500 to 1200 °C; cooling 0.5 h",
            {
                "temperature_uniformity_at_1000_degC": "3",
                "heating_temperature": ["500", "1200"],
                "cooling_time": "30",
            },
        ),
        (FURNACE, "uniformity at 900 °C ±5 °C", {"heating_temperature": "900"}),
        (FURNACE, "1.150 °C", {"heating_temperature": "1150"}),
        (FURNACE, "max. 1350 °C", {"heating_temperature": ["0", "1350"]}),  # and below
        (FURNACE, "cooling water temperature 30 °C", {}),
        (FURNACE, "1150 °C or 1200 °C", {}),  # which of them
        (PRESS, "field press with 2 T electromagnet", {"magnetic_induction": "2"}),
        (PRESS, "磁场 18000 Gs", {"magnetic_induction": "1.8"}),
        (PRESS, "press MP-200T, 200 T force, net weight 3 t", {}),
        (CELL, "稀土电解槽 8kA 石墨阳极", {"current": "8000"}),
        (
            CELL,
            "10.000 A, anode current density 6 A/cm2, cathodic 1.5 A/cm²",
            {"current": "10000", "anode_current_density": "6", "cathode_current_density": "1.5"},
        ),
        (CELL, "drive motor current 15 A", {}),
        (
            KILN,
            "rotary kiln 3.2 x 50 m, for acid roasting at 700 C",
            {"kiln_diameter": "3.2", "kiln_length": "50", "reaction_temperature": "700"},
        ),
        (
            KILN,
            "回转窑 直径3.2米 长度50米 温度500-800℃",
            {"kiln_diameter": "3.2", "kiln_length": "50", "reaction_temperature": ["500", "800"]},
        ),
        (MELTER, "600 kg/batch, N.W. 3200 kg, 2500 Hz", {"melt_mass": "600", "supply_frequency": "2.5"}),
        (MELTER, "net weight 3200 kg, mains 50 Hz", {}),
        (MELTER, "Chargengewicht 1.200 kg", {}),  # may be 1.2 or 1200
        ("rare_earth_extraction_tank", "mixing chamber 2.5 m³, settler 8 m3", {"mixing_chamber_volume": "2.5"}),
        ("ionic_ore_precipitation_line", "6000 m3/d", {"leachate_throughput": "6000"}),
        ("motor", "400 W, 1150 °C", {}),
        (
            FURNACE,
            "cooling <= 20 min, uniformity +/-3 K",
            {"cooling_time": "20", "temperature_uniformity_at_1000_degC": "3"},
        ),
        (FURNACE, "at 1300 K", {}),
        (MILL, "QLM-260, D50 3.2 um", {"particle_size": "3.2"}),
        ("rare_earth_precipitation_reactor", "沉淀反应釜 15立方", {"vessel_volume": "15"}),
        ("rare_earth_extraction_tank", "settler 8 m3", {}),
        ("czochralski_furnace", "for YAG, melting at 1950 °C", {}),  # not the maximum
    ],
)
def test_parameters(book: Rulebook, kind: str, text: str, found: dict[str, object]) -> None:
    assert _read(book, kind, text) == found


def test_only_the_figures_of_the_range_are_read(book: Rulebook) -> None:
    whole = folded("furnace 1150 °C\nother furnace 1500 °C")
    found = parameters_in(book, whole, FURNACE, 0, whole.flat.index("\n"))
    assert [(one.value, [whole.text[s.start : s.end] for s in one.spans]) for one in found] == [
        (Interval(1150 * 10**9, 1150 * 10**9), ["1150 °C"])
    ]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("magnet_jet_mil,particle_size,um,size,", "PARAMETERS-KIND"),
        ("magnet_jet_mill,particle,um,size,", "PARAMETERS-FACT"),
        ("magnet_jet_mill,form,um,size,", "PARAMETERS-FACT"),
        ("magnet_jet_mill,particle_size,mm,size,", "PARAMETERS-UNIT"),
        ("magnet_jet_mill,particle_size,um,size,high", "PARAMETERS-ABOVE"),
        ("magnet_jet_mill,particle_size,um,,", "PARAMETERS-WORDS"),
    ],
)
def test_faults_of_the_file_have_code_and_line(book: Rulebook, row: str, code: str) -> None:
    faults = Faults()
    parameter_reader(book.catalogue, HEAD + row + "\n", "parameters.csv", faults)
    assert [(fault.code, fault.where) for fault in faults.items] == [(code, "parameters.csv:2")]


def test_other_columns_are_refused(book: Rulebook) -> None:
    faults = Faults()
    parameter_reader(book.catalogue, "goods_kind,fact\n", "parameters.csv", faults)
    assert [fault.code for fault in faults.items] == ["PARAMETERS-COLUMNS"]


@given(st.decimals(min_value=Decimal(1), max_value=Decimal(30), places=1), st.sampled_from(["kA", " kA"]))
def test_the_value_equals_the_figure(book: Rulebook, figure: Decimal, unit: str) -> None:
    exact = int(figure * 1000 * 10**9)
    for written in (f"{figure:f}", f"{figure:f}".replace(".", ",")):
        (one,) = parameters_in(book, folded(f"cell {written}{unit}"), CELL)
        assert one.value == Interval(exact, exact)


@given(
    st.sampled_from([FURNACE, MILL, PRESS, CELL, KILN, MELTER]),
    st.text(alphabet=st.sampled_from("0123456789 .,x×-~°CTkAmg³ppm%±℃min粒度氧\u200f\n"), max_size=60),
)
def test_any_text_gives_values_from_within_it(book: Rulebook, kind: str, text: str) -> None:
    for one in parameters_in(book, folded(text), kind):
        assert all(0 <= span.start < span.end <= len(text) for span in one.spans)
        assert isinstance(one.value, Interval)
