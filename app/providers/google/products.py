"""Which of Google's products are an assistant's, by their exact names in the languages that a Takeout comes in."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

ASSISTANT = "assistant"
VOICE = "voice and audio"
GEMINI = "gemini apps"

NAMES = {ASSISTANT: "Assistant", VOICE: "Voice and Audio", GEMINI: "Gemini Apps"}

# "Assistant" stood in an English and a French archive, "Gemini Apps" in every archive that public code was written
# from; the other languages are translations that nobody has checked against a file. An archive in a language that
# is not here is still found by its structure.
_FAMILIES = {
    ASSISTANT: (
        "Assistant",
        "Google Assistant",
        "Assistant Google",
        "Assistent",
        "Google Assistent",
        "Asistente",
        "Asistente de Google",
        "Assistente",
        "Assistente Google",
        "Google Assistente",
        "Asystent",
        "Asystent Google",
        "Asistan",
        "アシスタント",
        "Google アシスタント",
        "어시스턴트",
    ),
    VOICE: (
        "Voice and Audio",
        "Voice & Audio",
        "Voice and audio",
        "Voix et audio",
        "Activité vocale et audio",
        "Sprache und Audio",
        "Sprach- und Audioaktivitäten",
        "Voz y audio",
        "Voce e audio",
        "Voz e áudio",
        "Spraak en audio",
    ),
    GEMINI: (
        "Gemini Apps",
        "Gemini-Apps",
        "Gemini-Anwendungen",
        "Applications Gemini",
        "Applis Gemini",
        "Aplicaciones de Gemini",
        "Aplicaciones Gemini",
        "Apps de Gemini",
        "App Gemini",
        "App di Gemini",
        "Apps do Gemini",
        "Apps Gemini",
        "Aplicativos do Gemini",
        "Gemini アプリ",
        "Gemini 앱",
        "Bard",
    ),
}

# Products that keep sounds or answers of their own and must not be taken for an assistant by their structure.
_OTHERS = (
    "Search",
    "Recherche",
    "Suche",
    "Google Suche",
    "Google Search",
    "Búsqueda",
    "Ricerca",
    "Pesquisa",
    "Zoeken",
    "YouTube",
    "Maps",
    "Google Maps",
    "Chrome",
    "Android",
)

# What the folder around the products is called; `archive_browser.html` says it for every language.
_MY_ACTIVITY = (
    "My Activity",
    "Mon activité",
    "Meine Aktivitäten",
    "Meine Aktivität",
    "Mi actividad",
    "La mia attività",
    "Le mie attività",
    "Minha atividade",
    "A minha atividade",
    "Mijn activiteit",
)

_ACTIVITY_FILE = re.compile(r"activ|aktiv|attivit|ativid|アクティビティ|활동")


def plain(name: str) -> str:
    """*name* as it is compared: NFC, without case, with single ordinary spaces."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


_FAMILY_OF = {plain(name): family for family, names in _FAMILIES.items() for name in names}
_OTHER = frozenset(map(plain, _OTHERS))
_ROOTS = frozenset(map(plain, _MY_ACTIVITY))


@lru_cache(maxsize=256)
def family(name: str) -> str | None:
    """The assistant's product that is called exactly *name*, if there is one."""
    return _FAMILY_OF.get(plain(name))


def is_other(name: str) -> bool:
    """Whether *name* is a product that we know to be no assistant."""
    return plain(name) in _OTHER


def is_my_activity(name: str) -> bool:
    """Whether a folder of this *name* is known to hold the activity of the products."""
    return plain(name) in _ROOTS


def names_activity(basename: str) -> bool:
    """Whether a file is called "MyActivity" in some language."""
    stripped = unicodedata.normalize("NFKD", basename.casefold())
    return _ACTIVITY_FILE.search("".join(c for c in stripped if not unicodedata.combining(c))) is not None
