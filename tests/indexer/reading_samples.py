"""Texts written for the tests of reading, and small makers of their printed forms. No tests here."""

from __future__ import annotations

from dataclasses import dataclass

TITLE = "Le vieux phare de Brennilis rallumé après trente ans"
PARAGRAPHS = (
    "Les habitants de Brennilis ont assisté samedi soir au retour de la lumière sur la pointe. Le phare, éteint depuis "
    "1993, a été restauré par une équipe de douze bénévoles et deux artisans venus du Finistère.",
    "La maire, Solange Kervella, a rappelé que le chantier avait coûté 240 000 euros, dont la moitié venait d’une "
    "souscription publique. « Chacun a donné ce qu’il pouvait », a-t-elle dit devant la foule.",
    "L’ancien gardien, âgé de 81 ans, a tourné lui-même la clé. Il avait quitté la tour le jour de l’automatisation et "
    "n’y était jamais remonté depuis, par superstition autant que par chagrin.",
    "Le conseil municipal décidera en octobre si la tour peut ouvrir aux visiteurs. Les gardes du littoral demandent "
    "que "
    "les nids de sternes soient protégés avant toute ouverture.",
)
HEADINGS = ("Un chantier de quatre ans", "Le geste du gardien")

ENGLISH_TITLE = "Volunteers bring the old Fenwick mill back to life"
ENGLISH_PARAGRAPHS = (
    "The wheel of Fenwick mill turned again on Saturday for the first time since 1961, watched by some three hundred "
    "people from the valley. It took nine years of weekends to repair the race and the gears.",
    "The council had wanted to sell the building to a hotel group. Residents raised 80,000 pounds in eleven weeks and "
    "bought it themselves, with help from a local brewery.",
    "Flour from the mill will be sold at the market from June. The volunteers still need a roof for the granary, and "
    "they "
    "hope that visitors will pay for most of it.",
)


@dataclass(frozen=True)
class Said:
    """A remark as a reader wrote it."""

    author: str
    text: str
    depth: int = 0
    stamp: str = "12 mars 2024 à 14 h 05 min"


REMARKS = (
    Said("Goéland", "Bravo à toute l’équipe, j’ai vu la lumière depuis Lesconil !"),
    Said("Yann du port", "Et qui va payer l’ampoule ?\n\nOn nous a déjà fait le coup avec la criée."),
    Said("Marie-Jo", "Toujours à râler...", 1),
    Said("Goéland", "C’est une LED, ça ne coûte rien.", 1),
    Said("kermaden29", "publicité", 0),
    Said("Tante Léa", "Mon grand-père y est né. Merci pour lui."),
)


def article_text(title: str | None = TITLE, gap: str = "\n\n", headings: bool = True) -> str:
    """The French article: two paragraphs before the first heading, one under each."""
    parts = list(PARAGRAPHS[:2])
    for heading, paragraph in zip(HEADINGS, PARAGRAPHS[2:], strict=True):
        parts += [heading, paragraph] if headings else [paragraph]
    return gap.join([title, *parts] if title else parts)


def english_article(gap: str = "\n\n") -> str:
    return gap.join([ENGLISH_TITLE, *ENGLISH_PARAGRAPHS])


def indented(text: str, columns: int) -> str:
    return "\n".join(" " * columns + line if line else "" for line in text.split("\n"))
