"""All that the contract must hold against."""

from tests.posync.contract.admin_work import AdminWork
from tests.posync.contract.copies import CopiesOfFiles
from tests.posync.contract.git_work import GitWork
from tests.posync.contract.site_changes import SiteChanges


class WholeMachine(AdminWork, CopiesOfFiles, GitWork, SiteChanges):
    """Everything that people and machines do, in any order."""
