"""A PostgreSQL server of a test's own, which may be stopped in the middle of everything."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from shutil import chown, rmtree, which
from tempfile import mkdtemp

from tests.serving import HOST, free_port

# Debian keeps what serves out of everybody's way, a folder for each version.
FOLDERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda each: float(each.parts[-2]))


@dataclass
class PostgreSQL:
    """Its data lie in a folder; its one database is called postgres, as is who may use it."""

    folder: Path
    port: int = field(default_factory=free_port)

    @property
    def settings(self) -> dict[str, str]:
        """What Django needs to know of it."""
        return {"HOST": HOST, "PORT": str(self.port), "NAME": "postgres", "USER": "postgres"}

    def make(self) -> None:
        speech = ("--encoding=UTF8", "--locale=C.UTF-8")
        self.run("initdb", "--auth=trust", "--username=postgres", *speech, "--no-sync")

    def start(self) -> None:
        here = f"-c listen_addresses={HOST} -c port={self.port} -c fsync=off"
        options = f"{here} -c unix_socket_directories={self.folder}"
        self.run("pg_ctl", "start", "--wait", f"--log={self.folder}/log", f"--options={options}")

    def stop(self) -> None:
        """Stop it as a crash would: nobody is told, and it has to recover when it starts."""
        self.run("pg_ctl", "stop", "--mode=immediate")

    def run(self, program: str, *options: str) -> None:
        found = which(program, path=os.pathsep.join(map(str, FOLDERS[-1:]))) or which(program)
        assert found, f"PostgreSQL's {program} is missing: install postgresql"
        # Run by root these programs refuse to work.
        by_whom = ("runuser", "-u", "postgres", "--") if os.getuid() == 0 else ()
        command = [*by_whom, found, *options, f"--pgdata={self.folder}/data"]
        subprocess.run(command, cwd="/", check=True, stdout=subprocess.DEVNULL)


@contextmanager
def postgresql() -> Iterator[PostgreSQL]:
    server = PostgreSQL(Path(mkdtemp(prefix="servicedesk-postgresql-")))
    try:
        if os.getuid() == 0:
            chown(server.folder, "postgres")
        server.make()
        server.start()
        yield server
    finally:
        with suppress(subprocess.CalledProcessError):  # it is stopped already
            server.stop()
        rmtree(server.folder)
