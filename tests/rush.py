"""Many people at once, each on a connection of their own, as the threads of a web server are."""

from collections.abc import Callable, Sequence
from threading import Barrier, Thread

from django.db import connection


def all_at_once(deeds: Sequence[Callable[[], object]]) -> list[BaseException]:
    """Do every deed in its own thread, let go together; return what was raised. Needs committed data."""
    start, raised = Barrier(len(deeds)), []

    def run(deed: Callable[[], object]) -> None:
        try:
            start.wait()
            deed()
        except BaseException as error:  # noqa: BLE001 - the test looks at it
            raised.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised
