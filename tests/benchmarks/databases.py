"""Databases of the benchmark's own: one world, and a fresh copy of it for each side."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql


class SqliteDatabases:
    """Files below a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def url(self, name: str) -> str:
        return f"sqlite:///{self._path(name)}"

    def create(self, name: str) -> None:
        self.drop(name)

    def copy(self, name: str, new: str) -> None:
        # Not the file: part of what it holds may lie in its write-ahead log.
        self.drop(new)
        with (
            closing(sqlite3.connect(self._path(name))) as source,
            closing(sqlite3.connect(self._path(new))) as target,
        ):
            source.backup(target)

    def drop(self, name: str) -> None:
        self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.sqlite3"


class PostgresDatabases:
    """Databases beside the one that the URL names, which is left alone."""

    def __init__(self, url: str) -> None:
        self.parts = urlsplit(url)
        self.server = url

    def url(self, name: str) -> str:
        return self.parts._replace(path=f"/{self._database(name)}").geturl()

    def create(self, name: str) -> None:
        self.drop(name)
        self._execute("CREATE DATABASE {}", self._database(name))

    def copy(self, name: str, new: str) -> None:
        self.drop(new)
        self._execute("CREATE DATABASE {} TEMPLATE {}", self._database(new), self._database(name))

    def drop(self, name: str) -> None:
        self._execute("DROP DATABASE IF EXISTS {}", self._database(name))

    def _database(self, name: str) -> str:
        return f"{self.parts.path.lstrip('/')}_bench_{name}"

    def _execute(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def temporary_databases(folder: Path, names: list[str]) -> Iterator[SqliteDatabases | PostgresDatabases]:
    """Databases on the server that DATABASE_URL names, or in files; dropped at the end."""
    url = os.environ.get("DATABASE_URL", "")
    databases = PostgresDatabases(url) if url.startswith("postgres") else SqliteDatabases(folder)
    try:
        yield databases
    finally:
        for name in names:
            databases.drop(name)
