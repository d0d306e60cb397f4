"""Running something until the operator or the system says to end."""

import signal
import threading
from collections.abc import Callable


def until_told(run: Callable[[], None], stop: Callable[[], None]) -> None:
    """Run until SIGTERM or Ctrl-C, then let it finish what it has in hand.

    Raises:
        Exception: What `run` raised.
    """
    failure: list[Exception] = []
    ended = threading.Event()

    def runner() -> None:
        try:
            run()
        except Exception as error:  # noqa: BLE001 - raised again below
            failure.append(error)
        finally:
            ended.set()

    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    signal.signal(signal.SIGINT, lambda *_: ended.set())
    thread = threading.Thread(target=runner, name="service", daemon=True)
    thread.start()
    ended.wait()
    stop()
    thread.join()
    if failure:
        raise failure[0]
