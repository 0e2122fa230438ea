"""Whether a row was something said, and what: the words without the verb that Google puts around them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from app.providers.google.products import GEMINI, plain
from app.providers.google.rows import Row, one_line

# "Said", "Vous avez dit", "Prompted" and "Asked" stood in files; the rest are translations that nobody has checked.
_SAID = (
    "Said",
    "You said",
    "Asked",
    "Prompted",
    "Prompted with",
    "Asked Gemini",
    "Asked Bard",
    "Answered",
    "Vous avez dit",
    "Tu as dit",
    "Gesagt",
    "Du hast gesagt",
    "Sie haben gesagt",
    "Dijiste",
    "Has dicho",
    "Ha dicho",
    "Usted dijo",
    "Hai detto",
    "Você disse",
    "Disseste",
    "Gezegd",
    "Je hebt gezegd",
    "U heeft gezegd",
    "Je zei",
    "Powiedziano",
    "Du sa",
    "Du sagde",
    "Вы сказали",
    "Ви сказали",
    "قلت",
    "אמרת",
    "Είπατε",
)
# Where the verb stands behind the words or around them, also in languages without spaces; nobody has checked these.
_SAID_AROUND = (
    "「…」と言いました",
    "…と言いました",
    "'…'라고 말함",
    "‘…’라고 말함",
    "“…”라고 말함",
    "…라고 말함",
    "您说了“…”",
    "您说了…",
    "说了“…”",
    "说了…",
    "您說了「…」",
    "您說了…",
    "說了「…」",
    "說了…",
    "… dediniz",
    "พูดว่า…",
)
_DONE = (
    "Used",
    "Selected",
    "Opened",
    "Visited",
    "Viewed",
    "Created",
    "Added",
    "Branched",
    "Gave",
    "Deleted",
    "Shared",
    "Application utilisée",
    "Verwendet",
    "Aplicación utilizada",
    "Has usado",
    "App utilizzata",
    "Hai usato",
    "App usado",
    "Usou",
    "Gebruikt",
)
_UNKNOWN = frozenset(
    map(
        plain,
        (
            "Unknown voice command",
            "Commande vocale inconnue",
            "Unbekannter Sprachbefehl",
            "Comando de voz desconocido",
            "Comando vocale sconosciuto",
            "Comando de voz desconhecido",
            "Onbekende spraakopdracht",
            "Onbekend spraakcommando",
            "Nieznane polecenie głosowe",
            "Okänt röstkommando",
            "Ukendt stemmekommando",
            "Ukjent talekommando",
            "Bilinmeyen sesli komut",
            "Неизвестная голосовая команда",
            "不明な音声コマンド",
            "알 수 없는 음성 명령",
        ),
    )
)


def _beginning(verbs: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(map(one_line, verbs), key=len, reverse=True)
    return re.compile(rf"({'|'.join(map(re.escape, longest_first))})(?!\w)\s*:?\s*", re.IGNORECASE)


_SAID_BEFORE = _beginning(_SAID)
_DONE_BEFORE = _beginning(_DONE)


def _around(verb: str) -> re.Pattern[str]:
    before, after = (re.escape(one_line(part).strip()) for part in verb.split("…"))
    return re.compile(rf"{before} ?(?P<words>.+?) ?{after}", re.IGNORECASE)


_AROUND = tuple((verb, _around(verb)) for verb in _SAID_AROUND)


_MOST_VERBS = 20


@dataclass(frozen=True, slots=True)
class Meaning:
    """*said* with its words ("" where Google did not understand them) and the verb, or something done with its name."""

    said: bool
    words: str = field(repr=False)
    label: str = field(repr=False)


def meaning(row: Row, family: str) -> Meaning | None:
    """What *row* means by itself; None if its verb is in no table and no link says which of its words were said."""
    title = one_line(row.title)
    if title.casefold() in _UNKNOWN:
        return Meaning(True, "", title)
    done = _DONE_BEFORE.match(title)
    if done:
        return Meaning(False, title, _name(title, family))
    said = _SAID_BEFORE.match(title)
    if said:
        return Meaning(True, title[said.end() :], said[1])
    return _by_query(title, row.query) or (None if family == GEMINI else _by_verb_around(title))


def _by_verb_around(title: str) -> Meaning | None:
    """What *title* means if a known verb stands behind its words or around them."""
    found = ((verb, form.fullmatch(title)) for verb, form in _AROUND)
    return next((Meaning(True, fits["words"], verb) for verb, fits in found if fits), None)


def _name(title: str, family: str) -> str:
    """What a row that nobody said is called. What follows the verb names an app at the Assistant; at Gemini it can be
    the family's own words."""
    return title.partition(" ")[0] if family == GEMINI else title


def _by_query(title: str, query: str) -> Meaning | None:
    if not query:
        return None
    tail = title[-len(query) :]
    if tail.casefold() == query.casefold():
        return Meaning(True, tail, title[: -len(query)].strip(" :"))
    start = title.casefold().find(query.casefold())
    if start < 0:
        return None
    around = f"{title[:start].strip()}…{title[start + len(query) :].strip()}"
    return Meaning(True, title[start : start + len(query)], around)


class Learnt:
    """The verbs that the links of one file gave away, for the rows of that file that have no link."""

    def __init__(self) -> None:
        self._verbs: Counter[str] = Counter()

    def note(self, said: Meaning) -> None:
        """Remember how *said*, which a link explained, was introduced."""
        if said.label:
            self._verbs[said.label] += 1

    def _trusted(self) -> list[str]:
        """What stood around words more than once, and everything that stood before them."""
        return [verb for verb, times in self._verbs.most_common(_MOST_VERBS) if times > 1 or "…" not in verb]

    def meaning(self, row: Row, family: str, commonest: str) -> Meaning:
        """What *row*, which says nothing by itself, means beside its neighbours."""
        title = one_line(row.title)
        for verb in (*self._trusted(), commonest):
            before, _, after = verb.partition("…")
            fits = title.startswith(before) and title.endswith(after) and len(title) > len(before) + len(after)
            if verb and fits:
                return Meaning(True, title[len(before) : len(title) - len(after)].strip(" :"), verb)
        if row.sounds or (family == GEMINI and row.responses):
            return Meaning(True, title, "")
        return Meaning(False, title, _name(title, family))


def commonest_verb(titles: Iterable[str]) -> str:
    """The words with which most of these different *titles* begin, or, behind "…", end; "" if there are none.

    Only different titles count: a row that nobody said ("Used Assistant") is often the commonest, but always alike.
    """
    split = [words for words in {tuple(one_line(title).split()) for title in titles} if len(words) > 1]
    beginning = _commonest_beginning(split)
    if beginning:
        return " ".join(beginning).strip(" :")
    ending = _commonest_beginning([words[::-1] for words in split])
    return f"…{' '.join(reversed(ending))}" if ending else ""


def _commonest_beginning(split: list[tuple[str, ...]]) -> tuple[str, ...]:
    beginning: tuple[str, ...] = ()
    wanted = max(3, len(split) // 2)
    while len(beginning) < 4:
        fitting = [words for words in split if words[: len(beginning)] == beginning and len(words) > len(beginning) + 1]
        nexts = Counter(words[len(beginning)] for words in fitting)
        if not nexts:
            break
        word, count = nexts.most_common(1)[0]
        if count < wanted:
            break
        beginning = (*beginning, word)
        wanted = max(3, count * 9 // 10)
    return beginning
