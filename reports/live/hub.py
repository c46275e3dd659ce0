"""The one place of a process where changes are heard, counted once, and handed to all.

A single thread does it, with database connections of its own, and nobody else touches what it
keeps: others ask by `join`, `leave` and `ask`, and are answered through `post`.
"""

import logging
import os
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Protocol

from django.db import Error, close_old_connections, connection
from django.utils import timezone

from incidents.screens import note_seen
from reports.live.audience import Audience
from reports.live.changes import Changes, heard_changes, wait_for
from reports.live.sessions import Gate, Pass, audiences_of, nobody
from reports.live.state import State, clock, reader

logger = logging.getLogger(__name__)

# In seconds. Changes with less than QUIET between them are one, for at most AT_MOST.
QUIET, AT_MOST = 0.1, 0.2
HEARTBEAT = 15.0
# How often it is written down which screens are there; see note_seen.
ROLL_CALL = 300.0
# For how long the figures of those are kept who only ask now and then.
REMEMBERED = 30.0
# Before the next attempt to reach a database that does not answer.
BACK_OFF = (0.25, 0.5, 1.0, 2.0)


class Watcher(Protocol):
    """By what somebody who watches is let in, and the id of the state that they have."""

    let_in: Pass
    seen: str


# What a viewer is given: an event or a comment, or None: they may not watch, or no longer.
Given = tuple[Watcher, bytes | None]


class Hub:
    """Hears changes and hands out states; `post` is called with what several viewers are given."""

    def __init__(self, post: Callable[[list[Given]], object], is_held_back: Gate = nobody) -> None:
        self.post, self.is_held_back = post, is_held_back
        self.asked: SimpleQueue[Callable[[], object]] = SimpleQueue()
        self.joining: dict[Watcher, None] = {}
        self.viewers: dict[Watcher, Audience] = {}
        self.states: dict[Audience, State] = {}
        self.asked_at: dict[Audience, float] = {}
        self.next_beat = self.next_roll_call = 0.0
        self.ended = False
        self.waker, self.wakes = os.pipe2(os.O_NONBLOCK)
        Thread(target=self.run, name="live", daemon=True).start()

    # Asked by others, from any thread

    def join(self, viewer: Watcher) -> None:
        """Let somebody watch; the first that they are given is a state or a comment, or None."""
        self.do(lambda: self.joining.setdefault(viewer))

    def leave(self, viewer: Watcher) -> None:
        self.do(lambda: (self.joining.pop(viewer, None), self.viewers.pop(viewer, None)))

    def ask(self, audience: Audience) -> "Future[State]":
        """Return what an audience sees, counted once for all who ask between two changes."""
        answer: Future[State] = Future()
        self.do(lambda: self.answer(audience, answer))
        return answer

    def end(self) -> None:
        self.do(lambda: setattr(self, "ended", True))

    def do(self, what: Callable[[], object]) -> None:
        self.asked.put(what)
        with suppress(BlockingIOError):  # it is about to wake up already
            os.write(self.wakes, b".")

    # The thread

    def run(self) -> None:
        failures = 0
        while not self.ended:
            try:
                if not self.has_company:
                    wait_for([self.waker])
                    self.do_what_is_asked()
                    continue
                with heard_changes() as changes:
                    # What happened before anybody listened.
                    self.hand_out(self.counted())
                    failures = 0
                    while self.has_company and not self.ended:
                        self.turn(changes)
                # From here on nobody would know that they are old.
                self.states.clear()
            except Exception as error:
                # Whatever it is: without a beat nobody takes what they see for fresh.
                log = logger.warning if isinstance(error, Error) else logger.exception
                log("The live gauges cannot be counted and wait: %s", error)
                time.sleep(BACK_OFF[min(failures, len(BACK_OFF) - 1)])
                failures += 1
            close_old_connections()
        connection.close()

    @property
    def has_company(self) -> bool:
        return bool(self.joining or self.viewers or self.watched())

    def turn(self, changes: Changes) -> None:
        """Wait for what comes next, and do it."""
        changed = changes.wait(self.seconds_until_due(), self.waker)
        close_old_connections()
        self.do_what_is_asked()
        if changed:
            self.hand_out(self.settled(changes))
        elif any(state.until <= timezone.now() for state in self.states.values()):
            self.hand_out(self.counted())
        self.welcome()
        if time.monotonic() >= self.next_beat:
            changes.check()
            self.beat()

    def seconds_until_due(self) -> float:
        """The time until the next heartbeat, or until figures change by the mere time."""
        if self.joining:
            return 0.0
        now = timezone.now()
        moments = [(state.until - now).total_seconds() for state in self.states.values()]
        return max(0.0, min([self.next_beat - time.monotonic(), *moments]))

    def do_what_is_asked(self) -> None:
        with suppress(BlockingIOError):
            os.read(self.waker, 65_536)
        with suppress(Empty):
            while True:
                self.asked.get_nowait()()

    def answer(self, audience: Audience, answer: "Future[State]") -> None:
        self.asked_at[audience] = time.monotonic()
        try:
            answer.set_result(self.state_of(audience))
        except Exception as error:
            answer.set_exception(error)
            raise

    def watched(self) -> set[Audience]:
        """Those whose figures are kept counted."""
        oldest = time.monotonic() - REMEMBERED
        self.asked_at = {who: when for who, when in self.asked_at.items() if when > oldest}
        return {*self.viewers.values(), *self.asked_at}

    def state_of(self, audience: Audience) -> State:
        if audience not in self.states:
            self.states[audience] = reader(timezone.now())(audience)
        return self.states[audience]

    def counted(self) -> dict[Audience, State]:
        read = reader(timezone.now())
        return {audience: read(audience) for audience in self.watched()}

    def settled(self, changes: Changes) -> dict[Audience, State]:
        """Count, and again as long as more changes follow at once; the last count holds."""
        end = time.monotonic() + AT_MOST
        while True:
            quiet = time.monotonic() + QUIET
            states = self.counted()
            if not changes.wait(min(quiet, end) - time.monotonic()):
                return states
            if time.monotonic() >= end:
                return self.counted()

    def hand_out(self, states: dict[Audience, State]) -> None:
        """Give everybody who still may watch what changed for them, and else nothing."""
        self.part()
        events: dict[Audience, bytes] = {}
        for audience, state in states.items():
            before = self.states.get(audience)
            if before and before.id == state.id:
                # They have the parts of before, from which the next change is told.
                states[audience] = replace(before, at=state.at, until=state.until)
            else:
                events[audience] = event(state, before)
        self.states = states
        self.give((who, events[what]) for who, what in self.viewers.items() if what in events)

    def part(self) -> None:
        """Part with those whose session ended, or who may now see or do other things."""
        found = audiences_of({viewer.let_in for viewer in self.viewers}, self.is_held_back)
        gone = [who for who, what in self.viewers.items() if found.get(who.let_in) != what]
        for viewer in gone:
            del self.viewers[viewer]
        self.give((viewer, None) for viewer in gone)

    def welcome(self) -> None:
        """Let those watch who wait for it."""
        found = audiences_of({viewer.let_in for viewer in self.joining}, self.is_held_back)
        events: dict[Audience, bytes] = {}
        given: list[Given] = []
        for viewer in self.joining:
            if (audience := found.get(viewer.let_in)) is None:
                given.append((viewer, None))
                continue
            state = self.state_of(audience)
            if viewer.seen != state.id and audience not in events:
                events[audience] = event(state)
            given.append((viewer, comment() if viewer.seen == state.id else events[audience]))
            self.viewers[viewer] = audience
        self.joining.clear()
        self.give(given)

    def beat(self) -> None:
        """Tell everybody who still may watch that the figures hold."""
        self.part()
        kept = self.watched()
        self.states = {who: state for who, state in self.states.items() if who in kept}
        still = comment()
        self.give((viewer, still) for viewer in self.viewers)
        self.next_beat = time.monotonic() + HEARTBEAT
        if time.monotonic() >= self.next_roll_call:
            note_seen({viewer.let_in.screen for viewer in self.viewers} - {""})
            self.next_roll_call = time.monotonic() + ROLL_CALL

    def give(self, given: Iterable[Given]) -> None:
        if several := list(given):
            self.post(several)


def event(state: State, before: State | None = None) -> bytes:
    """Put a state, or what changed since the one before, as a server-sent event."""
    return f"id: {state.id}\nevent: figures\ndata: {state.as_json(before)}\n\n".encode()


def comment() -> bytes:
    return f": {clock(timezone.now())}\n\n".encode()
