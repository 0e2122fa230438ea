"""The report says what was asked, looked at and concluded, in nobody's words and with nobody's name."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from app import deletion, evidence, verification
from app.library import Library
from app.model import Coverage, Decision, Filter, Issue, Kind, Layer, Person, Problem
from app.providers.provider import Provider
from tests.keys import KEYS
from tests.vendors import FakeVendor

DAY = 86_400_000
START = 1_772_400_000_000
ASKED = START + 12 * DAY
FRESH = ASKED + DAY
NOW = ASKED + 2 * DAY


class Outline(HTMLParser):
    """What a screen reader finds first: headings, language, table headers."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in {"h1", "h2", "h3", "h4"}:
            self.headings.append(int(tag[1]))


@pytest.fixture
def vendor() -> FakeVendor:
    return FakeVendor()


def planned(library: Library, vendor: FakeVendor, identities: list[str], *, asked: bool = True) -> int:
    """A plan of those records."""
    providers: dict[str, Provider] = {vendor.key: vendor}
    ids = {library.card(id).identity: id for id in library.ids(Filter(kinds=frozenset(Kind)))}
    deletion.decide(library, [ids[one] for one in identities], Decision.DELETE, ASKED)
    plan = deletion.freeze(library, providers, Filter(), now_ms=ASKED, wait=False)
    if asked:
        deletion.attest(library, plan.id, None, ASKED)
    return plan.id


def report(library: Library, vendor: FakeVendor, plan: int) -> str:
    providers: dict[str, Provider] = {vendor.key: vendor}
    rows = verification.checklist(library, providers, plan)
    return evidence.report_html(library, providers, plan, rows, NOW)


def looked(library: Library, vendor: FakeVendor, plan: int, name: str = "fresh.zip", made_ms: int = FRESH) -> None:
    source = vendor.lists(library, name, made_ms=made_ms)
    verification.look(library, {vendor.key: vendor}, plan, source.id, now_ms=NOW)


def test_no_word_and_no_name_of_anybody_is_in_the_report(library: Library, vendor: FakeVendor) -> None:
    child = Person("canary-person-key", "Zebulina Canaryname", "CHILD")
    vendor.account = "zebulina@canary.example"
    said = vendor.hears("canary request", "canary response", at_ms=START, device="Zebulinas Zimmer", person=child)
    vendor.held[said] = replace(vendor.held[said], skill="canary skill", label="canary label", raw=b"canary raw")
    vendor.hears("canary kept", "canary kept answer", at_ms=START + DAY)
    vendor.lists(library, "zebulina_2026.zip", made_ms=START + 2 * DAY)
    (member,) = library.household.members()
    library.household.change_member(member.id, name="Canarypet")
    plan = planned(library, vendor, [said])
    canary_rows = Issue("canary.json", 1, "odd", "canary issue")
    source = vendor.lists(
        library,
        "Archive of Canarypet and ZEBULINA.zip",
        made_ms=FRESH,
        coverage=Coverage(complete=False, why="The list of Zebulina's is cut off."),
        issues=[canary_rows],
    )
    verification.look(library, {vendor.key: vendor}, plan, source.id, now_ms=NOW)

    html = report(library, vendor, plan)

    assert "canary" not in html.casefold()
    assert "zebulina" not in html.casefold()
    assert said not in html
    assert "[name] Zimmer" in html


def test_a_name_that_only_a_speaker_bears_is_taken_out_too(library: Library, vendor: FakeVendor) -> None:
    said = vendor.hears("hello", at_ms=START, device="Zebulina's Echo Dot")
    vendor.lists(library, "first.zip", made_ms=START + DAY)
    plan = planned(library, vendor, [said])
    looked(library, vendor, plan, name="for zebulina.zip")

    html = report(library, vendor, plan)

    assert "zebulina" not in html.casefold()
    assert "[name] Echo Dot" in html


def test_a_month_that_is_also_a_name_stays_a_month(library: Library, vendor: FakeVendor) -> None:
    said = vendor.hears("hello", at_ms=START, device="March’s speaker", person=Person("1", "March"))
    vendor.lists(library, "first.zip", made_ms=START + DAY)
    plan = planned(library, vendor, [said])
    looked(library, vendor, plan)

    html = report(library, vendor, plan)

    assert "[name] speaker" in html
    assert "listed in fresh.zip, made 14 March 2026" in html or "listed in fresh.zip, made 15 March 2026" in html


def test_markup_in_a_name_stays_text(library: Library, vendor: FakeVendor) -> None:
    said = vendor.hears("hello", at_ms=START, device="<script>alert(1)</script>")
    vendor.lists(library, "first.zip", made_ms=START + DAY)
    plan = planned(library, vendor, [said])
    looked(library, vendor, plan, name="<img src=x>.zip")

    html = report(library, vendor, plan)

    assert not {tag for tag, _ in Outline(html).tags} & {"script", "img", "link", "iframe"}
    assert "&lt;script&gt;" in html


def test_it_says_per_layer_what_is_known_how_and_when_to_look_next(library: Library, vendor: FakeVendor) -> None:
    gone, held = vendor.hears("one", at_ms=START), vendor.hears("two", at_ms=START)
    vendor.hears("kept", at_ms=START + DAY)
    vendor.lists(library, "first.zip", made_ms=START + 2 * DAY)
    plan = planned(library, vendor, [gone, held])
    vendor.forgets([gone])
    vendor.forgets([held], keeping=[Layer.RESPONSE])
    looked(library, vendor, plan)

    html = report(library, vendor, plan)

    assert "2 no longer listed" in html
    assert '<th scope="row">What the assistant answered</th><td class="still_held">1 still held</td>' in html
    assert "no longer listed in fresh.zip, made " in html
    assert "Only the makers of skills can say." in html
    assert "It cannot show that no copy exists." in html
    assert "deleted from" not in html and "erased" not in html


def test_a_recording_is_named_by_a_reference_that_is_the_same_in_the_next_report(
    library: Library, vendor: FakeVendor
) -> None:
    said = vendor.hears("hello", at_ms=START)
    vendor.lists(library, "first.zip", made_ms=START + DAY)
    plan = planned(library, vendor, [said], asked=False)

    first, second = report(library, vendor, plan), report(library, vendor, plan)

    assert first == second
    assert first.count('class="reference"') == 1
    assert "not asked yet" in first
    assert "Nobody has looked yet." in first


def test_another_library_gives_the_same_record_another_reference(
    library: Library, vendor: FakeVendor, tmp_path: Path
) -> None:
    said = vendor.hears("hello", at_ms=START)
    lines = []
    with Library.open(tmp_path / "other", KEYS) as other:
        for one in (library, other):
            vendor.lists(one, "first.zip", made_ms=START + DAY)
            html = report(one, vendor, planned(one, vendor, [said]))
            lines.append(next(line for line in html.splitlines() if 'class="reference"' in line))

    assert lines[0] != lines[1]


def test_it_can_be_read_without_seeing_it(library: Library, vendor: FakeVendor) -> None:
    said = vendor.hears("hello", at_ms=START)
    vendor.lists(library, "first.zip", made_ms=START + DAY)
    plan = planned(library, vendor, [said])
    looked(library, vendor, plan)

    outline = Outline(report(library, vendor, plan))

    assert ("html", {"lang": "en"}) in outline.tags
    assert outline.headings[0] == 1 and outline.headings.count(1) == 1
    steps = pairwise(outline.headings)
    assert all(later <= earlier + 1 for earlier, later in steps)
    headers = [attributes for tag, attributes in outline.tags if tag == "th"]
    assert headers and all(attributes.get("scope") in {"row", "col"} for attributes in headers)
    tables = [tag for tag, _ in outline.tags if tag in {"table", "caption"}]
    assert tables.count("table") == tables.count("caption") > 0


def test_it_fetches_nothing_and_runs_nothing(library: Library, vendor: FakeVendor) -> None:
    said = vendor.hears("hello", at_ms=START)
    vendor.lists(library, "first.zip", made_ms=START + DAY)

    html = report(library, vendor, planned(library, vendor, [said]))

    outline = Outline(html)
    assert not [attributes for _, attributes in outline.tags if {"src", "href"} & attributes.keys()]
    assert "url(" not in html and "@import" not in html and "default-src 'none'" in html


def test_it_is_written_as_one_file(library: Library, vendor: FakeVendor, tmp_path: Path) -> None:
    said = vendor.hears("hello", at_ms=START)
    vendor.lists(library, "first.zip", made_ms=START + DAY)
    plan = planned(library, vendor, [said])
    providers: dict[str, Provider] = {vendor.key: vendor}
    rows = verification.checklist(library, providers, plan)

    path = evidence.write_report(library, providers, plan, rows, tmp_path / "out" / "here", NOW)

    assert path == tmp_path / "out" / "here" / "report.html"
    assert path.read_text(encoding="utf-8") == report(library, vendor, plan)


def test_a_folder_that_cannot_be_made_is_a_problem(library: Library, vendor: FakeVendor, tmp_path: Path) -> None:
    said = vendor.hears("hello", at_ms=START)
    vendor.lists(library, "first.zip", made_ms=START + DAY)
    plan = planned(library, vendor, [said])
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(Problem, match="could not be written"):
        evidence.write_report(library, {vendor.key: vendor}, plan, (), tmp_path / "file", NOW)
