"""A real server in processes of its own, and viewers of `/live/`, for tests and measurements."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

ROOT = Path(__file__).parents[1]
HOST = "127.0.0.1"
# The two ways that README.md knows.
STREAMING = ("servicedesk.asgi", "--worker-class", "servicedesk.worker.Worker")
WITHOUT_STREAMS = ("servicedesk.wsgi", "--threads", "4")
PATIENCE = 15.0  # seconds, which is what the viewers are promised


def free_port() -> int:
    with socket.create_server((HOST, 0)) as probe:
        return int(probe.getsockname()[1])


def wait(until: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
    """Wait for something to come true, and fail with the words of what did not."""
    end = time.monotonic() + patience
    while not until():
        assert time.monotonic() < end, f"{what} took longer than {patience} s"
        time.sleep(0.02)


@dataclass
class Server:
    """gunicorn on a port of its own, as production runs it; what it says goes into its log."""

    address: str
    workers: int = 1
    variables: dict[str, str] = field(default_factory=dict)
    how: tuple[str, ...] = STREAMING
    command: tuple[str, ...] = ()
    log: Path | None = None
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.launch()
        wait(self.is_up, "starting the server", 60)

    def launch(self) -> None:
        own = {"DATABASE_URL": self.address, "PORT": str(self.port)}
        with ExitStack() as opened:
            log = opened.enter_context(self.log.open("ab")) if self.log else None
            self.process = subprocess.Popen(
                [sys.executable, *(self.command or self.gunicorn())],
                cwd=ROOT,
                env=os.environ | own | self.variables,
                start_new_session=True,
                stdout=log,
                stderr=log,
            )

    def is_up(self) -> bool:
        """Tell whether this very server answers; one that gave up is launched again.

        For some seconds it waits for a port that what another left still has.
        """
        assert self.process
        if self.process.poll() is not None:
            self.launch()
        return bool(self.workers_at_work()) and self.answers()

    def gunicorn(self) -> tuple[str, ...]:
        size = ("--workers", str(self.workers))
        where = ("--bind", f"{HOST}:{self.port}", "--log-level", "warning", "--no-control-socket")
        return ("-m", "gunicorn", *self.how, *size, *where)

    def answers(self) -> bool:
        try:
            return self.ask("/healthz")[0] == 200
        except OSError:
            return False

    def ask(self, path: str, cookie: str = "") -> tuple[int, bytes]:
        line = http.client.HTTPConnection(HOST, self.port, timeout=30)
        line.request("GET", path, headers={"Cookie": cookie})
        answer = line.getresponse()
        found = answer.status, answer.read()
        line.close()
        return found

    def workers_at_work(self) -> list[int]:
        assert self.process
        of = self.process.pid
        return [int(each) for each in Path(f"/proc/{of}/task/{of}/children").read_text().split()]

    def kill(self) -> None:
        """Take it away in the middle of everything, every process of it."""
        self.signal(signal.SIGKILL)

    def end(self) -> None:
        """Ask it to end, and wait until it has."""
        self.signal(signal.SIGTERM, to_all=False)

    def interrupt(self) -> None:
        """Press Ctrl-C at its terminal, and wait until it has ended."""
        self.signal(signal.SIGINT, patience=20)

    def signal(self, number: int, *, to_all: bool = True, patience: int = 40) -> None:
        if self.process is None:
            return
        (os.killpg if to_all else os.kill)(self.process.pid, number)
        self.process.wait(patience)
        self.process = None


@contextmanager
def served(address: str, **options: object) -> Iterator[Server]:
    server = Server(address, **options)  # type: ignore[arg-type]
    try:
        server.start()
        yield server
    finally:
        server.kill()


class Viewer(Thread):
    """Somebody who watches in a thread of their own, and comes again when the line breaks."""

    def __init__(self, port: int, cookie: str, last: str = "", path: str = "/live/") -> None:
        super().__init__(daemon=True)
        self.port, self.cookie, self.last, self.path = port, cookie, last, path
        self.events: list[str] = []
        self.comments = 0
        self.statuses: list[int] = []
        self.ended = False
        self.line: http.client.HTTPConnection | None = None
        self.start()

    def run(self) -> None:
        while not self.ended:
            with suppress(OSError, ValueError, http.client.HTTPException):
                self.watch()
            time.sleep(0.2)

    def watch(self) -> None:
        # Longer without a word than the time between two comments, and the line is dead.
        self.line = http.client.HTTPConnection(HOST, self.port, timeout=20)
        headers = {"Cookie": self.cookie, "Last-Event-ID": self.last}
        self.line.request("GET", self.path, headers=headers)
        answer = self.line.getresponse()
        self.statuses.append(answer.status)
        if answer.status == 401:
            self.ended = True
        while answer.status == 200 and (text := answer.readline()):
            if text.startswith(b"id: "):
                self.last = text[4:].decode().strip()
            elif text.startswith(b"data: "):
                self.events.append(text[6:].decode())
            elif text.startswith(b": "):
                self.comments += 1

    def stop(self) -> None:
        self.ended = True
        if self.line and self.line.sock:
            with suppress(OSError):
                self.line.sock.shutdown(socket.SHUT_RDWR)

    @property
    def is_welcome(self) -> bool:
        """Whether they were given something, so that they miss nothing from now on."""
        return bool(self.events or self.comments)
