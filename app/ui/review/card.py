"""The card at the right: everything known of one interaction, and what to do with it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from app.finding import why_childs
from app.library import Library
from app.model import Card, Certainty, Decision, Kind, Role, Turn
from app.providers.provider import Provider
from app.ui import icons, look
from app.ui.look import EDGE, GAP, HAIR, SMALL, Ink
from app.ui.question import Destructive
from app.ui.review.sound import SoundPanel
from app.ui.review.words import DECISION_ICONS, DECISION_INKS, KINDS, clock, weekday_and_day
from app.ui.scroll import Scroll
from app.ui.widgets import Button, Heading, Line, Quiet, QuietProse, Said, Title, clear, row, stack

KEYS: Mapping[Decision | None, str] = {
    Decision.KEEP: "K",
    Decision.DELETE: "D",
    None: "U",
    Decision.KEEPSAKE: "B",
}
ACTIONS: Mapping[Decision | None, str] = {
    Decision.KEEP: "Keep",
    Decision.DELETE: "Delete",
    None: "Undecided",
    Decision.KEEPSAKE: "Keepsake",
}
_SURE = 0.9
_CERTAINTIES = {
    Certainty.ZONE_NAME.value: "The file names the time zone by letters that can mean more than one.",
    Certainty.ASSUMED.value: "The file names no time zone, so this time may be some hours off.",
    Certainty.FILE_TIME.value: "Only the time of the file itself is known.",
}
_PLACEHOLDER = "nothing was kept of these words"
_DESTROYED = (
    "What was said and how it sounded is no longer here. When and where it was stays, so that later archives can be "
    "checked."
)


class DecisionButton(Button):
    """One of the things to decide, in its colour; it shows when it is what was decided."""

    def __init__(self, decision: Decision | None, *, plain: bool = False) -> None:
        self._ink = DECISION_INKS[decision]
        super().__init__(ACTIONS[decision], DECISION_ICONS[decision], plain=plain)
        key = QKeySequence(KEYS[decision]).toString(QKeySequence.SequenceFormat.NativeText)
        self.setToolTip(f"{ACTIONS[decision]} ({key})")
        self.setCheckable(True)

    def nextCheckState(self) -> None:
        """Leave it to the page to show what was decided."""

    def _draw(self) -> None:
        self.setIcon(icons.icon(self._drawing, self._ink, self.palette()))

    def _ground(self) -> QColor:
        return look.colour(Ink.PILL, self.palette()) if self.isChecked() else super()._ground()


class CardPanel(QWidget):
    """Shows one interaction; emits `decided_on` with what the parent chose for it, and `forget_wanted` with its number
    where its copy here is to be destroyed."""

    decided_on = Signal(object)
    forget_wanted = Signal(int)

    def __init__(self, library: Library, providers: Mapping[str, Provider], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._providers = providers
        self._shown = 0
        self.day = Title()
        self.day.setWordWrap(True)
        self.where = Quiet()
        self.sound = SoundPanel(library)
        self.person = Heading()
        self.childs = Quiet("", Ink.ACCENT)
        self.reasons = QuietProse()
        self.details = QuietProse()
        self.turns: list[Said] = []
        self.buttons = {decision: DecisionButton(decision) for decision in ACTIONS}
        for decision, button in self.buttons.items():
            button.clicked.connect(lambda _on, decision=decision: self.decided_on.emit(decision))
        self.forget = Destructive("Forget here…", plain=True)
        self.forget.setToolTip("Destroy the copy here of this one recording; nobody is asked for anything by it")
        self.forget.clicked.connect(lambda: self.forget_wanted.emit(self._shown))
        self._lay_out()
        self.show_card(None)

    def show_card(self, card: Card | None) -> None:
        """Show *card*, or that there is none to show."""
        self._body.setVisible(card is not None)
        self._hint.setVisible(card is None)
        here = card is not None and card.kind is not Kind.FORGOTTEN
        self._footer.setVisible(here)
        self.sound.setVisible(here)
        if card is None:
            self.sound.show_sounds(())
            return
        self._shown = card.id
        self.day.setText(f"{weekday_and_day(card.at_ms, short=False)}, {clock(card.at_ms)}")
        device = card.device.name if card.device else ""
        self.where.setText("   ·   ".join(part for part in (device, self._assistant(card)) if part))
        self.sound.show_sounds(card.sounds if here else (), card.id)
        self._show_person(card)
        self._show_turns(card)
        self._show_details(card)
        self.show_decision(card.decision)

    def show_decision(self, decided: Decision | None) -> None:
        """Show what was decided, and leave the rest of the card as it is."""
        for decision, button in self.buttons.items():
            button.setChecked(decision is decided)
            said = ", decided" if decision is decided else ""
            button.setAccessibleName(f"{ACTIONS[decision]}{said}")

    def sizeHint(self) -> QSize:
        return QSize(400, 600)

    def _assistant(self, card: Card) -> str:
        return self._providers[card.provider].name if card.provider in self._providers else card.provider

    def _show_person(self, card: Card) -> None:
        score, reasons = why_childs(card)
        nobody = "Destroyed here" if card.kind is Kind.FORGOTTEN else "Who spoke is not known"
        self.person.setText(card.person.name if card.person else nobody)
        self.childs.setText(f"a child's, {'certain' if score >= _SURE else 'likely'}" if reasons else "")
        self.reasons.setText("; ".join(reasons))
        self.reasons.setVisible(bool(reasons))

    def _show_turns(self, card: Card) -> None:
        clear(self._grid)
        self.turns = []
        spoken_turns = [turn for turn in card.turns if turn.text or turn.role is not Role.PROFILE]
        for line, turn in enumerate(spoken_turns):
            who = Quiet(self._speaker(card, turn))
            text = (turn.text or "").strip()
            spoken = bool(text) and turn.role in (Role.REQUEST, Role.RESPONSE)
            said = Said(text or _PLACEHOLDER, None if spoken else Ink.QUIET)
            said.setWordWrap(True)
            said.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            said.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            said.setAccessibleName(f"{who.text()}: {said.text()}")
            if turn.role is Role.REQUEST and text:
                said.setFont(look.heading_font(self.font()))
            self._grid.addWidget(who, line, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(said, line, 1)
            self.turns.append(said)

    def _speaker(self, card: Card, turn: Turn) -> str:
        if turn.role is Role.RESPONSE:
            return self._assistant(card)
        return {Role.REQUEST: "You", Role.NOTE: "Note", Role.PROFILE: "Profile"}[turn.role]

    def _show_details(self, card: Card) -> None:
        told = card.kind is not Kind.SAID or card.accidental  # else the vendor's word for it says nothing to a parent
        details = [
            f"Skill: {card.skill}" if card.skill else "",
            f"{self._assistant(card)} calls it “{card.label}”." if card.label and told else "",
            _DESTROYED if card.kind is Kind.FORGOTTEN else "",
            f"This is {KINDS[card.kind]}." if card.kind in (Kind.CONVERSATION, Kind.ACTIVITY) else "",
            f"{self._assistant(card)} itself says that nobody meant to speak to it." if card.accidental else "",
            _CERTAINTIES.get(card.certainty, ""),
        ]
        self.details.setText("\n".join(detail for detail in details if detail))
        self.details.setVisible(any(details))

    def _lay_out(self) -> None:
        scroll = Scroll()
        self._body = QWidget()
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(SMALL)
        who = stack(row(self.person, self.childs, 1), self.reasons, spacing=HAIR)
        head = stack(self.day, self.where, spacing=HAIR)
        self._body.setLayout(stack(head, self.sound, who, Line(), self._grid, Line(), self.details, 1, spacing=GAP))
        scroll.column.addWidget(self._body)
        self._hint = QuietProse("Choose a recording to hear and read it.")
        scroll.column.addWidget(self._hint)
        scroll.column.addStretch(1)
        self._footer = QWidget()
        buttons = QGridLayout(self._footer)
        buttons.setContentsMargins(EDGE, SMALL, EDGE, 0)
        buttons.setSpacing(SMALL)
        for place, button in enumerate(self.buttons.values()):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            buttons.addWidget(button, place // 2, place % 2)
        buttons.addWidget(self.forget, len(self.buttons) // 2, 0, 1, 2, Qt.AlignmentFlag.AlignRight)
        self.setLayout(stack(scroll, self._footer, spacing=0))
        self.setMinimumWidth(300)
