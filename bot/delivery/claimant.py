"""Who sends: the name under which this process claims deliveries, and whether another one lives."""

import os
import platform
import secrets
from dataclasses import dataclass, field


def _own_name() -> str:
    # The token tells two lives of the same number apart: in a container every start has the same.
    return f"{platform.node()[:80]}:{os.getpid()}:{secrets.token_hex(4)}"


@dataclass(frozen=True)
class Claimant:
    """One process as a sender; `name` is "host:process id:token"."""

    name: str = field(default_factory=_own_name)

    def is_gone(self, other: str) -> bool:
        """Tell whether another claimant has certainly ended; of another machine nothing is known.

        other: the name of a claimant; this one's own is not gone.
        """
        if other == self.name:
            return False
        host, _, rest = other.rpartition(":")[0].rpartition(":")
        own_host, _, own_number = self.name.rpartition(":")[0].rpartition(":")
        if host != own_host or not rest.isdecimal():
            return False
        return rest == own_number or not _lives(int(rest))


def _lives(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
