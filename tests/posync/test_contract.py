"""The whole contract at once: whatever people do, in whatever order, and wherever the process is killed."""

import os
import shutil

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.posync.contract.machine import ContractMachine, Site
from tests.posync.contract.world import World

pytestmark = pytest.mark.django_db

#: How many sequences to try. The few of every day are always the same; more of them are new ones each time.
EXAMPLES = int(os.environ.get("POSYNC_CONTRACT_EXAMPLES", "0"))


@pytest.mark.skipif(shutil.which("msgcat") is None, reason="GNU gettext is missing: apt-get install gettext")
def test_nothing_is_lost_and_nothing_unapproved_is_seen(homes, catalog_root, tmp_path):
    site = Site(World.begin(homes, catalog_root), catalog_root, tmp_path / "saved")
    run_state_machine_as_test(
        lambda: ContractMachine(site),
        settings=settings(
            max_examples=EXAMPLES or 12,
            stateful_step_count=30,
            derandomize=not EXAMPLES,
            deadline=None,
            database=None,
            # Each example takes seconds: to make a found one smaller would take an hour.
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
            print_blob=False,
        ),
    )
