"""Signs argued before any run: what each mechanism and each policy should change, and why.

Changes are those of means (prices, shares) or sums (tonnes, money) over a period, with the mechanism or policy less
without it. Written on 2026-11-28, before the mechanisms were in the market; `by_products` was added later that day, when it
became a mechanism of its own, before it was run alone. Not to be edited after a run: a sign that does not come true is
reported as contradicted.
"""

from __future__ import annotations

from typing import NamedTuple

UP, DOWN, NONE, EITHER = "+", "-", "0", "either"

GROUPS = ("quotes abroad", "quotes in China", "without", "thrift", "substituted", "started", "recycled", "money")

# Figures of a run, by group. `figures_of` in `_breadth_runs.py` says how each is taken.
FIGURES: dict[str, tuple[str, ...]] = {
    "quotes abroad": ("NdPr abroad", "Dy abroad", "Tb abroad", "mag_none abroad", "mag_high abroad"),
    "quotes in China": ("NdPr in China", "Dy in China", "Tb in China", "mag_none in China", "mag_high in China"),
    "without": ("without",),
    "thrift": ("thrift",),
    "substituted": ("substituted",),
    "started": ("started",),
    "recycled": ("recycled share",),
    "money": ("public money",),
}


class Argued(NamedTuple):
    """A sign argued for some figures.

    Attributes:
        figures: Names of figures, or of groups of them.
        sign: `+`, `-`, `0` or `either`.
        why: The argument, one sentence.
        period: First and last month; that of the benchmark if empty.
    """

    figures: tuple[str, ...]
    sign: str
    why: str
    period: tuple[str, str] | tuple[()] = ()


ALL_QUOTES = ("quotes abroad", "quotes in China")
LATE = ("2029-01", "2030-12")

# One mechanism on, the others off, against all off.
MECHANISM_SIGNS: dict[str, tuple[Argued, ...]] = {
    "contracts": (
        Argued(("NdPr abroad",), UP, "Magnets under take-or-pay are made abroad even in months when price alone would not have them made, and their makers need oxide."),
        Argued(("mag_none abroad", "mag_high abroad"), EITHER, "Contracted output adds magnets where the contract is, and takes inputs from makers without one."),
        Argued(("Dy abroad", "Tb abroad"), EITHER, "The named contracts are in NdPr oxide and in magnets; whether those magnets contain Dy and Tb, or replace imported ones that do, decides."),
        Argued(("NdPr in China", "mag_none in China", "mag_high in China"), DOWN, "What a contract has made abroad is not bought in China."),
        Argued(("Dy in China", "Tb in China"), EITHER, "Fewer magnets are bought in China, but oxide for those made abroad may be."),
        Argued(("without",), EITHER, "A contract fixes who gets the tonnes, not how many there are; buyers with one go without less, the others more."),
        Argued(("thrift", "substituted"), EITHER, "Both follow prices abroad, which are not signed for magnets."),
        Argued(("started",), NONE, "Without entry the dates of plants are those of the table."),
        Argued(("recycled share",), EITHER, "Nothing is collected from devices without recycling; swarf rises and falls with magnets made."),
        Argued(("public money",), NONE, "A contract is paid by its buyer; what a buyer who is a government pays is listed apart."),
    ),
    "recycling": (
        Argued(("NdPr abroad", "Dy abroad", "Tb abroad"), DOWN, "Oxides from magnets at the end of their life add to supply and to no demand."),
        Argued(("mag_none abroad", "mag_high abroad"), DOWN, "Magnets are cheaper where their oxides are."),
        Argued(("quotes in China",), DOWN, "The end-of-life part of 2024 is taken out of the base-year total, so the base is the same and what is collected grows from there."),
        Argued(("without", "thrift", "substituted"), DOWN, "More supply lowers prices, and all three answer to prices."),
        Argued(("started",), NONE, "Without entry the dates of plants are those of the table."),
        Argued(("recycled share",), UP, "There is none without it."),
        Argued(("public money",), NONE, "No policy pays in the base scenario."),
    ),
    "substitution": (
        Argued(("Dy abroad", "Tb abroad"), DOWN, "By 2029 options that began in 2026 are qualified, and all of them save Dy and Tb.", LATE),
        Argued(("NdPr abroad",), EITHER, "Designs without magnets save NdPr, but magnets without Dy and Tb need slightly more of it.", LATE),
        Argued(("mag_none abroad",), EITHER, "It replaces magnets with Dy and Tb, and is itself replaced by designs without magnets.", LATE),
        Argued(("mag_high abroad",), DOWN, "It is what all options replace.", LATE),
        Argued(("Dy in China", "Tb in China"), DOWN, "Less is bought in China, and designs change there too.", LATE),
        Argued(("NdPr in China", "mag_none in China"), EITHER, "As abroad.", LATE),
        Argued(("mag_high in China",), DOWN, "As abroad.", LATE),
        Argued(("without",), DOWN, "A buyer with a second design is not without a device.", LATE),
        Argued(("thrift",), DOWN, "With lower prices there is less reason to save.", LATE),
        Argued(("substituted",), UP, "There are more options than the one magnet-free recipe of a use without the mechanism, and by 2029 their waiting times are over.", LATE),
        Argued(("started",), NONE, "Without entry the dates of plants are those of the table."),
        Argued(("recycled share",), EITHER, "Only swarf is there without recycling, in proportion to what is made."),
        Argued(("public money",), NONE, "No policy pays in the base scenario."),
    ),
    "entry": (
        Argued(("Dy abroad", "Tb abroad"), DOWN, "Their quotes abroad are above those of 2024, so projects for them pay, also those that are only studied, while committed ones go on."),
        Argued(("NdPr abroad", "mag_none abroad", "mag_high abroad"), EITHER, "Projects that pay are added and planned ones that do not are put off: entry pulls a price towards long-run cost, from above or below."),
        Argued(("quotes in China",), EITHER, "Less is bought in China where projects are added and more where they are put off; no plant in China is decided."),
        Argued(("without", "thrift", "substituted"), EITHER, "As quotes abroad; closed capacity was idle, so it has no effect until it is needed."),
        Argued(("started",), EITHER, "Without the mechanism every planned plant starts; with it some are added and some put off."),
        Argued(("recycled share",), EITHER, "Recyclers are decided as others are."),
        Argued(("public money",), NONE, "No policy pays in the base scenario; money in the pack that was contracted earlier is the same in both."),
    ),
    "grey_supply": (
        Argued(("Dy distance from base in China", "Tb distance from base in China"), DOWN, "Unregistered supply grows where the quote is above that of 2024 and shrinks where it is below, so it damps the distance from it."),
        Argued(("NdPr in China", "Dy in China", "Tb in China", "mag_none in China", "mag_high in China"), EITHER, "Down where the quote is above that of 2024, up where it is below."),
        Argued(("quotes abroad",), EITHER, "As in China, weaker, since a licence is between the two."),
        Argued(("without", "thrift", "substituted"), EITHER, "They follow the quotes."),
        Argued(("started",), NONE, "Without entry the dates of plants are those of the table."),
        Argued(("recycled share",), EITHER, "Only swarf is there without recycling."),
        Argued(("public money",), NONE, "No policy pays in the base scenario."),
    ),
    "by_products": (
        Argued(("quotes abroad",), DOWN, "A pile can be taken up later and need not be, so it can only add to supply."),
        Argued(("quotes in China",), DOWN, "As abroad."),
        Argued(("without", "thrift", "substituted"), DOWN, "They follow the quotes."),
        Argued(("started",), NONE, "Without entry the dates of plants are those of the table."),
        Argued(("recycled share",), EITHER, "Only swarf is there without recycling."),
        Argued(("public money",), NONE, "No policy pays in the base scenario."),
    ),
    "loading": (
        Argued(("quotes abroad",), UP, "A limit on what can be loaded in a month only takes away ways to fill stores before a known date, or after a halt."),
        Argued(("quotes in China",), DOWN, "What cannot be loaded stays in China."),
        Argued(("without", "thrift", "substituted"), UP, "Goods reach users later and at higher prices."),
        Argued(("started",), NONE, "Without entry the dates of plants are those of the table."),
        Argued(("recycled share",), EITHER, "Only swarf is there without recycling."),
        Argued(("public money",), NONE, "No policy pays in the base scenario."),
    ),
}  # fmt: skip

# The scenario against the base scenario, all mechanisms on in both.
POLICY_SIGNS: dict[str, tuple[Argued, ...]] = {
    "price-floor-110": (
        Argued(("NdPr abroad", "mag_none abroad", "mag_high abroad"), DOWN, "Makers are paid the difference, so they make, and build, what the quote alone would not pay for, and the quote itself falls."),
        Argued(("Dy abroad", "Tb abroad"), DOWN, "More ore is separated for its NdPr, and its Dy and Tb come with it, little as they are in light ore."),
        Argued(("quotes in China",), DOWN, "Supply outside China replaces some that was bought there."),
        Argued(("without", "thrift", "substituted"), DOWN, "They follow quotes abroad."),
        Argued(("started",), UP, "A project counts the floor as its lowest price."),
        Argued(("recycled share",), EITHER, "Recyclers in the region of the floor are paid it too; elsewhere collection answers to the lower quote."),
        Argued(("public money",), UP, "The payer pays as long as the quote is below the floor."),
    ),
    "stockpile-2027, buying": (
        Argued(("quotes abroad",), UP, "Purchases are demand on top of that of users.", ("2027-01", "2027-12")),
        Argued(("quotes in China",), UP, "Part of what is bought, or what replaces it, comes from China.", ("2027-01", "2027-12")),
        Argued(("without", "thrift", "substituted"), UP, "Users answer to the higher quote; the state stops at its highest price, well below that at which devices are not built.", ("2027-01", "2027-12")),
        Argued(("started",), UP, "A higher quote can only bring a decision forward."),
        Argued(("recycled share",), UP, "Collection answers to quotes.", ("2027-01", "2027-12")),
        Argued(("public money",), UP, "Purchases are paid.", ("2027-01", "2027-12")),
    ),
    "stockpile-2027, releasing": (
        Argued(("quotes abroad",), DOWN, "What is released is supply, and what was built for the purchases stays.", ("2028-01", "2030-12")),
        Argued(("quotes in China",), DOWN, "Released tonnes are not bought in China.", ("2028-01", "2030-12")),
        Argued(("without", "thrift", "substituted"), DOWN, "They follow quotes abroad; designs qualified during the purchases stay and may hold substitution up.", ("2028-01", "2030-12")),
        Argued(("recycled share",), DOWN, "Collection answers to quotes.", ("2028-01", "2030-12")),
        Argued(("public money",), DOWN, "Released tonnes are sold; without a release nothing is paid or received.", ("2028-01", "2030-12")),
    ),
    "recycling-push": (
        Argued(("NdPr abroad", "Dy abroad", "Tb abroad"), DOWN, "Recyclers that are paid treat more, which is supply; a ban on scrap exports alone could treat less, if the region that keeps its scrap has no room for it."),
        Argued(("mag_none abroad", "mag_high abroad"), DOWN, "Magnets are cheaper where their oxides are."),
        Argued(("quotes in China",), DOWN, "Less is bought in China."),
        Argued(("without", "thrift", "substituted"), DOWN, "They follow quotes abroad."),
        Argued(("started",), UP, "Grants bring recyclers forward."),
        Argued(("recycled share",), UP, "It is what the mandate asks for."),
        Argued(("public money",), UP, "Grants are paid."),
    ),
    "long-contracts": (
        Argued(("NdPr abroad",), UP, "Magnets under contract are made abroad and their makers need oxide, and a buyer who takes what it owes leaves less for others."),
        Argued(("Dy abroad", "Tb abroad"), EITHER, "Depends on the grades under contract."),
        Argued(("mag_none abroad", "mag_high abroad"), EITHER, "More is made abroad, at dearer inputs, and tied to buyers."),
        Argued(("NdPr in China", "mag_none in China", "mag_high in China"), DOWN, "Magnets made abroad are not bought in China."),
        Argued(("Dy in China", "Tb in China"), EITHER, "Fewer magnets, but perhaps more oxide, are bought in China."),
        Argued(("without",), EITHER, "Contracts move tonnes to those who have one."),
        Argued(("thrift", "substituted"), EITHER, "They follow quotes that are not signed."),
        Argued(("started",), UP, "Capacity that a contract keeps busy is worth more to its owner."),
        Argued(("recycled share",), EITHER, "Recyclers compete with contracted oxide, and gain from its higher quote."),
        Argued(("public money",), NONE, "Buyers pay."),
    ),
    "magnet-lines-late": (
        Argued(("mag_none abroad", "mag_high abroad"), UP, "There is less capacity outside China."),
        Argued(("NdPr abroad", "Dy abroad", "Tb abroad"), DOWN, "Lines that are late buy no oxide."),
        Argued(("quotes in China",), UP, "Magnets, and the oxide in them, are bought in China instead."),
        Argued(("without", "thrift", "substituted"), UP, "Magnets abroad are dearer, and controlled ones wait for a licence."),
        Argued(("started",), DOWN, "Lines start later, some after the period."),
        Argued(("recycled share",), EITHER, "Fewer magnets are made abroad, which raises the share, at cheaper oxides, which lowers it."),
        Argued(("public money",), NONE, "No policy pays."),
    ),
    "quota-2010-style": (
        Argued(("quotes abroad",), UP, "Less oxide and metal leaves China, and magnets made abroad need it; no effect where licences bind more tightly."),
        Argued(("NdPr in China", "Dy in China", "Tb in China"), DOWN, "What may not leave is sold in China."),
        Argued(("mag_none in China", "mag_high in China"), EITHER, "Cheaper oxide makes them cheaper, and buyers abroad who lack oxide buy Chinese magnets."),
        Argued(("without", "thrift", "substituted"), UP, "They follow quotes abroad."),
        Argued(("started",), UP, "Projects count on higher quotes abroad."),
        Argued(("recycled share",), UP, "Collection answers to quotes, and swarf stays where magnets are made."),
        Argued(("public money",), NONE, "No policy pays."),
    ),
    "us-only-denied": (
        Argued(("Dy abroad", "Tb abroad", "mag_high abroad"), UP, "A part of abroad gets none from China and bids for what others have that is free to go there."),
        Argued(("NdPr abroad", "mag_none abroad"), EITHER, "Neither needs a licence under 18/2025; magnets without Dy replace controlled ones, but fewer devices are built."),
        Argued(("Dy in China", "Tb in China", "mag_high in China"), DOWN, "One buyer fewer."),
        Argued(("NdPr in China", "mag_none in China"), EITHER, "As abroad."),
        Argued(("without", "thrift", "substituted"), UP, "Users in North America lose a source."),
        Argued(("started",), UP, "Projects count on higher quotes."),
        Argued(("recycled share",), UP, "Collection answers to quotes."),
        Argued(("public money",), NONE, "No policy pays."),
    ),
    "funded-processing": (
        Argued(("NdPr abroad", "Dy abroad", "Tb abroad"), DOWN, "Separation and metal that are built earlier, or at all, add to supply abroad.", LATE),
        Argued(("mag_none abroad", "mag_high abroad"), DOWN, "Magnets are cheaper where their metal is.", LATE),
        Argued(("quotes in China",), DOWN, "Less oxide and metal is bought in China.", LATE),
        Argued(("without", "thrift", "substituted"), DOWN, "They follow quotes abroad.", LATE),
        Argued(("started",), UP, "A grant lowers what a project has to earn."),
        Argued(("recycled share",), DOWN, "New metal dilutes the recycled, and collection answers to the lower quote.", LATE),
        Argued(("public money",), UP, "Grants are paid."),
    ),
}  # fmt: skip


def figures_of(argued: Argued) -> tuple[str, ...]:
    """Returns the figures that a sign is about, groups resolved."""
    return tuple(figure for name in argued.figures for figure in FIGURES.get(name, (name,)))
