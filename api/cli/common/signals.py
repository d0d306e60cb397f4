"""Running something until the operator or the system says to end."""

import signal
import threading
from collections.abc import Callable
from queue import SimpleQueue


def run_until_signal(run: Callable[[], None], stop: Callable[[], None]) -> None:
    """Run until SIGTERM or Ctrl-C, then let it finish what is under way.

    Raises:
        Exception: What `run` raised.
    """
    failure: list[Exception] = []
    # A handler may come between any two steps of a waiting thread: only this queue allows it.
    ended: SimpleQueue[None] = SimpleQueue()

    def runner() -> None:
        try:
            run()
        except Exception as error:  # noqa: BLE001 - raised again below
            failure.append(error)
        finally:
            ended.put(None)

    signal.signal(signal.SIGTERM, lambda *_: ended.put(None))
    signal.signal(signal.SIGINT, lambda *_: ended.put(None))
    thread = threading.Thread(target=runner, name="service", daemon=True)
    thread.start()
    ended.get()
    stop()
    thread.join()
    if failure:
        raise failure[0]
