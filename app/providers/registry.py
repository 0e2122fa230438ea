"""The vendors we know, in the order in which they may claim a file."""

from __future__ import annotations

from app.providers.alexa import Alexa
from app.providers.google import Google
from app.providers.provider import Provider


def providers() -> dict[str, Provider]:
    """Every vendor by its key."""
    known: tuple[Provider, ...] = (Alexa(), Google())
    return {provider.key: provider for provider in known}
