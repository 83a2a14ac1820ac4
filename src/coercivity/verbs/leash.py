"""What every child process runs first: it watches for the end of whoever started it, then runs its module.

It imports nothing of the program, so that no child is on its own while it still imports.
"""

import os
import runpy
import signal
import sys
import threading


def main(held: int, module: str) -> None:
    """Runs a module as if it had been started itself, and ends with whoever holds the other end of a pipe.

    Args:
        held: Number of our end of the pipe, on which nothing is ever written.
        module: Name of the module.
    """

    def watch() -> None:
        os.read(held, 1)  # returns when the other end is gone
        if os.getpgrp() == os.getpid():
            os.killpg(os.getpgrp(), signal.SIGKILL)  # with what it started itself
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    _held, _module = int(sys.argv[1]), sys.argv[2]
    del sys.argv[1:3]
    main(_held, _module)
