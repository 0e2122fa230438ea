"""A small household of two assistants, in whose archives everything is unmistakable wherever it turns up."""

from __future__ import annotations

import io
import json
import random
import wave
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.intake.zipping import zip_at
from tests.providers.alexa import pages as alexa
from tests.providers.google import takeouts as google

CHILD = "Zephyrine"
ROOM = f"{CHILD}'s den"
ASKED = "marzipan volcano"
ANSWER = "brambleton xylophone"
SKILL = "Thistledown Tales"
COOKIE = "at-main-gibbousquartz7741"
TOKEN = "csrf-ocelotpumice2093"
SOUND_NAME = "ofeliawhisper"
PASSPHRASE = "periwinkle anvil thermos"
NEW_PASSPHRASE = "cormorant ballast nutmeg"
WORDS = (CHILD, ASKED, ANSWER, SKILL, COOKIE, TOKEN, SOUND_NAME, PASSPHRASE, NEW_PASSPHRASE)
"""What may stand in no file that Earshot writes. The voices come to these, and the recovery code of the day."""

_RATE = 16_000
_SECONDS = 1.0
_PIECE = 24
FIRST_MS = 1_770_000_000_000
_HOUR_MS = 3_600_000
_CHILDS = (0, 1, 2)


def voice(number: int) -> bytes:
    """A recording of noise, another one for every *number*."""
    held = io.BytesIO()
    with wave.open(held, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(_RATE)
        sound.writeframes(random.Random(number).randbytes(int(2 * _RATE * _SECONDS)))
    return held.getvalue()


def pieces_of_voices() -> Iterator[bytes]:
    """Some of the samples of each recording: what is left of a sound, wherever a part of it lies."""
    for number in range(2 * len(_CHILDS)):
        samples = voice(number)[44:]
        for at in range(0, len(samples), len(samples) // 5):
            yield samples[at : at + _PIECE]


def archives(folder: Path, *, made: datetime, without_children: bool = False) -> list[Path]:
    """An archive of Alexa and one of Google, made at *made*; perhaps the children's part was deleted by then."""
    folder.mkdir(parents=True)
    return [_alexa(folder, made, without_children), _google(folder, made, without_children)]


def _alexa(folder: Path, made: datetime, without_children: bool) -> Path:
    child = {"personId": "amzn1.actor.person.oid.7", "personFirstName": CHILD, "personType": "CHILD"}
    rows, sounds = [], {}
    for number in range(6):
        at_ms = FIRST_MS + number * _HOUR_MS
        if number in _CHILDS and without_children:
            continue
        if number in _CHILDS:
            device = {"deviceName": ROOM, "deviceEntityId": None}
            sounds[f"audio/{at_ms}.wav"] = voice(number)
            row = alexa.said(f"alexa {ASKED} {number}", f"{ANSWER} {number}", at_ms, alexa.KIDS, device=device)
            rows.append(row | {"personsInfo": [child], "skillName": SKILL})
        else:
            rows.append(alexa.said(f"alexa lights {number}", "okay", at_ms))
    page = json.dumps(alexa.loaded(alexa.page(rows), at=made.strftime("%Y-%m-%dT%H:%M:%S.000Z")))
    for secret, canary in (("at-main=SECRET", f"at-main={COOKIE}"), ('"SECRET"', f'"{TOKEN}"')):
        assert secret in page
        page = page.replace(secret, canary)
    return zip_at(folder / "alexa.zip", {"history.har": alexa.log(json.loads(page)), **sounds})


def _google(folder: Path, made: datetime, without_children: bool) -> Path:
    rows, files = [], {}
    for number in range(6):
        at = datetime.fromtimestamp(FIRST_MS / 1000, UTC) + timedelta(hours=number, minutes=30)
        if number in _CHILDS and without_children:
            continue
        time = at.strftime("%Y-%m-%dT%H:%M:%S.000Z")
        if number in _CHILDS:
            name = f"{at:%Y-%m-%d_%H_%M_%S}_000_UTC-{SOUND_NAME}.wav"
            files[f"{google.ASSISTANT}/{name}"] = voice(len(_CHILDS) + number)
            answer = [{"name": f"{ANSWER} {number}"}]
            rows.append(google.said(f"{ASKED} {number}", time, audioFiles=[name], subtitles=answer))
        else:
            rows.append(google.said(f"weather {number}", time))
    index = google.browser(made=f"{made:%b} {made.day}, {made:%Y, %I:%M:%S %p} UTC")
    activity = {f"{google.ASSISTANT}/MyActivity.json": google.as_json(*rows)}
    return zip_at(folder / "takeout.zip", {"Takeout/archive_browser.html": index, **activity, **files})
