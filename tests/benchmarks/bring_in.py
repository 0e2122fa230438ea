"""How fast 200,000 Alexa records come in, and how much memory that takes: `python -m tests.benchmarks.bring_in`."""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from app.intake import bring_in
from app.library import Library
from app.model import Filter, finish
from app.providers.registry import providers
from tests.keys import KEYS

RECORDS = 200_000
_SONG = (
    "alexa what is the weather tomorrow play the next song set a timer for ten minutes tell me a story about a dragon "
    "turn off the light in the kitchen how far away is the moon add milk to the shopping list good night"
)
_WORDS = _SONG.split()
_PEOPLE = (("oid.A", "Maya", "ADULT"), ("oid.B", "Jonas", "ADULT"), ("oid.C", "Lina", "CHILD"))
_DEVICES = (("G090LF11111111AA", "Kids Room"), ("G090LF22222222BB", "Kitchen"), ("G090LF33333333CC", "Living Room"))


def main() -> None:
    """Measure in a fresh process, so that making the file does not count."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--records", type=int, default=RECORDS)
    arguments.add_argument("--measure", nargs=2, type=Path, metavar=("FILE", "LIBRARY"), help=argparse.SUPPRESS)
    options = arguments.parse_args()
    if options.measure:
        _measure(*options.measure)
        return
    with tempfile.TemporaryDirectory(prefix="earshot-benchmark-") as folder:
        listing = Path(folder) / "records.json"
        write_listing(listing, options.records)
        print(f"{options.records:,} records, {listing.stat().st_size / options.records:.0f} bytes each")
        library = Path(folder) / "library"
        command = [sys.executable, "-m", "tests.benchmarks.bring_in", "--measure", str(listing), str(library)]
        subprocess.run(command, check=True)
        print(f"for comparison: json.loads alone {_plain(listing):.1f} µs a record; load {os.getloadavg()[0]:.1f}")


def _measure(listing: Path, folder: Path) -> None:
    with Library.open(folder, KEYS) as library:
        begun, computed = time.perf_counter(), time.process_time()
        brought = finish(bring_in(library, [listing], providers(), now_ms=time.time_ns() // 1_000_000))
        lasted, busy = time.perf_counter() - begun, time.process_time() - computed
        count = library.count(Filter())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    new = sum(source.new for source in brought.sources)
    print(f"{new:,} new in {lasted:.1f} s ({busy:.1f} s of computing): {new / lasted:,.0f} a second")
    print(f"peak memory {peak:.0f} MB; the filter finds {count:,}")


def _plain(listing: Path) -> float:
    """How many microseconds of computing this machine, as busy as it is now, takes to parse a record."""
    with listing.open(encoding="utf-8") as file:
        lines = [line.rstrip(",\n") for line in islice(file, 1, 10_001)]
    computed = time.process_time()
    for line in lines:
        json.loads(line)
    return (time.process_time() - computed) / len(lines) * 1_000_000


def write_listing(listing: Path, number: int) -> None:
    """One long page."""
    luck = random.Random(1)
    records = _records(number, luck)
    with listing.open("w", encoding="utf-8") as file:
        file.write('{"customerHistoryRecords": [')
        for position, record in enumerate(records):
            file.write(",\n" if position else "")
            json.dump(record, file)
        file.write('], "encodedRequestToken": null, "noDataFoundWithinTimeLimit": false}')


def _records(number: int, luck: random.Random) -> Iterator[dict[str, Any]]:
    at = 1_600_000_000_000
    for _ in range(number):
        at += luck.randrange(10_000, 900_000)
        serial, name = luck.choice(_DEVICES)
        oid, first_name, kind = luck.choice(_PEOPLE)
        person = {"personId": f"amzn1.actor.person.{oid}", "personFirstName": first_name, "personType": kind}
        key = f"A1CUSTOMER#{at}#A3S5BH2HU6VAYF#{serial}"
        yield {
            "recordKey": key,
            "recordType": "VOICE_HISTORY",
            "timestamp": at,
            "customerId": "A1CUSTOMER",
            "device": {"deviceName": name, "deviceEntityId": None},
            "isBinaryFeedbackProvided": False,
            "isFeedbackPositive": False,
            "utteranceType": "GENERAL",
            "domain": "Knowledge",
            "intent": "QAIntent",
            "skillName": luck.choice(("", "", "", "Quiz Master", "Bedtime Stories")),
            "voiceHistoryRecordItems": [
                _item(at, serial, "CUSTOMER_TRANSCRIPT", _said(luck, 7), person),
                _item(at + 900, serial, "ALEXA_RESPONSE", _said(luck, 14), person),
            ],
            "personsInfo": [person],
            "activityStatus": "SUCCESS",
        }


def _item(at: int, serial: str, kind: str, words: str, person: dict[str, str]) -> dict[str, Any]:
    return {
        "recordItemKey": f"{at}#A3S5BH2HU6VAYF#{serial}#{at}-0",
        "recordItemType": kind,
        "utteranceId": None,
        "timestamp": at,
        "transcriptText": words,
        "agentVisualName": None,
        "personsInfo": [person],
    }


def _said(luck: random.Random, number: int) -> str:
    return " ".join(luck.choices(_WORDS, k=number))


if __name__ == "__main__":
    main()
