"""What lies between a browser and the server, and what goes wrong there."""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from select import select
from threading import Thread

from tests.serving import HOST

STREAM = re.compile(rb"GET (/wall)?/live/[ ?]")


class Proxy:
    """A network that can be cut: nothing goes through any more, and nobody is told.

    Where it buffers, the answer to whoever asks for a stream is kept, and never seen to end.
    """

    def __init__(self, to: int, *, buffers: bool = False) -> None:
        self.to, self.buffers, self.is_cut = to, buffers, False
        self.kept_from: set[socket.socket] = set()
        self.listening = socket.create_server((HOST, 0))
        self.port = int(self.listening.getsockname()[1])
        self.open = True
        Thread(target=self.run, daemon=True).start()

    def run(self) -> None:
        ways: dict[socket.socket, socket.socket] = {}
        while self.open:
            watched = [] if self.is_cut else [self.listening, *ways]
            for end in select(watched, [], [], 0.05)[0]:
                if self.is_cut:  # since it began to look
                    break
                if end is self.listening:
                    near = self.listening.accept()[0]
                    far = socket.create_connection((HOST, self.to))
                    ways |= {near: far, far: near}
                elif end in ways:
                    self.carry(ways, end)
        for end in (*ways, self.listening):
            end.close()

    def carry(self, ways: dict[socket.socket, socket.socket], end: socket.socket) -> None:
        try:
            data = end.recv(65_536)
            if self.buffers and STREAM.match(data):
                self.kept_from.add(end)
            if ways[end] not in self.kept_from:
                ways[end].sendall(data)
        except OSError:
            data = b""
        if not data:
            other = ways.pop(end)
            ways.pop(other, None)
            end.close()
            other.close()


@contextmanager
def network(to: int, *, buffers: bool = False) -> Iterator[Proxy]:
    proxy = Proxy(to, buffers=buffers)
    try:
        yield proxy
    finally:
        proxy.open = False
