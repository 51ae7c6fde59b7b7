"""All that the contract must hold against."""

from tests.posync.contract.copies import CopiesOfFiles
from tests.posync.contract.git_work import GitWork
from tests.posync.contract.site_changes import SiteChanges


class WholeMachine(CopiesOfFiles, GitWork, SiteChanges):
    """Everything that people and machines do, in any order."""
