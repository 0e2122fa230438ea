"""Pictures of every page on a made-up household: ``python -m tests.ui.screenshots --out DIR``."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication

from app import deletion
from app.keeping import open_library
from app.library import Library
from app.model import Decision, Filter, Happened, Problem, Progress
from app.providers.provider import Provider
from app.providers.registry import providers
from app.ui import look
from app.ui.desk import Desk
from app.ui.erasing_page import ErasingPage
from app.ui.jobs import JobRunner
from app.ui.kept import KeptPage
from app.ui.lock_page import LockPage
from app.ui.lock_settings import LockSettingsPage, NewCode
from app.ui.pages import BRING_IN, KEPT, LOCK, PAGES, REVIEW
from app.ui.passphrase_page import PassphrasePage
from app.ui.question import Question
from app.ui.recovery_page import RecoveryPage
from app.ui.review.page import ReviewPage
from app.vault import Vault, WrongPassphrase
from tests.keychain import FakeKeychain
from tests.ui import made_up
from tests.ui.locks import PASSPHRASE, vault_of


def main() -> None:
    """Save the pictures of all pages, light and dark, empty and full."""
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("--out", type=Path, required=True)
    reading.add_argument("--width", type=int, default=1280)
    reading.add_argument("--height", type=int, default=800)
    asked = reading.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    vendors = providers()
    for scheme in (Qt.ColorScheme.Light, Qt.ColorScheme.Dark):
        look.dress(app, scheme)
        thresholds(asked.out, scheme.name.lower(), QSize(asked.width, asked.height))
        for state in ("empty", "marked", "planned", "checked"):
            with tempfile.TemporaryDirectory() as folder:
                vault = vault_of(Path(folder), FakeKeychain())
                keys = vault.make(PASSPHRASE)
                name = f"{scheme.name.lower()}-{state}"
                with open_library(vault.folder, vault, keys, how="passphrase", by="window") as library:
                    fill(library, vendors, state)
                    picture(library, vendors, vault, asked.out, name, QSize(asked.width, asked.height))


def fill(library: Library, vendors: Mapping[str, Provider], state: str) -> None:
    """Bring *library* into *state*."""
    if state == "marked":
        made_up.first_archive(library)
        made_up.mark_children(library)
    elif state == "planned":
        made_up.first_archive(library, 120)
        made_up.mark_children(library)
        made_up.ask(library, vendors, all_steps=False)
        library.asked.decide(library.ids(Filter(decisions=frozenset({None})))[:30], Decision.DELETE, made_up.FIRST)
        deletion.freeze(library, vendors, Filter(), now_ms=round(time.time() * 1000))
    elif state == "checked":
        plan = made_up.whole_journey(library, vendors)
        library.asked.decide(library.ids(Filter(decisions=frozenset({None})))[:12], Decision.KEEPSAKE, made_up.FIRST)
        library.asked.decide(plan.items[:3], Decision.KEEP, made_up.FIRST)
        library.log.note(Happened.EXPORTED, what="keepsakes", count=12)


def picture(library: Library, vendors: Mapping[str, Provider], vault: Vault, out: Path, name: str, size: QSize) -> None:
    """Save every page of a window on *library*."""
    window = Desk(library, JobRunner(library), vendors, vault, practice="empty" in name)
    window.resize(size)
    window.show()
    for place, (page, _) in enumerate(PAGES):
        window.open_page(place)
        wait(600)
        window.grab().save(str(out / f"{name}-{page.lower().replace(' ', '-')}.png"))
    if "checked" in name:
        questions(window, out, name)
    moments(window, out, name)
    window.close()
    window.deleteLater()


def thresholds(out: Path, name: str, size: QSize) -> None:
    """Save the pages in front of the library."""
    locked, busy, wrong = (LockPage(passphrase=True, code=True, open_behind=number == 1) for number in range(3))
    choosing, erasing = PassphrasePage(), ErasingPage()
    choosing.offer_keychain(True)
    choosing.passphrase.setText(PASSPHRASE)
    erasing.show_progress(Progress(1, 3, "Writing the library anew under another key…"))
    wrong.show_problem(WrongPassphrase(), 8)
    code = RecoveryPage("AB12-CD34-EF56-GH78-JK90-MN12")
    named = {"lock": locked, "busy": busy, "wrong": wrong, "first": choosing, "code": code, "erasing": erasing}
    for which, page in named.items():
        page.resize(size)
        page.show()
        wait(500)
        page.grab().save(str(out / f"{name}-threshold-{which}.png"))
        page.close()


def questions(window: Desk, out: Path, name: str) -> None:
    """Save what is asked before something is destroyed or the lock is changed."""
    review, kept, lock = (window.open_page(place) for place in (REVIEW, KEPT, LOCK))
    assert isinstance(review, ReviewPage) and isinstance(kept, KeptPage) and isinstance(lock, LockSettingsPage)
    wait(600)
    assert lock.opening is not None
    for asks, button in (
        ("one", review.card.forget),
        ("copy", kept.copies.rows[0].destroy_now),
        ("everything", kept.everything.destroy_all),
        ("passphrase", lock.opening.passphrase),
        ("code", lock.opening.new_code),
    ):
        button.click()
        wait(400)
        (question,) = (one for one in window.findChildren(Question) if one.isVisible())
        question.grab().save(str(out / f"{name}-question-{asks}.png"))
        question.reject()
    shown = NewCode("AB12-CD34-EF56-GH78-JK90-MN12", lock)
    shown.ask()
    wait(200)
    shown.grab().save(str(out / f"{name}-question-new-code.png"))
    shown.reject()


def moments(window: Desk, out: Path, name: str) -> None:
    """Save what shows only for a moment: the sheet of keys, what went wrong, work that runs, the curtain."""
    window.show_keys()
    assert window.keys is not None
    wait(200)
    window.keys.grab().save(str(out / f"{name}-keys.png"))
    window.keys.hide()
    window.open_page(BRING_IN)
    window.notice.show_problem(
        Problem("This zip is cut off at the end.", advice="Download it again from Amazon; the link works for 90 days.")
    )
    wait(300)
    window.status.show_work("Reading…")
    window.status.show_progress(Progress(4_210, 12_006, "Reading records/page-7.json"))
    wait(500)
    window.grab().save(str(out / f"{name}-trouble.png"))
    window.hide_everything()
    wait(200)
    window.grab().save(str(out / f"{name}-hidden.png"))


def wait(ms: int) -> None:
    """Let the window work for *ms*."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


if __name__ == "__main__":
    main()
