"""The local copy of a model of the Hugging Face hub.

Only a model that is not in the local cache ever reaches the network. Knows nothing of what a model is for, and imports
huggingface_hub only when a hub model is asked for.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

_WANTED: Final = ["*.json", "*.txt", "*.model", "*.safetensors"]


class UnavailableError(Exception):
    """A model that is neither in the cache nor to be had; the message is the reason, on one line."""


def local_copy(repository: str) -> Path:
    """The folder of a hub model, fetched when it is not there; offline it fails at once, without retries.

    Older `*.bin` weights are fetched only where there are no safetensors. Raises `UnavailableError`.
    """
    import httpx
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    try:
        try:
            folder = Path(snapshot_download(repository, local_files_only=True))
        except LocalEntryNotFoundError:
            folder = Path(snapshot_download(repository, allow_patterns=_WANTED))
        if not any(folder.rglob("*.safetensors")) and not any(folder.rglob("*.bin")):
            folder = Path(snapshot_download(repository, allow_patterns=[*_WANTED, "*.bin"]))
    except (OSError, ValueError, HfHubHTTPError, httpx.HTTPError) as error:
        raise UnavailableError(first_line(error)) from error
    return folder


def first_line(error: BaseException) -> str:
    """What an error says, on one line of at most 200 characters."""
    return (str(error).strip() or type(error).__name__).splitlines()[0][:200]
