"""The codes of issues: one meaning each, with its cause and its remedy."""

from enum import StrEnum


class IssueCode(StrEnum):
    """Every code of posync's own. Checks of a site add theirs as plain strings."""

    cause: str
    remedy: str

    def __new__(cls, code: str, cause: str, remedy: str) -> "IssueCode":
        member = str.__new__(cls, code)
        member._value_ = code
        member.cause = cause
        member.remedy = remedy
        return member

    # Unreadable and unwritable files.
    UNREADABLE = (
        "unreadable",
        "The operating system refuses to read the file.",
        "Correct its owner and permissions, or replace the broken link.",
    )
    TOO_LARGE = (
        "too-large",
        "The file has more bytes, lines or entries than a run takes.",
        "Send it in parts.",
    )
    CONFLICT_MARKERS = (
        "conflict-markers",
        "Git could not merge the file and left both versions in it.",
        "Choose between them and remove the markers.",
    )
    TRUNCATED = (
        "truncated",
        "The file ends in the middle of an entry.",
        "Send it again.",
    )
    SYNTAX = (
        "syntax",
        "The file is no PO file, or breaks its syntax at the line named.",
        "Mend the line; `msgfmt -c` finds further ones.",
    )
    WRONG_LANGUAGE = (
        "wrong-language",
        "The header names another language than the folder.",
        "Move the file, or correct its `Language` header.",
    )
    NO_LANGUAGE = (
        "no-language",
        "The file does not say its language, and its pages are translated into several.",
        "Name it with `--to`, or write the `Language` header: its code, such as `bg`.",
    )
    IMPORT_FAILED = (
        "import-failed",
        "An exception stopped the import of this file; nothing of it was saved.",
        "Read the log for the traceback; the next run tries again.",
    )
    RESTORED_FILE = (
        "restored-file",
        "The catalog's own file is, byte for byte, an earlier version of itself: a backup, or an older checkout.",
        "To take it, restore it again and run `import_po --accept-older`; otherwise there is nothing to do.",
    )
    MASS_CHANGE = (
        "mass-change",
        "More translations in use of a language would change at once than `MASS_CHANGE_SHARE` allows.",
        "Compare the files with an earlier version; if they are as they should be, run `import_po --yes`.",
    )
    NOT_IMPORTED = (
        "not-imported",
        "The file holds changes that are not imported: newer ones, or such as the import named an error. The export left it alone.",
        "Run `import_po` or `sync_po`, and mend what it names.",
    )
    UNWRITABLE = (
        "unwritable",
        "The operating system refuses to write the file.",
        "Correct owner and permissions, or make room on the disk; the next run writes it.",
    )
    UNKNOWN_PATH = (
        "unknown-path",
        "No translated page or snippet has its file at the path named.",
        "Correct the path, or submit the page with `submit_translations`.",
    )

    # Entries of another place, or of none.
    NO_ENTRIES = (
        "no-entries",
        "The file of a page came back without an entry.",
        "None needed: the next export writes it anew.",
    )
    ANOTHER_PAGE = (
        "another-page",
        "Entries of one page lie in the file of another; they went to their own.",
        "Look for a file saved under the wrong name.",
    )
    UNKNOWN_PAGE = (
        "unknown-page",
        "The msgctxt names no page or snippet with a translation into this language, or is missing.",
        "Restore the msgctxt, or submit the page with `submit_translations`.",
    )
    UNKNOWN_ENTRY = (
        "unknown-entry",
        "The source no longer has this text; the translation is kept as an obsolete entry.",
        "None needed: it returns with its text.",
    )
    SET_ASIDE = (
        "set-aside",
        "A tool, such as `msgmerge` with an older template, has made an entry of the page obsolete, with a new translation in it.",
        "Put the translation into the entry in use; the history has it.",
    )
    PLURAL_FORMS = (
        "plural-entry",
        "A tool gave an entry plural forms; page text has none.",
        "Nothing; `msgstr[0]` counts, and the others are kept in the history.",
    )
    OBSOLETE_DROPPED = (
        "obsolete-dropped",
        "A file has no room left for its oldest obsolete entries; they are kept in the history.",
        "Nothing, or divide the page.",
    )
    NO_MSGCTXT = (
        "no-msgctxt",
        "An entry at its own place has lost its `msgctxt`, and its source fits several texts of the page, or none.",
        "Copy the `msgctxt` from an earlier version of the file.",
    )
    SOURCE_SPACING = (
        "source-spacing",
        "A tool changed the spaces of a source text; the translation was taken for the text as it is.",
        "Nothing; the next export writes the source as it is.",
    )
    DUPLICATE = (
        "duplicate",
        "An entry stands in the file twice; the first one counts.",
        "Delete one of them.",
    )
    TOO_LONG = (
        "too-long",
        "An entry has a text over the limit of a run, and is kept in the history alone.",
        "Shorten it.",
    )

    # The merge's decisions.
    CONFLICT = (
        "conflict",
        "File and database changed the translation differently; the database's stays in use.",
        "Choose with `resolve_po`, in the file or in the admin.",
    )
    FOR_REVIEW = (
        "for-review",
        "`approve_po` lists a translation that waits for review.",
        "Approve it with `approve_po --approve`, or in the admin; send it back there.",
    )
    OVERTAKEN = (
        "overtaken",
        "The text for review was changed, or another translation approved, after its reviewer read it.",
        "Look at it anew. A text that gave way is in the history.",
    )
    SECOND_PERSON = (
        "second-person",
        "The site asks for a second person to approve, and whoever approves has typed the text.",
        "Ask somebody else to approve it.",
    )
    OPEN_CONFLICT = (
        "open-conflict",
        "`resolve_po` lists a conflict without a decision.",
        "Choose with `resolve_po`, in the file or in the admin.",
    )
    CLEARED = (
        "cleared",
        "A translation was taken out of its file; it is kept and comes back.",
        "Run again with `--allow-clear` to clear it.",
    )
    OLDER_TEXT = (
        "older-text",
        "A copy brings a text older than the work in the database, which stays.",
        "Put the text into the page's own file to go back to it; delete the copy.",
    )

    # Checks of a translation against its source.
    MARKUP = (
        "markup",
        "The markup is broken, or has a tag or an attribute from outside the list of inline tags.",
        "Copy the source's tags.",
    )
    TAGS = (
        "tags",
        "The translation has other tags than the source.",
        "Add the missing ones and remove the others.",
    )
    LINKS = (
        "links",
        "The translation has other link ids than the source.",
        'Keep every `<a id="…">` of the source.',
    )
    EMPTY = (
        "empty",
        "The translation has markup or characters without a shape, and no words.",
        "Translate the words, or clear the whole entry.",
    )
    PLACEHOLDERS = (
        "placeholders",
        "The translation has other placeholders than the source.",
        "Copy `{name}` and `%(name)s` unchanged.",
    )
    EMAILS = (
        "emails",
        "The translation has other e-mail addresses than the source.",
        "Copy the addresses unchanged.",
    )
    CONTROL = (
        "control",
        "The translation has a control character, one that overrides the direction of letters, or a reference to one.",
        "Delete it; typing the text anew helps where it cannot be seen.",
    )
    SCRIPT = (
        "script",
        "The translation has a script address absent from its source.",
        "Delete it.",
    )
    LENGTH = (
        "length",
        "The translation is longer than its field.",
        "Shorten it to the limit named.",
    )

    # Plug-ins, other sites, and translations started again.
    PLUG_IN_FAILED = (
        "plug-in-failed",
        "A check, a comment line, a reuse source or a receiver of the site raised, or gave a wrong answer.",
        "Mend the plug-in named; the run went on without its answer.",
    )
    OLDER_DATABASE = (
        "older-database",
        "The folder of catalogs was written by a later state of this database, or by a copy of it.",
        "After a restored backup, nothing; if a copy writes there, give it a folder or a `SITE_ID` of its own.",
    )
    TYPED_WHILE_STOPPED = (
        "typed-while-stopped",
        "A translation was typed into the file while it was stopped; it is kept as fuzzy.",
        "Take the fuzzy flag away to approve it.",
    )
    LINK_OUTSIDE = (
        "link-outside",
        "A link below the folder of catalogs leads out of it; nothing is read or written there.",
        "Put the file itself in the place of the link.",
    )
    ONE_AT_A_TIME = (
        "one-at-a-time",
        "Pages of a model are published one at a time, for the reasons named.",
        "Nothing, or name the receiver in `IGNORED_RECEIVERS`.",
    )
    NOT_RESTARTED = (
        "not-restarted",
        "An exception stopped the restart of a translation; nobody publishes over its page.",
        "Read the log for the traceback; the next sync tries again.",
    )
    PAGE_MARKUP = (
        "page-markup",
        "The text of the page of a translation started again cannot be taken apart.",
        "Mend the page's text in the admin.",
    )
    PAGE_DIFFERS = (
        "page-differs",
        "A translation started again shows something without a counterpart in its original.",
        "Nothing; it stays until the next publication, and in the history.",
    )
    PAGE_TEXT = (
        "page-text",
        "A translation started again shows another text than the one approved before; the page's counts.",
        "Nothing, or approve the former text in the file.",
    )
    # Sources.
    SUBMITTED = (
        "submitted",
        "A page or snippet is tracked from now on.",
        "None needed.",
    )
    STOPPED = (
        "stopped",
        "The translation was stopped in the admin, and stays so.",
        "Start it again in the admin.",
    )
    NO_PAGE = (
        "no-page",
        "No page has the id named.",
        "Take the id from the page's address in the admin.",
    )
    IS_TRANSLATION = (
        "is-translation",
        "The page named is itself a translation.",
        "Submit its original.",
    )
    SOURCE_MARKUP = (
        "source-markup",
        "wagtail-localize cannot take the source's markup apart.",
        "Edit the source: an attribute on an inline tag is the usual cause.",
    )
    SOURCE_DELETED = (
        "source-deleted",
        "The original was deleted; its translations are kept.",
        "None needed; or delete the translations in the admin.",
    )

    # Publishing.
    PUBLISHED = (
        "published",
        "The translation went live.",
        "None needed.",
    )
    INCOMPLETE = (
        "incomplete",
        "Some texts are not approved.",
        "Translate them, and take the `fuzzy` flags away.",
    )
    SOURCE_UNPUBLISHED = (
        "source-unpublished",
        "The original is offline.",
        "Publish the original.",
    )
    PARENT = (
        "parent",
        "The page above is not live in this language.",
        "Translate and publish that page first.",
    )
    RELATED = (
        "related",
        "The page shows a snippet without a finished translation.",
        "Translate the snippet first.",
    )
    UNPUBLISHED = (
        "unpublished",
        "An editor took the translation offline.",
        "Publish it in the admin when it is wanted again.",
    )
    LOCKED = (
        "locked",
        "The translated page is locked.",
        "Unlock it in the admin.",
    )
    IN_WORKFLOW = (
        "in-workflow",
        "A workflow is running on the translated page.",
        "Finish or cancel it in the admin.",
    )
    EDITED = (
        "edited",
        "The translated page has an editor's draft.",
        "Publish or discard the draft in the admin.",
    )
    NOT_PUBLISHED = (
        "not-published",
        "The page's own validation refuses the translation.",
        "Change the text as the message says.",
    )
    PUBLISH_FAILED = (
        "publish-failed",
        "An exception stopped the publication of this page; nothing of it was saved.",
        "Read the log for the traceback; the next run tries again.",
    )

    # Runs.
    RUN = (
        "run",
        "`undo_po` lists a run.",
        "None needed.",
    )
    FORGOTTEN = (
        "forgotten",
        "`forget_person` has put a pseudonym in the place of a person.",
        "None needed.",
    )
    NOBODY = (
        "nobody",
        "`forget_person` found nothing by the person that it was asked for.",
        "Look at the name, or the id that `provenance --json` tells.",
    )
    PRUNED = (
        "pruned",
        "`prune_history` has removed superseded texts from the history.",
        "None needed.",
    )
    CHANGED_SINCE = (
        "changed-since",
        "A text changed again after the run to undo, and was left alone.",
        "Correct it by hand, or undo the later run first.",
    )
    NOT_TRANSLATED = (
        "not-translated",
        "The run to undo changed a page without a translation today.",
        "Start its translation again in the admin, then undo.",
    )
