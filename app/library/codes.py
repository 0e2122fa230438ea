"""The small numbers that stand for the program's words in the tables; a number once given never changes."""

from __future__ import annotations

from app.model import Certainty, Decision, Kind, Layer, Role, SoundState

LAYER_CODE = {
    Layer.AUDIO: 1,
    Layer.REQUEST: 2,
    Layer.RESPONSE: 3,
    Layer.ACTION: 4,
    Layer.REMEMBERED: 5,
    Layer.SCHEDULED: 6,
    Layer.CONVERSATION: 7,
    Layer.VOICE_PROFILE: 8,
    Layer.PURCHASES: 9,
    Layer.SMART_HOME: 10,
    Layer.THIRD_PARTY: 11,
    Layer.HOME_COPY: 12,
}
KIND_CODE = {Kind.SAID: 1, Kind.CONVERSATION: 2, Kind.ACTIVITY: 3, Kind.FORGOTTEN: 4}
ROLE_CODE = {Role.REQUEST: 1, Role.RESPONSE: 2, Role.NOTE: 3, Role.PROFILE: 4}
CERTAINTY_CODE = {Certainty.EXACT: 1, Certainty.ZONE_NAME: 2, Certainty.ASSUMED: 3, Certainty.FILE_TIME: 4}
SOUND_CODE = {SoundState.MATCHED: 1, SoundState.MISSING: 2, SoundState.DAMAGED: 3}
DECISION_CODE = {Decision.KEEP: 1, Decision.DELETE: 2, Decision.KEEPSAKE: 3}

LAYER = {code: layer for layer, code in LAYER_CODE.items()}
KIND = {code: kind for kind, code in KIND_CODE.items()}
ROLE = {code: role for role, code in ROLE_CODE.items()}
CERTAINTY = {code: certainty for certainty, code in CERTAINTY_CODE.items()}
SOUND = {code: state for state, code in SOUND_CODE.items()}
DECISION: dict[int | None, Decision | None] = {None: None}
DECISION.update((code, decision) for decision, code in DECISION_CODE.items())
