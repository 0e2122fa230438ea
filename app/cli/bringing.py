"""The commands that fill the library and say who is who in it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from app.cli.moments import iso
from app.cli.printing import counted, follow, print_json, say
from app.cli.session import Session
from app.cli.shown import issue_shape, someone_shape, source_shape
from app.finding import suggest
from app.intake import BroughtIn, bring_in
from app.model import Issue, Member, Problem, Source, Speaker, Standing

_SHOWN = 10
_ONLY_PEOPLE = (Standing.ADULT, Standing.GUEST)


def bring(session: Session, options: argparse.Namespace) -> None:
    """`earshot bring-in`."""
    brought = follow(bring_in(session.library, options.paths, session.providers, now_ms=session.now_ms))
    suggest(session.library)
    if session.as_json:
        print_json(
            {
                "sources": [source_shape(source) for source in brought.sources],
                "unread": list(brought.unread),
                "issues": [issue_shape(issue) for issue in brought.issues],
            }
        )
    else:
        _tell(session, brought)
    if not brought.sources:
        raise Problem(
            "Nothing in there is from an assistant that Earshot knows.",
            advice="Bring in the archive as it came from Google, or the voice history saved from Amazon's page.",
        )


def household(session: Session, options: argparse.Namespace) -> None:
    """`earshot household`."""
    for name, word in options.mark:
        _mark(session, name, _standing(word))
    for old, new in options.rename:
        _rename(session, old, new)
    people, devices = session.library.household.members(), session.library.household.speakers()
    if session.as_json:
        print_json(
            {"people": [someone_shape(one) for one in people], "devices": [someone_shape(one) for one in devices]}
        )
        return
    for title, everyone in (("People", people), ("Devices", devices)):
        say(f"{title}:" if everyone else f"{title}: none in what was brought in")
        for someone in everyone:
            sure = "" if someone.confirmed or someone.standing is Standing.UNKNOWN else ", suggested"
            whose = f"{session.providers[someone.provider].name}, {counted(someone.interactions, 'recording')}"
            say(f"  {someone.name}: {someone.standing.value}{sure} ({whose})")


def _standing(word: str) -> Standing:
    try:
        return Standing(word.casefold())
    except ValueError:
        known = ", ".join(standing.value for standing in Standing)
        raise Problem(f"“{word}” is no standing.", advice=f"Use one of: {known}.") from None


def _mark(session: Session, name: str, standing: Standing) -> None:
    changed = session.library.household
    for someone in _named(session, name):
        if isinstance(someone, Member):
            changed.change_member(someone.id, standing=standing)
        elif standing in _ONLY_PEOPLE:
            raise Problem(f"“{someone.name}” is a device.", advice="A device is a child's, shared or unknown.")
        else:
            changed.change_speaker(someone.id, standing=standing)


def _rename(session: Session, old: str, new: str) -> None:
    changed = session.library.household
    for someone in _named(session, old):
        if isinstance(someone, Member):
            changed.change_member(someone.id, name=new, confirmed=someone.confirmed)
        else:
            changed.change_speaker(someone.id, name=new, confirmed=someone.confirmed)


def _named(session: Session, name: str) -> list[Member | Speaker]:
    """Everyone and everything of that name."""
    everyone: list[Member | Speaker] = [*session.library.household.members(), *session.library.household.speakers()]
    found = [one for one in everyone if name.casefold() in (one.name.casefold(), one.said_name.casefold())]
    if not found:
        known = ", ".join(dict.fromkeys(one.name for one in everyone)) or "nobody yet"
        raise Problem(f"Nobody and nothing here is called “{name}”.", advice=f"Known are: {known}.")
    return found


def _tell(session: Session, brought: BroughtIn) -> None:
    for source in brought.sources:
        for line in _source_lines(session, source):
            say(line)
    for line in _issue_lines(brought.issues):
        say(line)
    if brought.unread:
        say(f"Not read ({len(brought.unread):,}):")
        for path in brought.unread[:_SHOWN]:
            say(f"  {path}")


def _source_lines(session: Session, source: Source) -> Iterator[str]:
    yield f"{session.providers[source.provider].name}: {source.name} ({source.kind})"
    yield f"  {counted(source.interactions, 'record')}, {source.new:,} of them new"
    if source.matched or source.missing or source.unmatched:
        yield (
            f"  recordings: {source.matched:,} found, {source.missing:,} named but not there, "
            f"{source.unmatched:,} that no record names"
        )
    for name, count in source.activities.items():
        yield f"  {count:,} × {name}: not something said"
    coverage = source.coverage
    yield f"  covers {iso(coverage.from_ms) or 'an open beginning'} to {iso(coverage.to_ms) or 'an open end'}"
    if not coverage.complete:
        yield f"  not complete: {coverage.why}"
    yield from _issue_lines(source.issues)


def _issue_lines(issues: tuple[Issue, ...]) -> Iterator[str]:
    for issue in issues[:_SHOWN]:
        row = f", row {issue.row}" if issue.row is not None else ""
        yield f"  {issue.path}{row}: {issue.message}"
    if len(issues) > _SHOWN:
        yield f"  … and {len(issues) - _SHOWN:,} more like these"
