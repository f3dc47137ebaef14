"""The language model behind generated answers: loading it, and hearing a reply from it.

Knows LlamaIndex's LLM classes and how their servers fail; every foreign error becomes a `ReplyError` here and nowhere
else. Knows nothing of passages or answers. LlamaIndex is imported when a model is loaded or asked, not with this file;
its global `Settings` are never touched and no tokenizer is fetched.
"""

from __future__ import annotations

import queue
import re
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from rag.errors import LanguageModelError, SettingsError
from rag.settings import Settings

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

TRIES: Final = 3
TRY_WINDOW: Final = 30.0  # seconds from the first try within which another may begin
REPLY_SPAN: Final = 4.0  # a whole reply may take this many times `Settings.llm_timeout`
REPLY_TOKENS: Final = 800  # longest reply asked for
# Room in the model's context beside the passages: instructions, question, reply, and tokenizers coarser than
# cl100k_base (French text takes up to 1.5 times as many tokens with those of the common open models).
CONTEXT_SHARE: Final = 1.5
CONTEXT_ROOM: Final = 1_200 + REPLY_TOKENS

_ADDRESS: Final = re.compile(r"https?://(?:\[[0-9a-f:.]+\]|[^\s/\[\]?#]+)(?:[/?#]|$)", re.IGNORECASE)

Why = Literal["unreachable", "timeout", "key", "model", "busy", "server", "refused", "garbage", "empty", "cut"]
_FORMS: Final = "'ollama/NAME' (say, ollama/llama3.2) or 'openai/NAME' with --llm-url or GAZETTE_LLM_URL"
_AGAIN: Final = frozenset({"unreachable", "timeout", "busy", "server", "garbage", "empty", "cut"})


class Message(NamedTuple):
    """One message to a model."""

    role: Literal["system", "user"]
    text: str


class ReplyError(LanguageModelError):
    """No usable reply, with the reason as a code that a note in the reader's language can be made of."""

    def __init__(self, why: Why, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.why = why
        self.after = after  # seconds that the server asked to wait (Retry-After)

    @property
    def again(self) -> bool:
        """Whether another try may help."""
        return self.why in _AGAIN


def load_llm(settings: Settings) -> LLM | None:
    """The model that `Settings.llm` names, or None when it names none. Nothing is sent yet.

    Raises `SettingsError` for a value that is neither "ollama/NAME" nor "openai/NAME", and for a URL that is none.
    """
    if settings.llm is None:
        return None
    provider, _, name = settings.llm.partition("/")
    if provider not in ("ollama", "openai") or not name.strip():
        raise SettingsError(f"llm must be {_FORMS}, not {settings.llm!r}")
    url = settings.llm_url.strip().rstrip("/") if settings.llm_url else None
    if url is not None and not _ADDRESS.match(url):
        raise SettingsError(f"llm_url must begin with http:// or https:// and name a host, not {settings.llm_url!r}")
    key = settings.llm_api_key.get_secret_value() if settings.llm_api_key else None
    window = round(settings.context_tokens * CONTEXT_SHARE) + CONTEXT_ROOM
    make = _ollama if provider == "ollama" else _openai
    return make(name.strip(), url, key, settings.llm_timeout, window)


def _ollama(name: str, url: str | None, key: str | None, timeout: float, window: int) -> LLM:
    from llama_index.llms.ollama import Ollama

    headers = {"Authorization": f"Bearer {key}"} if key else None
    model: LLM = Ollama(
        model=name,
        **({"base_url": url} if url else {}),
        temperature=0.0,
        context_window=window,
        request_timeout=timeout,
        is_function_calling_model=False,
        thinking=False,
        headers=headers,
        additional_kwargs={"num_predict": REPLY_TOKENS},
    )
    return model


def _openai(name: str, url: str | None, key: str | None, timeout: float, window: int) -> LLM:
    from llama_index.llms.openai.utils import DEFAULT_OPENAI_API_BASE
    from llama_index.llms.openai_like import OpenAILike

    if url is None and key is None:
        raise SettingsError(
            f"openai/{name} needs GAZETTE_LLM_API_KEY, or GAZETTE_LLM_URL for a server of your own that speaks "
            "OpenAI's protocol"
        )
    try:
        model: LLM = OpenAILike(
            model=name,
            api_base=(url or DEFAULT_OPENAI_API_BASE).removesuffix("/chat/completions"),
            api_key=key or "none",  # never one that lies about in the environment
            temperature=0.0,
            max_tokens=REPLY_TOKENS,
            context_window=window,
            is_chat_model=True,
            is_function_calling_model=False,
            max_retries=0,  # tries are counted here
            timeout=timeout,
            # A reply that broke off is closed when the garbage collector finds it, and that takes the lock of its
            # connection pool. In a pool of its own it cannot stop a request that holds the lock at that moment.
            reuse_client=False,
        )
    except ValueError as error:
        raise SettingsError(f"cannot use the language model openai/{name}: {_first_line(error)}") from error
    return model


class Reply:
    """One reply of a model, in pieces as they come. Iterate once; afterwards `cut` tells whether it broke off."""

    def __init__(self, llm: LLM, messages: Sequence[Message], *, timeout: float, pause: float = 0.5) -> None:
        """`timeout`: seconds to wait for each piece. `pause`: seconds before the second try, doubled for the third,
        unless the server asks for another wait."""
        self._llm = llm
        self._messages = messages
        self._timeout = timeout
        self._pause = pause
        self.cut: ReplyError | None = None

    def __iter__(self) -> Iterator[str]:
        """Raises `ReplyError` when no text came in at most TRIES tries; an error after that sets `cut`."""
        began = time.monotonic()
        streamed = True
        for number in range(TRIES):
            heard = False
            try:
                for piece in self._once(streamed):
                    heard = heard or bool(piece.strip())
                    yield piece
                if heard:
                    return
                # Some servers answer a request for a stream with one whole reply: the next try asks for that.
                streamed = False
                raise ReplyError("empty", "the language model gave an empty reply; ask again, or try another model")
            except ReplyError as error:
                if heard:
                    self.cut = error
                    return
                wait = error.after if error.after is not None else self._pause * 2**number
                late = time.monotonic() - began + wait > TRY_WINDOW
                if not error.again or number == TRIES - 1 or late:
                    raise
                time.sleep(wait)

    def _once(self, streamed: bool) -> Iterator[str]:
        """One try. The model is heard in a thread, since a server that keeps the line open without saying anything can
        be left only so."""
        heard: queue.SimpleQueue[_Heard | ReplyError | None] = queue.SimpleQueue()
        left = threading.Event()
        threading.Thread(
            target=_listen, args=(self._llm, self._messages, streamed, heard, left), name="gazette-llm", daemon=True
        ).start()
        deadline = time.monotonic() + self._timeout * REPLY_SPAN
        finish: str | None = None
        said = False
        try:
            while True:
                remaining = min(self._timeout, deadline - time.monotonic())
                try:
                    item = heard.get(timeout=max(remaining, 0.001))
                except queue.Empty:
                    raise ReplyError(
                        "timeout", f"the language model did not reply within {self._timeout:g} s; raise llm_timeout"
                    ) from None
                if item is None:
                    break
                if isinstance(item, ReplyError):
                    raise item
                finish = item.finish or finish
                said = said or bool(item.text)
                yield item.text
        finally:
            left.set()
        if said and finish in (None, "length", "content_filter"):
            raise ReplyError("cut", "the reply of the language model broke off")


class _Heard(NamedTuple):
    text: str
    finish: str | None  # why the model stopped, on the last pieces


def _listen(
    llm: LLM,
    messages: Sequence[Message],
    streamed: bool,
    heard: queue.SimpleQueue[_Heard | ReplyError | None],
    left: threading.Event,
) -> None:
    """Put what the model says into a queue, then None; stop when nobody listens any more."""
    from llama_index.core.llms import ChatMessage

    said = [ChatMessage(role=message.role, content=message.text) for message in messages]
    try:
        if streamed:
            with closing(llm.stream_chat(said)) as responses:
                for response in responses:
                    if left.is_set():
                        return
                    heard.put(_Heard(response.delta or "", _finish(response.raw)))
        else:
            whole = llm.chat(said)
            heard.put(_Heard(whole.message.content or "", _finish(whole.raw)))
    except _foreign_errors() as error:
        heard.put(_mapped(error))
    finally:
        heard.put(None)


def _finish(raw: Any) -> str | None:
    """Why a model stopped, by OpenAI's or Ollama's protocol; None while it has not. Of others nothing is known, and
    their end counts as one."""
    choices = getattr(raw, "choices", None)
    if choices is not None:
        return choices[0].finish_reason if choices else None
    if isinstance(raw, Mapping) and "done" in raw:
        return (raw.get("done_reason") or "stop") if raw["done"] else None
    return "stop"


def _foreign_errors() -> tuple[type[Exception], ...]:
    """What the clients raise; the built-in ones come of replies that are no such JSON as the protocol says."""
    import httpx
    import ollama
    import openai

    odd_reply = (ValueError, TypeError, KeyError, IndexError, AttributeError)
    return (openai.OpenAIError, ollama.ResponseError, httpx.HTTPError, httpx.InvalidURL, OSError, *odd_reply)


def _mapped(error: Exception) -> ReplyError:
    """The one place where a foreign error becomes ours."""
    import httpx
    import openai

    status = getattr(error, "status_code", None)
    if isinstance(status, int) and status >= 300:
        return _refused(status, getattr(error, "response", None), _first_line(error))
    if isinstance(error, openai.APITimeoutError | httpx.TimeoutException | TimeoutError):
        return ReplyError("timeout", "the language model did not reply in time; raise llm_timeout")
    if isinstance(error, httpx.RemoteProtocolError | httpx.ReadError):
        return ReplyError("cut", "the reply of the language model broke off")
    if isinstance(error, openai.APIConnectionError | httpx.HTTPError | httpx.InvalidURL | OSError):
        return ReplyError("unreachable", "the language model cannot be reached; check llm_url and that it is running")
    return ReplyError("garbage", f"the language model sent what cannot be understood ({_first_line(error)})")


def _refused(status: int, response: Any, said: str) -> ReplyError:
    after = _retry_after(getattr(response, "headers", None))
    if status in (401, 403):
        return ReplyError("key", f"the language model refuses the API key ({status}); check llm_api_key")
    if status == 404:
        return ReplyError("model", f"the language model or its URL is not there (404: {said}); check llm and llm_url")
    if status == 429:
        return ReplyError("busy", "the language model takes no more requests now (429); ask again later", after)
    if status in (408, 409, 425) or status >= 500:
        return ReplyError("server", f"the server of the language model failed ({status}: {said})", after)
    return ReplyError("refused", f"the language model refused the request ({status}: {said})")


def _retry_after(headers: Mapping[str, str] | None) -> float | None:
    """Seconds to wait by a Retry-After header (RFC 9110, 10.2.3): a number of seconds or a date."""
    value = (headers or {}).get("retry-after", "").strip()
    if not value:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (when.replace(tzinfo=when.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:200]
