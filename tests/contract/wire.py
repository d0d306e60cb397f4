"""A wire between a client and the database that breaks at the worst moments.

It passes bytes between two Unix sockets. Told so, it loses a commit (the server never hears of it)
or the reply to one (the server commits, and the client never learns).
"""

import contextlib
import socket
import threading
from pathlib import Path
from typing import Literal

from psycopg.conninfo import conninfo_to_dict, make_conninfo

Loss = Literal["commit", "reply"]

_SOCKET_NAME = ".s.PGSQL.5432"


class Wire:
    """Listens in a folder and passes everything on to the real server.

    Attributes:
        lost: How often something was lost.
        spoken: How often the client spoke after the server had answered: its round trips.
    """

    def __init__(self, conninfo: str, folder: Path) -> None:
        given = conninfo_to_dict(conninfo)
        self._server = f"{given['host']}/{_SOCKET_NAME}"
        self.conninfo = make_conninfo(conninfo, host=str(folder))
        self.lost = 0
        self.spoken = 0
        self._is_answered = True
        self._losses: list[Loss] = []
        self._is_cut = False
        self._ears = socket.socket(socket.AF_UNIX)
        self._ears.bind(str(folder / _SOCKET_NAME))
        self._ears.listen()
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def lose(self, *losses: Loss) -> None:
        """Lose the next commits, or the replies to them, in this order."""
        self._losses += losses

    def cut(self) -> None:
        """Cut every connection and let none through until `mend`."""
        self._is_cut = True
        for end in self._open:
            _shut(end)

    def mend(self) -> None:
        """Let connections through again."""
        self._is_cut = False

    def close(self) -> None:
        """Stop."""
        self.cut()
        self._ears.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._ears.accept()
            except OSError:
                return
            if self._is_cut:
                client.close()
                continue
            server = socket.socket(socket.AF_UNIX)
            server.connect(self._server)
            self._open += [client, server]
            deaf = threading.Event()
            for source, target, pump in (
                (client, server, self._to_server),
                (server, client, self._to_client),
            ):
                threading.Thread(target=pump, args=(source, target, deaf), daemon=True).start()

    def _to_server(
        self, client: socket.socket, server: socket.socket, deaf: threading.Event
    ) -> None:
        with contextlib.suppress(OSError):
            while said := client.recv(65536):
                self.spoken += self._is_answered
                self._is_answered = False
                loss = self._losses.pop(0) if b"COMMIT" in said and self._losses else None
                if loss is not None:
                    self.lost += 1
                if loss == "commit":
                    break
                if loss == "reply":
                    deaf.set()
                server.sendall(said)
        _shut(client, server) if not deaf.is_set() else None

    def _to_client(
        self, server: socket.socket, client: socket.socket, deaf: threading.Event
    ) -> None:
        with contextlib.suppress(OSError):
            while said := server.recv(65536):
                if deaf.is_set():
                    break
                self._is_answered = True
                client.sendall(said)
        _shut(client, server)


def _shut(*ends: socket.socket) -> None:
    for end in ends:
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
