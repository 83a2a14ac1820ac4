"""What a server needs, looked at through the interface."""

from tests.unit.http.conftest import client, d1, places

__all__ = ["client", "d1", "places"]
