"""French and English temporal expressions: found in text, written out, and read from a user's filter.

Every date is a closed interval of days with a precision. Knows nothing of articles, questions or stores.
"""

from rag.dates.bounds import parse_bound, parse_day
from rag.dates.find import find_dates
from rag.dates.mention import DateMention, Precision, Said
from rag.dates.write import format_date

__all__ = ["DateMention", "Precision", "Said", "find_dates", "format_date", "parse_bound", "parse_day"]
