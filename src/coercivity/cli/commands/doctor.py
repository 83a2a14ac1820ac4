"""`coercivity doctor`."""

from __future__ import annotations

from coercivity.cli.options import resolve_day
from coercivity.cli.out import put


def doctor(*, on: str = "today") -> int:
    """Check the installation and the age of the rulebook and data; exit code 1 when something needs attention.

    Args:
        on: Date as of which age is counted, YYYY-MM-DD or today.
    """
    from coercivity.verbs.doctor import doctor as look

    found = look(resolve_day(on))
    for entry in found:
        put(*f"{'ok  ' if entry.ok else 'WARN'}  {entry.what:14} {entry.state}".split("\n"))
        if not entry.ok and entry.next:
            put(f"      next: {entry.next}")
    return 0 if all(entry.ok for entry in found) else 1
