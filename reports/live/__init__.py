"""The gauges while they move: who watches what, and what changed, for everybody at once.

parts ► state;  audience ► state, sessions;  changes, state, sessions ► hub ► stream

The payload
-----------
`/live/` sends events of the name `figures`, `/live/state/` answers with the same as JSON:

    {"id": "9f2c…", "since": "41d0…", "at": "2026-11-26T14:32:05+00:00", "clock": "14:32:05",
     "month": "2026-11", "title": "November 2026, to date",
     "parts": {"gauge-nps": "<article …>…</article>", …}}

`id` names the state of the figures: two states of the same figures have the same one, and whoever
brings it along (Last-Event-ID, If-None-Match) is sent nothing that they have. `since` is the state
that an event follows, null where all of the page is sent: whoever missed it asks anew. `at` is the
moment for which the figures hold, `clock` the same as local people say it. `parts` holds HTML by
the key of the element that it replaces, `data-live="KEY"`: the parts that changed, each as small
as it can be, else every part of the page. An element with `data-said` and `data-value` is said to
screen readers where its value changes. A comment, `: 14:32:05`, every fifteen seconds says that
the figures still hold.

The parts are found in what the templates of `month_page` draw; live.js puts those into a page that
the page has, and leaves the others.

`/wall/live/` and `/wall/state/` do the same for a wall, with the parts of `wall`; they let screens
in as well, and show one organisation alone where `?organisation=SLUG` asks for it.
"""

from reports.live.audience import Audience
from reports.live.state import Shown, State, clock, state_for
from reports.live.stream import STREAMS, LiveStream

live = LiveStream()
__all__ = ["STREAMS", "Audience", "Shown", "State", "clock", "live", "state_for"]
