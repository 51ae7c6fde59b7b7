"""Sources, their segments and their translations in bulk: the rows of wagtail-localize's own calls, without their cost.

wagtail-localize asks the database some ten times for each segment. Here the number of statements is fixed for a batch
of objects, however many segments they have. Rows in bulk send no signals: callers do the work of
post_save handlers of TranslationSource and Translation themselves.
"""

from posync.sources.segments.create_translations import create_translations
from posync.sources.segments.update_segments import SourceRefresh, refresh_segments

__all__ = ["SourceRefresh", "refresh_segments", "create_translations"]
