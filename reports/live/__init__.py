"""The gauges while they move: who watches what, and what changed, for everybody at once.

parts ► state;  audience ► state, sessions;  changes, state, sessions ► hub ► stream

The payload
-----------
`/live/` sends events of the name `figures`, `/live/state/` answers with the same as JSON:

    {"id": "9f2c…", "at": "2026-11-26T14:32:05+00:00", "clock": "14:32:05", "month": "2026-11",
     "title": "November 2026, to date", "parts": {"gauge-nps": "<article …>…</article>", …}}

`id` names the state of the figures: two states of the same figures have the same one, and whoever
brings it along (Last-Event-ID, If-None-Match) is sent nothing that they have. `at` is the moment
for which the figures hold, `clock` the same as local people say it. `parts` holds HTML by the key
of the element that it replaces, `data-live="KEY"`: in an event the parts that changed, each as
small as it can be, else every part of the page. An element with `data-said` and `data-value` is
said to screen readers where its value changes. A comment, `: 14:32:05`, every fifteen seconds says
that the figures still hold.

A page that shows other parts (see FACES in `state`) needs its templates alone: parts are found
in what they draw.
"""

from reports.live.audience import Audience
from reports.live.state import State, identity, state_for
from reports.live.stream import LiveStream

live = LiveStream()
__all__ = ["Audience", "LiveStream", "State", "identity", "live", "state_for"]
