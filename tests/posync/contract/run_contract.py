"""Runs the machine of the contract from a seed."""

import shutil
from pathlib import Path

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase
from hypothesis.stateful import run_state_machine_as_test

from tests.posync.contract.machine import Site
from tests.posync.contract.whole_machine import WholeMachine
from tests.posync.contract.world import World

#: Of one seed, so that it is repeated in a minute or two: how many sequences there are, and how long each is.
EXAMPLES, LENGTH = 5, 40
STEPS = EXAMPLES * LENGTH

_MISSING = [program for program in ("git", "msgcat") if shutil.which(program) is None]
needs_programs = pytest.mark.skipif(bool(_MISSING), reason=f"missing: {', '.join(_MISSING)}")


def run_contract(world: World, root: Path, folder: Path, seed: int) -> None:
    """Run a seed's sequences of steps, each from the site as it is now."""
    site = Site(world, root, folder / "saved")

    @hypothesis.seed(seed)
    def begin() -> WholeMachine:
        return WholeMachine(site)

    run_state_machine_as_test(
        begin,
        settings=hypothesis.settings(
            max_examples=EXAMPLES,
            stateful_step_count=LENGTH,
            deadline=None,
            database=None,
            # Each example takes seconds: to make a found one smaller would take an hour.
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
            print_blob=False,
        ),
    )
