"""The first code of every child process: watches for the end of its parent, then runs its module.

It imports nothing of the program, so that a child is watched even while it imports.
"""

import os
import runpy
import signal
import sys
import threading


def main(held: int, module: str) -> None:
    """Runs a module as if started directly, and ends with the process at the other end of a pipe.

    Args:
        held: File descriptor of this end of the pipe, to which nothing is ever written.
        module: Name of the module.
    """

    def watch() -> None:
        os.read(held, 1)  # returns when the other end is closed
        if os.getpgrp() == os.getpid():
            os.killpg(os.getpgrp(), signal.SIGKILL)  # together with its own children
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    _held, _module = int(sys.argv[1]), sys.argv[2]
    del sys.argv[1:3]
    main(_held, _module)
