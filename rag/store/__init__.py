"""Where passages, events and texts are kept: one seam, two engines."""

from rag.store.base import Point, Scored, SparseVector, Store, StoreInfo, Where
from rag.store.open import check_info, is_url, open_store

__all__ = ["Point", "Scored", "SparseVector", "Store", "StoreInfo", "Where", "check_info", "is_url", "open_store"]
