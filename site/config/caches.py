from django.core.cache.backends.redis import RedisCache, RedisCacheClient


class OneClient(RedisCacheClient):
    """Django makes a client anew for each command, which takes three times as long as the command itself."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._clients = {}

    def get_client(self, key=None, *, write=False):
        server = self._get_connection_pool_index(write)
        if server not in self._clients:
            # Of several threads each may make one; all use the same connections.
            self._clients[server] = super().get_client(key, write=write)
        return self._clients[server]


class QuickRedisCache(RedisCache):
    """Django's, with clients that are kept."""

    def __init__(self, server, params):
        super().__init__(server, params)
        self._class = OneClient
