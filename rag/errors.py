"""The one exception tree. The command line and the web page catch `GazetteError` and nothing broader.

Knows nothing of what raises it. Every message says what went wrong and what to do next.
"""


class GazetteError(Exception):
    """Base of every error a user of Gazette may meet."""


class UsageError(GazetteError):
    """A request that cannot be understood: a bad date, an empty question, a path that is not there."""


class SettingsError(UsageError):
    """A setting (flag, environment variable or `gazette.toml`) with a value that cannot be used."""


class ReadError(GazetteError):
    """One input could not be turned into articles. The indexer sets the file aside with this reason."""


class StoreError(GazetteError):
    """The store could not do what was asked of it."""


class StoreNotFoundError(StoreError):
    """There is no store at the given path or URL."""


class StoreBusyError(StoreError):
    """An embedded store is open already, in this process or another."""


class StoreMismatchError(StoreError):
    """The store was made with another embedding model, dimension or schema version."""


class StoreUnreachableError(StoreError):
    """The server of a served store does not answer, or refuses the API key."""


class EmbedderError(GazetteError):
    """The embedding model cannot be loaded or gave something that is not a vector."""


class RerankerError(GazetteError):
    """The reranker cannot be loaded or gave something that is not a score."""


class LanguageModelError(GazetteError):
    """The configured language model cannot be reached or replied with nothing usable."""
