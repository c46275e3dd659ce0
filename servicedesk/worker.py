"""gunicorn's asgi worker, which ends the streams when it is told to end.

Left alone it would wait for them for the whole of its patience, and the site be away meanwhile.
"""

from gunicorn.workers.gasgi import ASGIWorker


class Worker(ASGIWorker):
    """Serves servicedesk.asgi: gunicorn servicedesk.asgi -k servicedesk.worker.Worker."""

    def handle_exit_signal(self) -> None:
        super().handle_exit_signal()
        self.asgi.end()
