"""From a page's button through the question to the end: what is destroyed here is gone."""

from __future__ import annotations

from pathlib import Path

from app.library import Library
from app.model import Decision, Filter, Kind
from app.ui.erasing import ErasingQuestion, EverythingQuestion
from app.ui.kept import KeptPage
from app.ui.pages import KEPT
from app.ui.passphrase_page import PassphrasePage
from app.ui.vendors import Vendors
from tests.ui import made_up
from tests.ui.asked import question_of
from tests.ui.locks import PASSPHRASE, vault_of
from tests.ui.somebody import Open, Somebody


def kept_page(somebody: Somebody) -> KeptPage:
    desk = somebody.waits_for_desk()
    page = desk.open_page(KEPT)
    assert isinstance(page, KeptPage)
    somebody.qtbot.waitUntil(lambda: not desk.jobs.busy)
    return page


def asked_for(folder: Path) -> int:
    """A plan of two recordings in the library in *folder* is asked for."""
    vault = vault_of(folder)
    vault.unlock(PASSPHRASE)
    with Library.open(folder, vault.keys) as library:
        library.asked.decide(library.ids(Filter())[:2], Decision.DELETE, made_up.FIRST)
        return len(made_up.ask(library, Vendors()).items)


def test_a_copy_is_destroyed_from_its_page(open_window: Open, lived_in: Path) -> None:
    number = asked_for(lived_in)
    somebody = open_window()
    somebody.unlocks()
    page = kept_page(somebody)
    before = somebody.waits_for_desk()

    page.copies.rows[0].destroy_now.click()
    question_of(page, ErasingQuestion, somebody.qtbot).go_on.click()
    somebody.qtbot.waitUntil(lambda: somebody.frame.desk not in (None, before))

    desk = somebody.waits_for_desk()
    assert desk.library.count(Filter(kinds=frozenset({Kind.FORGOTTEN}))) == number
    assert kept_page(somebody).copies.rows == []


def test_everything_is_destroyed_from_its_page(open_window: Open, lived_in: Path) -> None:
    somebody = open_window()
    somebody.unlocks()
    page = kept_page(somebody)

    page.everything.destroy_all.click()
    question = question_of(page, EverythingQuestion, somebody.qtbot)
    question.sure.setChecked(True)
    question.secret.field.setText(PASSPHRASE)
    question.go_on.click()

    somebody.waits_for(PassphrasePage)
    assert not list(lived_in.glob("*.db*"))
    assert not vault_of(lived_in).exists
