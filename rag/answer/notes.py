"""What an answer says about a language model, in French and English: notes, and the frame of readers' opinions.

It words what others decided and decides nothing.
"""

from __future__ import annotations

import re
from typing import Final

from rag.llm import Why
from rag.text import fold
from rag.types import Language

_WHY: Final[dict[Language, dict[Why, str]]] = {
    "fr": {
        "unreachable": "le modèle de langue est injoignable",
        "timeout": "le modèle de langue n'a pas répondu à temps",
        "key": "le modèle de langue refuse la clé d'accès",
        "model": "le modèle de langue demandé n'existe pas à cette adresse",
        "busy": "le modèle de langue n'accepte plus de requêtes pour l'instant",
        "server": "le serveur du modèle de langue est en panne",
        "refused": "le modèle de langue a refusé la requête",
        "garbage": "la réponse du modèle de langue est illisible",
        "empty": "le modèle de langue n'a rien répondu",
        "cut": "la réponse du modèle de langue a été interrompue",
    },
    "en": {
        "unreachable": "the language model cannot be reached",
        "timeout": "the language model did not reply in time",
        "key": "the language model refuses the API key",
        "model": "the language model asked for is not at that address",
        "busy": "the language model takes no more requests for now",
        "server": "the server of the language model failed",
        "refused": "the language model refused the request",
        "garbage": "the reply of the language model cannot be understood",
        "empty": "the language model gave an empty reply",
        "cut": "the reply of the language model broke off",
    },
}
_READERS: Final = re.compile(
    r"\b(?:lect(?:eur|rice)s?|internautes?|comment\w*|readers?|opinions?|posters?|users?|utilisat\w+)\b"
)


def extracts_because(why: Why, language: Language) -> str:
    """Why an answer is made of extracts although a model is configured."""
    if language == "fr":
        return f"Réponse faite d'extraits : {_WHY['fr'][why]}."
    return f"This answer is made of extracts: {_WHY['en'][why]}."


def nothing_supported(language: Language) -> str:
    """Nothing of a model's reply could be kept."""
    return {
        "fr": "Réponse faite d'extraits : les passages cités n'appuient pas ce qu'a écrit le modèle de langue.",
        "en": "This answer is made of extracts: what the language model wrote is not borne out by the passages it "
        "cites.",
    }[language]


def left_out(count: int, language: Language) -> str:
    """Some sentences of a model's reply were not kept."""
    if language == "fr":
        many = f"{count} phrases du modèle de langue, que ses sources n'appuient pas, ont été écartées."
        return many if count > 1 else "Une phrase du modèle de langue, que ses sources n'appuient pas, a été écartée."
    many = f"{count} sentences of the language model that its sources do not bear out were left out."
    return many if count > 1 else "One sentence of the language model that its sources do not bear out was left out."


def cut_off(why: Why, language: Language) -> str:
    """A reply broke off after its first sentences."""
    if language == "fr":
        return f"Réponse incomplète : {_WHY['fr'][why]}."
    return f"Incomplete answer: {_WHY['en'][why]}."


def readers_think(sentence: str, readers: int, language: Language) -> str:
    """A sentence that rests on readers' remarks, told as theirs; one that says so itself stays as it is."""
    if _READERS.search(fold(sentence)):
        return sentence
    if language == "fr":
        return f"Selon {'un lecteur' if readers == 1 else 'des lecteurs'} : {sentence}"
    return f"According to {'a reader' if readers == 1 else 'readers'}: {sentence}"
