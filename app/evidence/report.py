"""The report of a plan as one file that anybody can read and print."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app import places
from app.evidence.redaction import nameless, references
from app.library import Library
from app.model import (
    ChecklistRow,
    Decision,
    Plan,
    PlanItem,
    Problem,
    Verdict,
    clock_words,
    day_words,
    local_day,
)
from app.providers.provider import Provider

FILE_NAME = "report.html"
VERDICT_WORDS = {
    Verdict.GONE: "no longer listed",
    Verdict.STILL_HELD: "still held",
    Verdict.REAPPEARED: "listed again",
    Verdict.CANNOT_TELL: "cannot tell",
}


@dataclass(frozen=True, slots=True)
class _Line:
    """One recording of the plan: its reference, and a cell (verdict word, its class) for each layer."""

    reference: str
    day: str
    device: str
    asked: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Step:
    number: int
    words: str
    covers: int
    asked: str


@dataclass(frozen=True, slots=True)
class _Vendor:
    """Everything of the report that concerns one vendor."""

    name: str
    page: str
    items: int
    asked: int
    first_day: str
    last_day: str
    asked_between: str
    steps: tuple[_Step, ...]
    checked: tuple[ChecklistRow, ...]
    unchecked: tuple[ChecklistRow, ...]
    lines: tuple[_Line, ...]


def report_html(
    library: Library, providers: Mapping[str, Provider], plan_id: int, checklist: Sequence[ChecklistRow], now_ms: int
) -> str:
    """The report of the plan: nobody's words, no names of people, no accounts."""
    plan = library.asked.plan(plan_id)
    items = library.asked.items(plan_id)
    hide = nameless(library, items)
    decided = library.asked.counts()
    template = _environment(hide).get_template(FILE_NAME)
    return template.render(
        plan=plan,
        now_ms=now_ms,
        items=len(items),
        asked=sum(item.asked_ms is not None for item in items),
        vendors=list(_vendors(library, providers, plan, items, checklist, hide)),
        looks=library.concluded.looks(plan_id),
        kept=decided.get(Decision.KEEP, 0),
        keepsakes=decided.get(Decision.KEEPSAKE, 0),
        undecided=decided.get(None, 0),
    )


def write_report(
    library: Library,
    providers: Mapping[str, Provider],
    plan_id: int,
    checklist: Sequence[ChecklistRow],
    folder: Path,
    now_ms: int,
) -> Path:
    """The file in *folder* that now holds the report."""
    html = report_html(library, providers, plan_id, checklist, now_ms)
    path = folder / FILE_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(html, encoding="utf-8")
    except OSError as error:
        raise Problem(
            "The report could not be written.", advice=f"Choose another folder than {folder}, or make room there."
        ) from error
    return path


def _environment(hide: Callable[[str], str]) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(places.RESOURCES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["day"] = day_words
    environment.filters["clock"] = clock_words
    environment.filters["nameless"] = hide
    environment.filters["verdict"] = VERDICT_WORDS.__getitem__
    return environment


def _vendors(
    library: Library,
    providers: Mapping[str, Provider],
    plan: Plan,
    items: Sequence[PlanItem],
    checklist: Sequence[ChecklistRow],
    hide: Callable[[str], str],
) -> Iterator[_Vendor]:
    for key in dict.fromkeys(item.provider for item in items):
        of_vendor = [item for item in items if item.provider == key]
        rows = [row for row in checklist if row.provider == key]
        checked = tuple(row for row in rows if row.judged)
        asked = [item.asked_ms for item in of_vendor if item.asked_ms is not None]
        yield _Vendor(
            name=providers[key].name,
            page=providers[key].page,
            items=len(of_vendor),
            asked=len(asked),
            first_day=day_words(of_vendor[0].at_ms),
            last_day=day_words(of_vendor[-1].at_ms),
            asked_between=_between(asked),
            steps=tuple(_steps(plan, key, of_vendor)),
            checked=checked,
            unchecked=tuple(row for row in rows if not row.judged),
            lines=tuple(_lines(library, of_vendor, checked, hide)),
        )


def _between(moments: Sequence[int]) -> str:
    if not moments:
        return "not asked yet"
    words = list(dict.fromkeys((clock_words(min(moments)), clock_words(max(moments)))))
    return " to ".join(words)


def _steps(plan: Plan, key: str, items: Sequence[PlanItem]) -> Iterator[_Step]:
    asked: dict[int, list[int]] = {}
    for item in items:
        if item.asked_ms is not None:
            asked.setdefault(item.step, []).append(item.asked_ms)
    for operation in plan.operations:
        if operation.provider == key:
            when = _between(asked.get(operation.step, []))
            yield _Step(operation.step, operation.words, len(operation.covers), when)


def _lines(
    library: Library, items: Sequence[PlanItem], checked: Sequence[ChecklistRow], hide: Callable[[str], str]
) -> Iterator[_Line]:
    reference = references(library)
    devices = {row.id: row.device for row in library.rows([item.interaction for item in items])}
    hidden = {name: hide(name) for name in set(devices.values())}
    cells = {row.layer: _cells(row) for row in checked}
    for item in items:
        yield _Line(
            reference=reference(item),
            day=local_day(item.at_ms).isoformat(),
            device=hidden[devices[item.interaction]],
            asked="not yet" if item.asked_ms is None else "yes",
            cells=tuple(cells[row.layer].get(item.interaction, ("–", "none")) for row in checked),
        )


def _cells(row: ChecklistRow) -> dict[int, tuple[str, str]]:
    """For each recording that was judged in this layer the words of its verdict, and the class of their colour."""
    return {
        id: (VERDICT_WORDS[outcome.verdict], outcome.verdict.value.lower())
        for outcome in row.outcomes
        for id in outcome.items
    }
