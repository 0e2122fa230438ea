"""The pages of a desk: each is made here when it is first opened, and connected to the others."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from app.ui.pages import BRING_IN, CHECK, DELETE, HOUSEHOLD, REVIEW

if TYPE_CHECKING:
    from app.ui.check import CheckPage
    from app.ui.desk import Desk
    from app.ui.review.page import ReviewPage


def makers(desk: Desk) -> tuple[Callable[[], QWidget], ...]:
    """Makers of the pages of *desk*, in the order of the rail."""
    return tuple(partial(make, desk) for make in (_bring_in, _household, _review, _delete, _check, _kept, _lock))


def _bring_in(desk: Desk) -> QWidget:
    from app.ui.bring_in import BringInPage

    page = BringInPage(desk.library, desk.jobs, desk.providers)
    page.brought_in.connect(lambda _: desk.counting.count_anew())
    page.household_wanted.connect(lambda: desk.open_page(HOUSEHOLD))
    page.problem.connect(desk.notice.show_problem)
    desk.jobs.idle.connect(page.show_rest)
    return page


def _household(desk: Desk) -> QWidget:
    from app.ui.household import HouseholdPage

    page = HouseholdPage(desk.library, desk.jobs, desk.providers)
    page.changed.connect(desk.counting.count_decisions)
    page.bring_in_wanted.connect(lambda: desk.open_page(BRING_IN))
    page.children_wanted.connect(lambda: cast("ReviewPage", desk.open_page(REVIEW)).show_children())
    return page


def _review(desk: Desk) -> QWidget:
    from app.ui.review.page import ReviewPage

    page = ReviewPage(desk.library, desk.jobs, desk.providers)
    page.decided.connect(desk.counting.count_decisions)
    page.bring_in_wanted.connect(lambda: desk.open_page(BRING_IN))
    page.erasing_wanted.connect(desk.erasing_wanted)
    desk.closing.connect(page.shut)
    return page


def _delete(desk: Desk) -> QWidget:
    from app.ui.delete import DeletePage

    page = DeletePage(desk.library, desk.jobs, desk.providers)
    page.changed.connect(desk.counting.count_anew)
    page.review_wanted.connect(lambda: desk.open_page(REVIEW))
    page.check_wanted.connect(lambda plan: cast("CheckPage", desk.open_page(CHECK)).show_plan(plan))
    return page


def _check(desk: Desk) -> QWidget:
    from app.ui.check import CheckPage

    page = CheckPage(desk.library, desk.jobs, desk.providers)
    page.changed.connect(desk.counting.count_anew)
    page.delete_wanted.connect(lambda: desk.open_page(DELETE))
    page.erasing_wanted.connect(desk.erasing_wanted)
    return page


def _kept(desk: Desk) -> QWidget:
    from app.ui.kept import KeptPage

    page = KeptPage(desk.jobs, desk.providers, None if desk.practice else desk.vault)
    page.bring_in_wanted.connect(lambda: desk.open_page(BRING_IN))
    page.erasing_wanted.connect(desk.erasing_wanted)
    page.everything_wanted.connect(desk.everything_wanted)
    return page


def _lock(desk: Desk) -> QWidget:
    from app.ui.lock_settings import LockSettingsPage

    page = LockSettingsPage(desk.jobs, None if desk.practice else desk.vault)
    page.lock_time_changed.connect(desk.lock_time_changed)
    return page
