"""Takeouts as they come: in any language, in parts, unpacked."""

from __future__ import annotations

import unicodedata

import pytest

from tests.providers.google.takeouts import (
    ASSISTANT,
    GEMINI,
    MP3,
    NAME,
    as_json,
    browser,
    cell,
    entries,
    exports,
    loose,
    page,
    parcel,
    paths,
    prompted,
    read,
    result,
    said,
    said_cell,
)

DATE = "Mar 14, 2024, 3:10:00 PM UTC"
STEM = "takeout-20240401T090000Z"


@pytest.mark.parametrize(
    "folder",
    [
        "Takeout/My Activity/Assistant",
        "Takeout/Mon activité/Assistant",
        unicodedata.normalize("NFD", "Takeout/Mon activité/Assistant"),
        "Takeout/Meine Aktivitäten/Google Assistant",
        "Takeout/マイ アクティビティ/アシスタント",
        "My Activity/Assistant",
        "Assistant",
        "Takeout (2)/elsewhere/Assistant",
    ],
)
@pytest.mark.parametrize("file", ["MyActivity", "MonActivité", "My Activity"])
def test_activity_is_found_in_any_folder_and_language(folder: str, file: str) -> None:
    as_rows = result(parcel("t.zip", {f"{folder}/{file}.json": as_json(said("hello"))}))
    as_page = result(parcel("t.zip", {f"{folder}/{file}.html": page(said_cell("hello", DATE))}))

    assert as_rows.requests == as_page.requests == ["hello"]


def test_a_page_with_a_long_style_sheet_is_found() -> None:
    read = result(parcel("t.zip", {f"{ASSISTANT}/MyActivity.html": page(said_cell("hello", DATE), style=30_000)}))

    assert read.requests == ["hello"]


def test_an_assistant_with_an_unknown_name_is_found_by_its_sounds() -> None:
    row = {**said("hei"), "header": "Ajudaire", "products": ["Ajudaire"], "audioFiles": [NAME]}
    silent = {**said("moi"), "header": "Ajudaire", "products": ["Ajudaire"]}
    spoken = said_cell("hei", DATE, product="Ajudaire", right=f'<a href="{NAME}">x</a>')

    as_rows = result(parcel("t.zip", {"Takeout/Oma toiminta/Ajudaire/Toiminta.json": as_json(silent, row)}))
    as_page = result(parcel("t.zip", {"Takeout/Oma toiminta/Ajudaire/Toiminta.html": page(spoken)}))

    assert as_rows.requests == ["moi", "hei"]
    assert as_page.requests == ["hei"]


@pytest.mark.parametrize(
    "product",
    [
        "Ассистент",
        "Google Ассистент",
        "مساعد Google",
        "Google 助理",
        "Google助理",
        "העוזר הדיגיטלי של Google",
        "Asystent Google",
        "„Google“ padėjėjas",
        "Asistente de Google",
        "Trợ lý Google",
        "ผู้ช่วย Google",
    ],
)
def test_an_assistant_without_sounds_is_found_by_its_name_in_other_languages(product: str) -> None:
    row = {**said("hello"), "header": product, "products": [product]}

    read = result(parcel("t.zip", {f"Takeout/X/{product}/X.json": as_json(row)}))

    assert read.requests == ["hello"]
    assert read.told.shelves == {"Assistant"}


@pytest.mark.parametrize("product", ["Поиск", "Google 検索", "بحث", "Wyszukiwarka Google", "YouTube", "Google Maps"])
def test_another_product_is_no_assistant_even_if_it_keeps_sounds(product: str) -> None:
    row = {**said("hello"), "header": product, "products": [product], "audioFiles": [NAME]}

    found = exports(parcel("t.zip", {f"Takeout/My Activity/{product}/MyActivity.json": as_json(row)}))

    assert found == ()


@pytest.mark.parametrize(
    ("folder", "product", "file"),
    [
        ("Мои действия", "Ассистент", "МоиДействия"),
        ("نشاطي", "مساعد Google", "نشاطي"),
        ("La mia strada", "Assistant", "LaMiaStrada"),
    ],
)
def test_an_emptied_product_is_still_shown_to_be_empty(folder: str, product: str, file: str) -> None:
    files = {
        "Takeout/archive_browser.html": browser(folder=folder),
        f"Takeout/{folder}/{product}/{file}.json": b"[]",
    }

    read = result(parcel("t.zip", files))

    assert read.told.shelves == {"Assistant"}


def test_a_product_without_any_file_is_no_shelf() -> None:
    files = {
        "Takeout/archive_browser.html": browser(),
        f"{GEMINI}/MyActivity.json": b"[]",
        f"{ASSISTANT}/{NAME}": MP3,
    }

    read = result(parcel("t.zip", files))

    assert read.told.shelves == {"Gemini Apps"}


@pytest.mark.parametrize(
    "product",
    ["Search", "YouTube", "Maps", "Assistant Notes and Lists", "Google Assistant SDK", "Gemini", "Gemini Apps Extra"],
)
def test_other_products_are_left_alone(product: str) -> None:
    row = {**said("x"), "header": product, "products": [product]}
    files = {
        f"Takeout/My Activity/{product}/MyActivity.json": as_json(row),
        f"Takeout/My Activity/{product}/MyActivity.html": page(said_cell("x", DATE, product=product)),
        f"Takeout/My Activity/{product}/clip.mp3": MP3,
    }

    assert exports(parcel("t.zip", files)) == ()


def test_only_the_assistants_files_of_a_takeout_are_claimed() -> None:
    search = {**said("x"), "header": "Search", "products": ["Search"]}
    files = {
        "Takeout/archive_browser.html": browser(),
        f"{ASSISTANT}/MyActivity.json": as_json(said("hello")),
        f"{ASSISTANT}/{NAME}": MP3,
        f"{GEMINI}/picture.png": b"\x89PNG",
        "Takeout/My Activity/Search/MyActivity.json": as_json(search),
        "Takeout/Mail/letter.html": b"<html>hello</html>",
        "Takeout/Drive/song.mp3": MP3,
        "Takeout/Drive/Assistant/song.mp3": MP3,
    }

    (export,) = exports(parcel("t.zip", files))

    assert paths(export.records) == [f"{ASSISTANT}/MyActivity.json"]
    assert paths(export.sounds) == [f"{ASSISTANT}/{NAME}"]
    assert paths(export.others) == ["Takeout/archive_browser.html", f"{GEMINI}/picture.png"]


def test_the_folder_named_by_the_index_makes_its_sounds_an_assistants() -> None:
    files = {"Takeout/index.html": browser(folder="Oma toiminta"), f"Takeout/Oma toiminta/Assistant/{NAME}": MP3}

    (export,) = exports(parcel("t.zip", files))

    assert paths(export.sounds) == [f"Takeout/Oma toiminta/Assistant/{NAME}"]


def test_a_takeout_in_which_nothing_is_left_is_still_recognised() -> None:
    emptied = parcel("t.zip", {"Takeout/archive_browser.html": browser(), f"{ASSISTANT}/MyActivity.json": b"[]"})

    read = result(emptied)

    assert (read.interactions, read.issues) == ([], [])
    assert read.told.coverage.complete


def test_a_single_file_is_an_export_of_its_own() -> None:
    first, second = exports(
        loose("MyActivity.json", as_json(said("hello"))),
        loose("MyActivity.html", page(cell(f"Prompted hi<br>{DATE}", "Gemini Apps"))),
    )

    assert (first.kind, first.name, second.kind) == ("takeout file", "MyActivity.json", "takeout file")
    assert read(first).requests + read(second).requests == ["hello", "hi"]
    assert read(first).told.made is None
    assert read(first).told.accounts == ()


def test_a_sound_dropped_beside_a_single_file_belongs_to_it() -> None:
    read = result(loose("MyActivity.json", as_json(said("hello", audioFiles=[NAME]))), loose(NAME, MP3))

    assert entries(read) == [NAME]


def test_json_of_one_part_finds_its_sound_in_another() -> None:
    read = result(
        parcel(f"{STEM}-002.zip", {f"{ASSISTANT}/{NAME}": MP3}),
        parcel(f"{STEM}-001.zip", {f"{ASSISTANT}/MyActivity.json": as_json(said("hello", audioFiles=[NAME]))}),
    )

    assert entries(read) == [f"{ASSISTANT}/{NAME}"]
    assert read.told.coverage.complete


def test_an_unpacked_second_part_without_an_index_joins_the_only_takeout() -> None:
    read = result(
        parcel("Takeout", {f"{ASSISTANT}/MyActivity.json": as_json(said("hello", audioFiles=[NAME]))}),
        parcel("Takeout 2", {f"{ASSISTANT}/{NAME}": MP3}),
    )

    assert entries(read) == [f"{ASSISTANT}/{NAME}"]


def test_parts_with_the_same_index_are_one_takeout_whatever_their_names() -> None:
    index = {"Takeout/archive_browser.html": browser()}

    (export,) = exports(
        parcel("a.zip", {**index, f"{ASSISTANT}/MyActivity.json": as_json(said("hello"))}),
        parcel("folder", {**index, f"{GEMINI}/MyActivity.json": as_json(prompted("Prompted hi"))}),
    )

    assert read(export).requests == ["hello", "hi"]


def test_two_takeouts_dropped_together_are_two_exports() -> None:
    found = exports(
        parcel("takeout-20240101T000000Z-001.zip", {f"{ASSISTANT}/MyActivity.json": as_json(said("old"))}),
        parcel(f"{STEM}-001.zip", {f"{ASSISTANT}/MyActivity.json": as_json(said("new"))}),
        parcel(
            "mum",
            {"archive_browser.html": browser("mum@example.com"), "Assistant/MyActivity.json": as_json(said("mum"))},
        ),
    )

    assert [read(export).requests for export in found] == [["old"], ["new"], ["mum"]]


def test_two_takeouts_unpacked_into_one_folder_are_two_exports() -> None:
    files = {
        "old/archive_browser.html": browser(made="Jan 1, 2024, 9:00:00 AM UTC"),
        "old/My Activity/Assistant/MyActivity.json": as_json(said("old")),
        "Takeout/archive_browser.html": browser(),
        f"{ASSISTANT}/MyActivity.json": as_json(said("new")),
        f"{STEM}-002/{ASSISTANT}/MyActivity.json": as_json(said("part two")),
        f"{STEM}-001/{GEMINI}/MyActivity.json": as_json(prompted("Prompted part one")),
    }

    found = [read(export) for export in exports(parcel("Downloads", files))]

    assert sorted(sorted(map(str, result.requests)) for result in found) == [["new"], ["old"], ["part one", "part two"]]


def test_a_part_unpacked_beside_the_first_joins_it() -> None:
    files = {
        f"{ASSISTANT}/MyActivity.json": as_json(said("a", audioFiles=[NAME])),
        f"Takeout 2/My Activity/Assistant/{NAME}": MP3,
    }

    read = result(parcel("Downloads", files))

    assert entries(read) == [f"Takeout 2/My Activity/Assistant/{NAME}"]


def test_sounds_of_another_takeout_do_not_join() -> None:
    found = exports(
        parcel("takeout-20240101T000000Z-002.zip", {f"{ASSISTANT}/{NAME}": MP3}),
        parcel(f"{STEM}-001.zip", {f"{ASSISTANT}/MyActivity.json": as_json(said("a"))}),
    )

    assert [len(export.sounds) for export in found] == [1, 0]


@pytest.mark.parametrize(
    ("numbers", "why"),
    [
        (["001", "002"], ""),
        (["001", "003"], "Part 2 of this Takeout is missing."),
        (["002", "005"], "Parts 1, 3, 4 of this Takeout are missing."),
        (["002"], "Part 1 of this Takeout is missing."),
    ],
)
def test_a_missing_part_of_the_series_makes_it_incomplete(numbers: list[str], why: str) -> None:
    parts = [
        parcel(f"{STEM}-{number}.zip", {f"{ASSISTANT}/MyActivity.json": as_json(said(number))}) for number in numbers
    ]

    told = result(*parts).told

    assert (told.coverage.complete, told.coverage.why) == (not why, why)


def test_the_same_part_dropped_twice_changes_nothing() -> None:
    files = {f"{ASSISTANT}/MyActivity.json": as_json(said("a", audioFiles=[NAME])), f"{ASSISTANT}/{NAME}": MP3}

    (export,) = exports(parcel(f"{STEM}-001.zip", files), parcel(f"{STEM}-001 (1).zip", files))

    assert len(export.sounds) == 1
    assert len(set(read(export).identities)) == 1
