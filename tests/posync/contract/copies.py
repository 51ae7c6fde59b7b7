"""Copies of files under other names, and earlier versions of files."""

import shutil

from hypothesis import strategies as st
from hypothesis.stateful import rule

from posync.catalogs.load import active_catalogs
from posync.catalogs.paths import catalog_file, relative_name
from posync.core.issue_codes import IssueCode
from posync.files.import_files import ImportOptions, import_files
from posync.history.resolve_conflicts import open_conflicts
from posync.models import Change
from tests.posync.contract.machine import ContractMachine, pages, pick, places
from tests.posync.contract.promises import look
from tests.posync.people import read

names = st.sampled_from(["{} (copy).po", "{}-old.po", "review/{}.po"])
deliveries = st.sampled_from(["as it is", "approve", "fuzzy"])


class CopiesOfFiles(ContractMachine):
    """What people do with a file beside working in it."""

    @rule(file=pages, entry=places, name=names, how=deliveries)
    def leave_a_copy_in_the_folder(self, file: int, entry: int, name: str, how: str) -> None:
        if self.own_files:
            path = pick(self.own_files, file)
            copy = path.parent / name.format(path.stem)
            copy.parent.mkdir(exist_ok=True)
            self._copy(path, copy, entry, how)

    @rule(file=pages, entry=places, name=names, how=deliveries, own_place=st.booleans())
    def mail_a_copy(self, file: int, entry: int, name: str, how: str, own_place: bool) -> None:
        """Imported from elsewhere, twice, and sometimes put in its own place besides."""
        if not self.own_files:
            return
        path = pick(self.own_files, file)
        mailed = self.site.saved.parent / "mailed" / name.format(path.stem)
        mailed.parent.mkdir(parents=True, exist_ok=True)
        text = self._copy(path, mailed, entry, how)
        # Without its msgctxt an entry of a mailed file belongs nowhere, and is reported.
        homeless = {entry.msgstr for entry in read(mailed) if not entry.msgctxt}
        texts = self.promises.about_to_read([mailed]) - homeless
        import_files([mailed])
        self.promises.has_read(texts)
        self.promises.agreed = None
        once = look(), set(open_conflicts())
        import_files([mailed])
        assert (look(), set(open_conflicts())) == once, "the second delivery changed something"
        self._check()
        if own_place:
            disputed = set(open_conflicts().filter(file_text=text))
            shutil.copy(mailed, path)
            self.import_the_files()
            assert disputed <= set(open_conflicts()), "the same delivery closed its conflict"

    def _copy(self, path, copy, entry: int, how: str) -> str:
        """Copy a file; returns the text that was typed into the copy."""
        po = read(path)
        chosen = pick(po, entry)
        if how != "as it is":
            chosen.msgstr = self.world.texts.translation(chosen.msgid)
            chosen.flags = ["fuzzy"] if how == "fuzzy" else []
        po.save(str(copy))
        return chosen.msgstr

    @rule(file=pages, which=places, accept=st.integers(0, 3))
    def restore_an_earlier_version(self, file: int, which: int, accept: int) -> None:
        """Byte for byte, as from a backup."""
        catalogs = [catalog for catalog in active_catalogs() if self.promises.earlier_versions(catalog)]
        if not catalogs or self.promises.agreed is None:
            return
        catalog = pick(catalogs, file)
        version = pick(self.promises.earlier_versions(catalog)[-6:], which)
        path = catalog_file(catalog)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(version)
        if not accept:
            self._sync(ImportOptions(accept_older=True))
            return
        noted = set(Change.objects.values_list("pk", flat=True))
        result = self._sync()
        if IssueCode.RESTORED_FILE not in {issue.code for issue in result.issues}:
            taken = Change.objects.exclude(pk__in=noted).filter(catalog=catalog, file=relative_name(path))
            assert not taken.exists(), f"{path} was restored, and its texts were taken: {list(taken)}"
