"""GNU gettext's own programs, as the judges of what posync writes."""

import os
import shutil
import subprocess

import pytest


@pytest.fixture(scope="session")
def gettext_tool():
    """Run one of gettext's programs on the bytes of a PO file: gettext_tool("msgfmt", "-c", "-", content=…)."""

    def run(program: str, *arguments: str, content: bytes) -> subprocess.CompletedProcess[bytes]:
        found = shutil.which(program)
        if found is None:
            reason = f"{program} is missing; install GNU gettext (apt-get install gettext)"
            if os.environ.get("CI"):
                pytest.fail(reason)
            pytest.skip(reason)
        return subprocess.run([found, *arguments], input=content, capture_output=True, check=False)

    return run
