"""The contract on thousands of steps, each run from seeds of its own: `make soak`."""

import os

import pytest

from tests.posync.contract.run_contract import STEPS, needs_programs, run_contract
from tests.posync.contract.world import World

pytestmark = pytest.mark.django_db

_FIRST = int(os.environ.get("SEED") or 0)
_NUMBER = -(-int(os.environ.get("STEPS") or 5000) // STEPS)


@needs_programs
@pytest.mark.parametrize("seed", range(_FIRST, _FIRST + _NUMBER), ids="SEED={}".format)
def test_the_contract_holds(homes, catalog_root, tmp_path, seed):
    run_contract(World.begin(homes, catalog_root), catalog_root, tmp_path, seed)
