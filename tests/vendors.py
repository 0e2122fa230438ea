"""A vendor that really forgets what it is asked to, or lies in every way that one can."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from app.library import Library
from app.model import (
    Coverage,
    Device,
    Export,
    Interaction,
    Issue,
    Kind,
    Layer,
    Moment,
    Parcel,
    Person,
    Recording,
    Role,
    Sound,
    SoundState,
    Source,
    Told,
    Turn,
)
from app.providers.provider import Part, Reading

WHOLE = Coverage()


class FakeVendor:
    """Holds records, forgets them, and shows what it holds as listings that go straight into a library."""

    page = "https://vendor.example/history"
    getting: tuple[str, ...] = ("Ask for the archive.", "Wait for the mail.")
    getting_page = "https://vendor.example/archive"
    layers: Mapping[Layer, str] = {
        Layer.AUDIO: "An archive holds the sound.",
        Layer.REQUEST: "An archive lists what was said.",
        Layer.RESPONSE: "An archive lists the answers.",
        Layer.ACTION: "An archive lists the records.",
        Layer.THIRD_PARTY: "Only the makers of skills can say.",
    }

    def __init__(
        self,
        key: str = "fake",
        *,
        account: str = "home",
        by_device: bool = True,
        unlisted: frozenset[Layer] = frozenset(),
    ) -> None:
        self.key = key
        self.name = f"{key.title()} Home"
        self.account = account
        self.by_device = by_device
        self.numbers_alike = False
        self.unlisted = unlisted
        self.held: dict[str, Interaction] = {}
        self._heard = 0

    def hears(
        self,
        request: str,
        response: str = "Here you are.",
        *,
        at_ms: int,
        device: str | Device = "Kids Room",
        person: Person | None = None,
        sound: bool = True,
        kind: Kind = Kind.SAID,
        account: str | None = None,
    ) -> str:
        """Keep one more record; its identity."""
        self._heard += 1
        speaker = Device(f"serial of {device}", device) if isinstance(device, str) else device
        identity = f"{self.key}-{self._heard}"
        self.held[identity] = Interaction(
            identity=identity,
            account=self.account if account is None else account,
            at=Moment(at_ms),
            kind=kind,
            turns=(Turn(Role.REQUEST, request), Turn(Role.RESPONSE, response)),
            device=speaker if speaker.name else None,
            person=person,
            recordings=(Recording(f"{identity}.wav"),) if sound else (),
        )
        return identity

    def forgets(self, identities: Iterable[str], keeping: Collection[Layer] = ()) -> None:
        """Delete those records; a liar keeps some layers, and with any of them the record itself."""
        roles = {Layer.REQUEST: Role.REQUEST, Layer.RESPONSE: Role.RESPONSE}
        kept_roles = {roles[layer] for layer in keeping if layer in roles}
        for identity in identities:
            record = self.held.pop(identity)
            if keeping:
                self.held[identity] = replace(
                    record,
                    turns=tuple(turn for turn in record.turns if turn.role in kept_roles),
                    recordings=record.recordings if Layer.AUDIO in keeping else (),
                )

    def lists(
        self,
        library: Library,
        name: str,
        *,
        made_ms: int | None,
        brought_in_ms: int | None = None,
        coverage: Coverage = WHOLE,
        accounts: tuple[str, ...] | None = None,
        only: Collection[str] | None = None,
        sounds: bool = True,
        issues: Sequence[Issue] = (),
        loose_sounds: int = 0,
    ) -> Source:
        """Everything held, as one source of *library*.

        *only* leaves the rest out, *sounds* False only names the sounds, *loose_sounds* belong to no record.
        """
        source = library.seen.begin_source(
            fingerprint=f"{self.key} {name}",
            name=name,
            provider=self.key,
            kind="listing",
            at_ms=made_ms or 0 if brought_in_ms is None else brought_in_ms,
        )
        shown = [one for identity, one in self.held.items() if only is None or identity in only]
        library.seen.add(source, [(one, self._sounds(library, one, sounds)) for one in shown])
        return library.seen.end_source(
            source,
            Told(
                accounts=tuple(filter(None, (self.account,))) if accounts is None else accounts,
                made=None if made_ms is None else Moment(made_ms),
                coverage=coverage,
            ),
            matched=0,
            missing=0,
            unmatched=loose_sounds,
            issues=issues,
            unread=(),
        )

    def recognise(self, drop: Sequence[Parcel]) -> Sequence[Export]:
        return ()

    def read(self, export: Export) -> Reading:
        yield from ()
        return Told((self.account,), None, WHOLE)

    def words(self, part: Part) -> str:
        return f"Delete {part.kind} of {part.device or 'everything'}: {len(part.moments_ms)}."

    def _sounds(self, library: Library, record: Interaction, there: bool) -> tuple[Sound, ...]:
        if not there:
            return tuple(Sound(one.name, SoundState.MISSING, None, None) for one in record.recordings)
        digest = library.seen.keep_sound(f"RIFF sound of {record.identity}".encode())
        return tuple(Sound(one.name, SoundState.MATCHED, digest, 1.0) for one in record.recordings)
