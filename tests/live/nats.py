"""A real NATS server, from PyPI."""

import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path
from socket import create_connection

from tests.live.process import free_port


class Nats:
    """Started, killed and started again on the same port."""

    def __init__(self) -> None:
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"nats://127.0.0.1:{self.port}"

    def start(self) -> None:
        binary = Path(sys.prefix) / "bin" / "nats-server"
        command = (str(binary), "--addr", "127.0.0.1", "--port", str(self.port))
        self._process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        while True:
            with suppress(OSError), closing(create_connection(("127.0.0.1", self.port), 1)):
                return

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
