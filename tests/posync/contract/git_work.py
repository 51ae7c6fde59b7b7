"""The folder of catalogs as a Git repository, with the branches of a translator and of the site."""

import os
import shutil
import subprocess
from pathlib import Path

import polib
from hypothesis import strategies as st
from hypothesis.stateful import rule

from posync.files.disk import catalog_files
from tests.posync.contract.machine import ContractMachine, Site, pages, pick, places
from tests.posync.people import read

_NO_CONFIGURATION = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
_PERSON = ("-c", "user.name=Translator", "-c", "user.email=translator@example.org")


class GitWork(ContractMachine):
    """The site commits what it has written; translators work on what they last pulled."""

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self._commits: list[str] = []

    @rule(
        file=pages,
        entry=places,
        age=st.integers(1, 3),
        how=st.sampled_from(["approve", "approve", "fuzzy", "delete"]),
        side=st.sampled_from(["ours", "theirs", ""]),
    )
    def merge_a_branch(self, file: int, entry: int, age: int, how: str, side: str) -> None:
        """Where both changed the same lines, one side is taken, or the merge is given up."""
        pulled = self._commits[-age:][:1]
        if not self._commits:
            shutil.rmtree(self._repository, ignore_errors=True)
            self._git("init", "--quiet", "--initial-branch=site")
        self._commits.append(self._commit())
        if not pulled:
            return
        self._git("checkout", "--quiet", "--force", "-B", "translator", *pulled)
        files = [path for path in catalog_files(self.site.root) if len(read(path))]
        if files:
            self._translate(pick(files, file), entry, how)
        self._commit()
        self._git("checkout", "--quiet", "--force", "site")
        strategy = (f"--strategy-option={side}",) if side else ()
        merged = self._git("merge", "--quiet", "--no-edit", *strategy, "translator", check=False)
        if merged.returncode:
            self._git("merge", "--abort")
        elif not self._is_readable():
            self._git("reset", "--quiet", "--hard", "HEAD^1")

    def _translate(self, path, entry: int, how: str) -> None:
        po = read(path)
        chosen = pick(po, entry)
        if how == "delete":
            po.remove(chosen)
        else:
            chosen.msgstr = self.world.texts.translation(chosen.msgid)
            chosen.flags = ["fuzzy"] if how == "fuzzy" else []
        po.save()

    def _is_readable(self) -> bool:
        """Git merges lines, and now and then what it makes of two entries is none."""
        try:
            for path in catalog_files(self.site.root):
                polib.pofile(str(path))
        except (OSError, ValueError):
            return False
        return True

    def _commit(self) -> str:
        self._git("add", "--all")
        self._git("commit", "--quiet", "--allow-empty", "--message=Catalogs")
        return self._git("rev-parse", "HEAD").stdout.strip()

    @property
    def _repository(self) -> Path:
        """Beside the folder, whose files are compared before and after a sync."""
        return self.site.saved.parent / "repository"

    def _git(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        places = (f"--git-dir={self._repository}", f"--work-tree={self.site.root}")
        done = subprocess.run(
            ["git", *places, *_PERSON, *arguments],
            cwd=self.site.root,
            env={**os.environ, **_NO_CONFIGURATION},
            capture_output=True,
            text=True,
            check=False,
        )
        assert not check or done.returncode == 0, f"git {' '.join(arguments)}: {done.stderr}"
        return done
