"""The commands that plan a deletion, record that it was asked, check it and report on it."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence

from app import deletion
from app.cli.deciding import filter_of
from app.cli.moments import iso
from app.cli.parser import ALL_STEPS
from app.cli.printing import counted, follow, print_json, say
from app.cli.session import Session
from app.cli.shown import by_layer, check_shape, gravest, plan_shape
from app.deletion import DryRun, Tally
from app.evidence import write_report
from app.finding import suggest
from app.intake import bring_in
from app.model import Happened, Look, Operation, Plan, Problem, clock_words, day_words
from app.verification import checklist, look


def plan(session: Session, options: argparse.Namespace) -> None:
    """`earshot plan`."""
    wanted = filter_of(session, options)
    before = None if session.as_json else deletion.dry_run(session.library, session.providers, wanted)
    frozen = deletion.freeze(
        session.library,
        session.providers,
        wanted,
        now_ms=session.now_ms,
        wait=not options.no_wait,
        copy_days=options.copy_days,
    )
    if before is None:
        print_json(plan_shape(frozen))
        return
    _tell_dry_run(before)
    say(f"This is plan {frozen.id}. {_when(frozen, session.now_ms)}")
    _tell_steps(session, frozen.operations)
    say(_copy(frozen))


def delete(session: Session, options: argparse.Namespace) -> None:
    """`earshot delete`."""
    frozen = session.library.asked.plan(options.plan)
    if options.done:
        steps = None if ALL_STEPS in options.done else [int(step) for step in options.done]
        deletion.attest(session.library, frozen.id, steps, session.now_ms)
    states = Counter(item.state.value for item in session.library.asked.items(frozen.id))
    if session.as_json:
        print_json({"attempts": dict(states)})
        return
    if not options.done:
        say(_when(frozen, session.now_ms))
        _tell_steps(session, frozen.operations)
    for state, number in states.items():
        say(f"{number:,} {state}")


def check(session: Session, options: argparse.Namespace) -> None:
    """`earshot check`."""
    frozen = session.library.asked.plan(options.plan)
    concerned = {item.provider for item in session.library.asked.items(frozen.id)}
    brought = follow(bring_in(session.library, options.paths, session.providers, now_ms=session.now_ms))
    suggest(session.library)
    sources = [source for source in brought.sources if source.provider in concerned]
    if not sources:
        names = " or ".join(session.providers[key].name for key in sorted(concerned))
        raise Problem(
            f"Nothing in there is from {names}, of which plan {frozen.id} asked something.",
            advice="Bring in a later archive or listing of the same account.",
        )
    looks = [
        look(session.library, session.providers, frozen.id, source.id, now_ms=session.now_ms, made_ms=options.made_at)
        for source in sources
    ]
    if session.as_json:
        print_json(check_shape(looks))
    else:
        _tell_looks(looks)


def report(session: Session, options: argparse.Namespace) -> None:
    """`earshot report`."""
    rows = checklist(session.library, session.providers, options.plan)
    written = write_report(session.library, session.providers, options.plan, rows, options.out, session.now_ms)
    session.library.log.note(Happened.EXPORTED, what="report")
    if session.as_json:
        print_json({"report": str(written)})
    else:
        say(f"The report is at {written}")


def _when(frozen: Plan, now_ms: int) -> str:
    if frozen.ready_ms <= now_ms:
        return "Its steps can be done now."
    return f"Its steps can be done from {clock_words(frozen.ready_ms)} on."


def _copy(frozen: Plan) -> str:
    if frozen.copy_until_ms is None:
        return "The copy here stays."
    until = clock_words(frozen.copy_until_ms)
    return f"The copy here of what you then ask for destroys itself on {until}; “keep-copy {frozen.id}” keeps it."


def _tell_dry_run(run: DryRun) -> None:
    say(f"{counted(run.items, 'recording')} would be deleted{_span(run)}.")
    for title, tallies in (("People", run.people), ("Devices", run.devices), ("Assistants", run.providers)):
        say(f"  {title}: {_tallied(tallies)}")
    say(f"  What stays: {run.kept:,} kept, {counted(run.keepsakes, 'keepsake')}, {run.undecided:,} undecided")
    for warning in run.warnings:
        say(f"  {warning}")


def _span(run: DryRun) -> str:
    if run.first_ms is None or run.last_ms is None:
        return ""
    return f", from {day_words(run.first_ms)} to {day_words(run.last_ms)}"


def _tallied(tallies: Sequence[Tally]) -> str:
    return ", ".join(f"{tally.name or 'unknown'} {tally.count:,}" for tally in tallies)


def _tell_steps(session: Session, operations: Sequence[Operation]) -> None:
    for operation in operations:
        provider = session.providers[operation.provider]
        say(f"Step {operation.step} ({provider.name}, {provider.page}):")
        say(f"  {operation.words}")
        also = f", and {len(operation.collateral):,} that nobody said" if operation.collateral else ""
        say(f"  This covers {counted(len(operation.covers), 'recording')}{also}.")


def _tell_looks(looks: Sequence[Look]) -> None:
    for one in looks:
        whole = "complete" if one.complete else f"not complete: {one.why}"
        say(f"Looked at {one.source_name}, made {iso(one.made_ms) or 'at an unknown time'}, {whole}")
    items = gravest(looks)
    if not items:
        say("Nothing of this plan was asked yet, so there is nothing to judge.")
    for layer, verdicts in by_layer(items).items():
        say(f"  {layer}: " + ", ".join(f"{number:,} {verdict}" for verdict, number in verdicts.items()))
    for reason, number in Counter(item.reason for item in items).most_common():
        say(f"  {number:,} × {reason}")
