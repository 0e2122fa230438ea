"""The vendors, loaded when the first of them is asked for: their readers cost more than the window itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from app.providers.provider import Provider


class Vendors(Mapping[str, Provider]):
    """Every vendor by its key."""

    @cached_property
    def _loaded(self) -> Mapping[str, Provider]:
        from app.providers.registry import providers

        return providers()

    def __getitem__(self, key: str) -> Provider:
        return self._loaded[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._loaded)

    def __len__(self) -> int:
        return len(self._loaded)
