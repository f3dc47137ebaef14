"""Event mentions: what an article's dated sentences tell of, when, and of whom.

Found by rules over one stored text, stored beside its passages. Knows nothing of questions.
"""

from rag.events.find import event_mentions
from rag.events.mention import DatedBy, Event, EventMention, Status

__all__ = ["DatedBy", "Event", "EventMention", "Status", "event_mentions"]
