"""A server seen through the API."""

from tests.unit.http.conftest import client, d1, places

__all__ = ["client", "d1", "places"]
