"""Redis as a cache that the site can do without.

A server that refuses, hangs or is being loaded costs one short wait in `RETRY_SECONDS` and process, and a warning.
"""

import logging
import time
from collections.abc import Callable
from typing import Any, ClassVar

from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis import ConnectionError as Refused
from redis import Redis, RedisError
from redis import TimeoutError as Hanging
from redis.backoff import NoBackoff
from redis.retry import Retry

#: How long nobody asks a server again that could not be reached.
RETRY_SECONDS = 2.0
#: What a server may take for its answer. Pages are made anew in less than a wait that anybody would notice.
ANSWER_SECONDS = 0.04

logger = logging.getLogger(__name__)


class Breaker:
    """Whether the server is asked at all: not for some time after it could not be reached."""

    def __init__(self) -> None:
        self._closed_until = 0.0

    def check(self) -> None:
        """Raise ConnectionError while nobody asks."""
        if time.monotonic() < self._closed_until:
            raise Refused("Redis could not be reached a moment ago.")

    def trip(self, error: RedisError) -> None:
        self._closed_until = time.monotonic() + RETRY_SECONDS
        logger.warning("Redis cannot be reached, and is not asked for %g s: %s", RETRY_SECONDS, error)


class GuardedRedis(Redis):
    """A client that asks through a breaker."""

    def __init__(self, breaker: Breaker, **options: Any) -> None:
        super().__init__(**options)
        self._breaker = breaker

    def execute_command(self, *args: Any, **options: Any) -> Any:
        self._breaker.check()
        try:
            return super().execute_command(*args, **options)
        except (Refused, Hanging) as error:
            self._breaker.trip(error)
            raise


class OneClient(RedisCacheClient):
    """Django makes a client anew for each command, which takes three times as long as the command itself."""

    #: One for all caches of a server: the first of them to wait has waited for all.
    _breakers: ClassVar[dict[str, Breaker]] = {}

    def __init__(self, servers: list[str], **options: Any) -> None:
        waits = {"socket_connect_timeout": ANSWER_SECONDS, "socket_timeout": ANSWER_SECONDS}
        # A connection that the server has closed meanwhile is opened again; nothing is waited for twice.
        retry = Retry(NoBackoff(), 1, supported_errors=(Refused,))
        super().__init__(servers, **{**waits, "retry": retry, **options})
        self._clients: dict[int, GuardedRedis] = {}

    def get_client(self, key: str | None = None, *, write: bool = False) -> GuardedRedis:
        server = self._get_connection_pool_index(write)
        if server not in self._clients:
            # Of several threads each may make one; all use the same connections.
            breaker = self._breakers.setdefault(self._servers[server], Breaker())
            self._clients[server] = GuardedRedis(breaker, connection_pool=self._get_connection_pool(write))
        return self._clients[server]


class QuickRedisCache(RedisCache):
    """Django's, with clients that are kept. Raises RedisError where the server cannot be reached."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = OneClient


def _or_else(name: str) -> Callable[..., Any]:
    """A method of Redis's cache, and of the one in its place while it cannot be reached."""

    def method(self: "_RedisOrElse", *args: Any, **options: Any) -> Any:
        try:
            return getattr(super(_RedisOrElse, self), name)(*args, **options)
        except RedisError:
            return getattr(self.other, name)(*args, **options)

    method.__name__ = name
    return method


class _RedisOrElse(QuickRedisCache):
    """Another cache stands in while the server cannot be reached."""

    other: BaseCache


for _name in (
    *("add", "clear", "delete", "delete_many", "get", "get_many", "has_key", "incr", "set", "set_many"),
    "touch",
):
    setattr(_RedisOrElse, _name, _or_else(_name))


class RedisOrNothing(_RedisOrElse):
    """Nothing is found and nothing kept while Redis cannot be reached: what it held is made anew."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.other = DummyCache(server, params)


class RedisOrLocal(_RedisOrElse):
    """Each process keeps its own while Redis cannot be reached: for counts, not for copies of what may change."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.other = LocMemCache(f"instead of {params.get('KEY_PREFIX', '')}", {})
