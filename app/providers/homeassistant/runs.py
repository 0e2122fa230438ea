"""The sounds that Home Assistant's own assistant leaves behind: one folder for each time it listened."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import replace

from app.model import Certainty, Device, Entry, Export, Interaction, Issue, Kind, Moment, Parcel, Problem, Recording
from app.providers.homeassistant.words import clean
from app.providers.local_sounds import Group, folders, identity

_CLIP = re.compile(r"\d\d_(?:wake|stt)[^/]*\.wav")
_RUN = re.compile(r"(?:^|/)(?:(?:(?P<device>[0-9a-f]{32})/)?(?P<pipeline>[^/]+)/)?\d{6,20}$")
"""`<device>/<name of the pipeline>/<nanoseconds since the computer started>`, the device not always."""


def runs(folder: str, names: Sequence[str]) -> Iterator[Group]:
    """The clips of one run are one thing said; the last one is what was understood, not the word that woke it."""
    clips = sorted(name for name in names if _CLIP.fullmatch(name))
    if clips and _RUN.search(folder):
        yield Group(clips[-1], tuple(clips[:-1]))


def clips_in(parcel: Parcel) -> list[Entry]:
    """The clips among the files of *parcel*."""
    return [
        files[name]
        for folder, files in folders(parcel.entries, parcel.name)
        for group in runs(folder, tuple(files))
        for name in (*group.others, group.main)
    ]


def read_runs(export: Export, shelf: str) -> Generator[Interaction | Issue, None, bool]:
    """Every run among the sounds of *export*, each sound once; whether all of them could be read."""
    whole = True
    said: dict[str, Interaction] = {}
    for folder, files in folders(export.sounds, export.name):
        for group in runs(folder, tuple(files)):
            try:
                one = _run(folder, files, group, shelf)
            except Problem as problem:
                whole = False
                yield Issue(files[group.main].path, None, "damaged-file", problem.message)
                continue
            known = said.get(one.identity)
            said[one.identity] = replace(known, recordings=known.recordings + one.recordings) if known else one
    yield from said.values()
    return whole


def _run(folder: str, files: Mapping[str, Entry], group: Group, shelf: str) -> Interaction:
    main = files[group.main]
    found = _RUN.search(folder)
    device, pipeline = (found["device"], found["pipeline"]) if found else (None, None)
    run = folder.rpartition("/")[2]
    return Interaction(
        identity=identity(main),
        account="",
        at=Moment(main.written_ms or 0, run, Certainty.FILE_TIME),
        kind=Kind.SAID,
        turns=(),
        device=Device(clean(device)) if device else None,
        recordings=tuple(Recording(f"{run}/{name}", files[name]) for name in (group.main, *group.others)),
        label=clean(pipeline),
        shelf=shelf,
    )
