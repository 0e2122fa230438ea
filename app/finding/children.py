"""Which recordings are a child's: the reasons in plain words, and what the archives themselves suggest."""

from __future__ import annotations

import re

from app.library import Library
from app.model import Card, Member, Speaker, Standing

SCORES = {
    # (what tells, whether the parent confirmed it) -> how sure it is that a child speaks
    (Member, True): 0.99,
    (Member, False): 0.9,
    (Speaker, True): 0.9,
    (Speaker, False): 0.7,
}

VENDOR_TYPES = {"CHILD": Standing.CHILD, "ADULT": Standing.ADULT}

CHILDS_WORD = re.compile(
    r"""
    \b(?:
        kids?(?:['’]?s)? | child(?:ren)?(?:['’]s)? | nursery | playroom | toddlers? | bab(?:y|ies)(?:['’]s)?
      | kind(?:er\w*|s|es)? | spielzimmer                                  # German, Dutch
      | enfants? | bébés? | ni[ñn][oa]s? | bebés? | infantil | bambin[oaie] | cameretta | crianças?
      | speelkamer | dzie(?:ci|cko|cięc\w*) | barn(?:en\w*|rum\w*|kammar\w*|ens) | børn\w*
    )\b
    | 子供 | 子ども | こども | キッズ | 儿童 | 아이
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""A word that says a speaker is a child's, in the languages in which the vendors sell theirs."""


def why_childs(card: Card) -> tuple[float, tuple[str, ...]]:
    """How likely *card* is a child's, by the same rule as the filter, and why; (0.0, ()) if nothing says so."""
    person, device = card.person, card.device
    if person is not None and person.standing is not Standing.UNKNOWN:
        return _because(person, f"profile {person.name}") if person.standing is Standing.CHILD else (0.0, ())
    if device is not None and device.standing is Standing.CHILD:
        return _because(device, f"{device.name} speaker")
    return 0.0, ()


def _because(who: Member | Speaker, reason: str) -> tuple[float, tuple[str, ...]]:
    confirmed = ", as you said" if who.confirmed else ", as the archive suggests"
    return SCORES[type(who), who.confirmed], (reason + confirmed,)


def suggest(library: Library) -> None:
    """Mark people and speakers as what the archives say they are; what the parent confirmed stays as it is."""
    household = library.household
    said = household.vendor_types()
    for member in household.members():
        standing = VENDOR_TYPES.get(said.get(member.id, "").upper(), Standing.UNKNOWN)
        if not member.confirmed and standing is not member.standing:
            household.change_member(member.id, standing=standing, confirmed=False)
    for speaker in household.speakers():
        childs = CHILDS_WORD.search(f"{speaker.said_name} {speaker.name}") is not None
        if childs and not speaker.confirmed and speaker.standing is Standing.UNKNOWN:
            household.change_speaker(speaker.id, standing=Standing.CHILD, confirmed=False)
