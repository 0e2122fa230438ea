"""What each layer is called on screen and in the report."""

from __future__ import annotations

from collections.abc import Mapping

from app.model import Layer

LAYER_TITLES: Mapping[Layer, str] = {
    Layer.AUDIO: "Sound of the request",
    Layer.REQUEST: "What was said (transcript)",
    Layer.RESPONSE: "What the assistant answered",
    Layer.ACTION: "Record of the activity",
    Layer.REMEMBERED: "Remembered facts and notes",
    Layer.SCHEDULED: "Reminders, alarms, timers, lists, routines",
    Layer.CONVERSATION: "Conversation kept as one record",
    Layer.VOICE_PROFILE: "Voice profile",
    Layer.PURCHASES: "Purchases and messages",
    Layer.SMART_HOME: "Smart-home history",
    Layer.THIRD_PARTY: "Records of skill developers and other companies",
    Layer.HOME_COPY: "Copies at home",
}
