"""Which of Google's products are an assistant's, by their exact names in the languages that a Takeout comes in.

Certain: "Assistant" stood in an English and a French archive, "Gemini Apps" in every archive that public code was
written from, "Recherche" in the French one. All other names here are translations that nobody has checked against a
file. A product of a name that is not here is recognised by its structure (`discovery`), which is certain for Gemini's
answers, and a guess for the Assistant: its rows have sounds, but so may those of an old voice search, and a link that
searches for the title's last words stands in rows of Search as well. So only sounds count, and only where the name is
not known to be another product's.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

ASSISTANT = "assistant"
VOICE = "voice and audio"
GEMINI = "gemini apps"

NAMES = {ASSISTANT: "Assistant", VOICE: "Voice and Audio", GEMINI: "Gemini Apps"}

# The Assistant's names go with "Google" before or behind them too.
_FAMILIES = {
    ASSISTANT: (
        "Assistant",
        "Assistent",
        "Asistente",
        "Assistente",
        "Asystent",
        "Asistan",
        "Asisten",
        "Asistent",
        "Asistentul",
        "Asistents",
        "Avustaja",
        "Laguntzailea",
        "Mratibu",
        "Padėjėjas",
        "Pembantu",
        "Pomočnik",
        "Segéd",
        "Trợ lý",
        "Βοηθός",
        "Ассистент",
        "Асистент",
        "Асистэнт",
        "Помощник",
        "Помоћник",
        "Асистентът",
        "ასისტენტი",
        "Օգնական",
        "העוזר",
        "אסיסטנט",
        "העוזר הדיגיטלי",
        "مساعد",
        "المساعد",
        "دستیار",
        "اسسٹنٹ",
        "असिस्टेंट",
        "असिस्टंट",
        "सहायक",
        "অ্যাসিস্ট্যান্ট",
        "ਅਸਿਸਟੈਂਟ",
        "આસિસ્ટંટ",
        "அசிஸ்டண்ட்",
        "అసిస్టెంట్",
        "ಅಸಿಸ್ಟೆಂಟ್",
        "അസിസ്റ്റന്റ്",
        "ผู้ช่วย",
        "アシスタント",
        "어시스턴트",
        "助理",
        "智能助理",
        "智慧助理",
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
        "Приложения Gemini",
        "Додатки Gemini",
        "Aplikacje Gemini",
        "Aplikace Gemini",
        "Gemini Uygulamaları",
        "Aplikasi Gemini",
        "Gemini-appar",
        "Gemini-apper",
        "Gemini-apps",
        "Gemini-sovellukset",
        "Ứng dụng Gemini",
        "تطبيقات Gemini",
        "אפליקציות Gemini",
        "Gemini 应用",
        "Gemini 應用程式",
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
    "Sök",
    "Søk",
    "Søgning",
    "Haku",
    "Otsing",
    "Meklēšana",
    "Paieška",
    "Szukaj",
    "Wyszukiwarka",
    "Wyszukiwanie",
    "Vyhledávání",
    "Vyhľadávanie",
    "Keresés",
    "Căutare",
    "Pretraživanje",
    "Pretraga",
    "Iskanje",
    "Arama",
    "Penelusuran",
    "Carian",
    "Tìm kiếm",
    "Cerca",
    "Αναζήτηση",
    "Поиск",
    "Пошук",
    "Търсене",
    "Претрага",
    "חיפוש",
    "بحث",
    "البحث",
    "جستجو",
    "تلاش",
    "खोज",
    "शोध",
    "সার্চ",
    "தேடல்",
    "శోధన",
    "ค้นหา",
    "検索",
    "검색",
    "搜索",
    "搜尋",
    "搜寻",
    "YouTube",
    "Maps",
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
    "Min aktivitet",
    "Omat tapahtumat",
    "Moja aktywność",
    "Moje aktivita",
    "Moja aktivita",
    "Saját tevékenységek",
    "Activitatea mea",
    "Etkinliğim",
    "Aktivitas Saya",
    "Hoạt động của tôi",
    "Η δραστηριότητά μου",
    "Мои действия",
    "Мої дії",
    "הפעילות שלי",
    "نشاطي",
    "मेरी गतिविधि",
    "กิจกรรมของฉัน",
    "マイ アクティビティ",
    "내 활동",
    "我的活动",
    "我的活動",
)

_ACTIVITY_FILE = re.compile(r"activ|aktiv|attivit|ativid|アクティビティ|활동")
_OF = frozenset(
    ["de", "do", "di", "da", "del", "van", "von", "của", "wa", "ng", "ren", "i", "от", "של", "का", "की", "के"]
)


def plain(name: str) -> str:
    """*name* as it is compared: NFC, without case, with single ordinary spaces."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


_FAMILY_OF = {plain(name): family for family, names in _FAMILIES.items() for name in names}
_OTHER = frozenset(map(plain, _OTHERS))
_ROOTS = frozenset(map(plain, _MY_ACTIVITY))


@lru_cache(maxsize=256)
def family(name: str) -> str | None:
    """The assistant's product that is called exactly *name*, if there is one."""
    whole = plain(name)
    known = _FAMILY_OF.get(whole)
    if known or "google" not in whole:
        return known
    return ASSISTANT if ASSISTANT in map(_FAMILY_OF.get, _without_google(whole)) else None


def _without_google(name: str) -> tuple[str, str]:
    """*name* without "google", and also without the word for "of" ("Asistente de Google")."""
    pieces = [piece.strip("'’\"„“”«»-") for piece in name.replace("google", " ").split()]
    return " ".join(filter(None, pieces)), " ".join(piece for piece in pieces if piece and piece not in _OF)


def is_other(name: str) -> bool:
    """Whether *name* is a product that we know to be no assistant."""
    whole = plain(name)
    return whole in _OTHER or _without_google(whole)[0] in _OTHER


def is_my_activity(name: str) -> bool:
    """Whether a folder of this *name* is known to hold the activity of the products."""
    return plain(name) in _ROOTS


def names_activity(basename: str, around: str) -> bool:
    """Whether a file is called "MyActivity" in some language: it bears the name of the folder *around* its product's,
    without its spaces."""
    if basename.rpartition(".")[0].replace(" ", "") == plain(around).replace(" ", "") != "":
        return True
    stripped = unicodedata.normalize("NFKD", basename.casefold())
    return _ACTIVITY_FILE.search("".join(c for c in stripped if not unicodedata.combining(c))) is not None
