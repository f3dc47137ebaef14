"""A language model for the tests: a real HTTP server that speaks OpenAI's and Ollama's chat protocols from a script.

Each request takes the next `Turn` of the script; the last one is repeated. What was asked is kept. It knows nothing of
Gazette.
"""

from __future__ import annotations

import json
import re
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

Says = str | Callable[[str], str]


@dataclass(frozen=True)
class Turn:
    """What the server does with one request."""

    says: Says = ""  # the reply, or a function of the whole prompt
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    pieces: Sequence[str] | None = None  # the reply as it is cut into chunks; by default words
    delay: float = 0.0  # seconds before each chunk
    first_delay: float = 0.0  # seconds before the status line
    cut_after: int | None = None  # chunks after which the line goes dead
    finish: str | None = "stop"
    raw: bytes | None = None  # sent as the body instead of any protocol
    whole: bool = False  # a plain reply even where a stream was asked for
    keep_alive: float = 0.0  # seconds of comments that say nothing, before the first chunk


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    path: str
    headers: Mapping[str, str]
    body: dict[str, Any]

    @property
    def prompt(self) -> str:
        return "\n".join(message["content"] for message in self.body["messages"])


def obedient(prompt: str) -> str:
    """A model that does what the passages tell it to, and credits the first passage."""
    orders = re.findall(r"(?:write|écris) exactly? ?:? ?«? ?(.+?)(?:»|\n|$)", prompt, re.IGNORECASE)
    return f"{orders[-1].strip()} [1]" if orders else "NO_ANSWER"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        asked = Asked(self.path, dict(self.headers), body)
        turn = self.server.next_turn(asked)
        if self.server.stopped.wait(turn.first_delay):
            self.close_connection = True
            return
        try:
            if turn.raw is not None or turn.status != 200:
                said = json.dumps({"error": {"message": "scripted"}}).encode() if turn.raw is None else turn.raw
                self._whole(said, turn)
            elif self.path.endswith("/chat/completions"):
                self._openai(asked, turn)
            else:
                self._ollama(asked, turn)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _whole(self, body: bytes, turn: Turn, content_type: str = "application/json") -> None:
        self.send_response(turn.status)
        for name, value in {"Content-Type": content_type, "Content-Length": str(len(body)), **turn.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _openai(self, asked: Asked, turn: Turn) -> None:
        frame = {"id": "reply", "created": 0, "model": asked.body["model"]}
        text = _text(turn, asked)
        if not asked.body.get("stream") or turn.whole:
            choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": turn.finish}
            self._whole(json.dumps({**frame, "object": "chat.completion", "choices": [choice]}).encode(), turn)
            return
        lines = [_sse(frame, {"content": piece}, None) for piece in _cut(turn, text)]
        lines += [_sse(frame, {}, turn.finish), "data: [DONE]\n\n"]
        self._stream(lines, turn, "text/event-stream")

    def _ollama(self, asked: Asked, turn: Turn) -> None:
        frame = {"model": asked.body["model"], "created_at": "2026-02-03T00:00:00Z"}
        text = _text(turn, asked)
        last = {**frame, "message": {"role": "assistant", "content": ""}, "done": True, "done_reason": turn.finish}
        if not asked.body.get("stream"):
            self._whole(json.dumps({**last, "message": {"role": "assistant", "content": text}}).encode(), turn)
            return
        parts = [
            {**frame, "message": {"role": "assistant", "content": piece}, "done": False} for piece in _cut(turn, text)
        ]
        self._stream([json.dumps(part) + "\n" for part in [*parts, last]], turn, "application/x-ndjson")

    def _stream(self, lines: Sequence[str], turn: Turn, content_type: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        until = time.monotonic() + turn.keep_alive
        while time.monotonic() < until:
            self._chunk(": still there\n\n")
            if self.server.stopped.wait(0.02):
                break
        for number, line in enumerate(lines):
            if number == turn.cut_after or self.server.stopped.wait(turn.delay):
                self.close_connection = True
                return
            self._chunk(line)
        self._chunk("")

    def _chunk(self, text: str) -> None:
        data = text.encode()
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:
        del format, args


def _text(turn: Turn, asked: Asked) -> str:
    if turn.pieces is not None:
        return "".join(turn.pieces)
    return turn.says(asked.prompt) if callable(turn.says) else turn.says


def _cut(turn: Turn, text: str) -> Sequence[str]:
    return turn.pieces if turn.pieces is not None else re.findall(r"\S+\s*|\s+", text)


def _sse(frame: dict[str, Any], delta: dict[str, str], finish: str | None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return f"data: {json.dumps({**frame, 'object': 'chat.completion.chunk', 'choices': [choice]})}\n\n"


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, script: Sequence[Turn]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.script = list(script)
        self.asked: list[Asked] = []
        self.stopped = threading.Event()  # set: whoever waits before he goes on talking falls silent
        self._turn = threading.Lock()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no fault of the server."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def next_turn(self, asked: Asked) -> Turn:
        with self._turn:
            self.asked.append(asked)
            return self.script[min(len(self.asked), len(self.script)) - 1]


class FakeLLM:
    """The server, running while the context is open."""

    def __init__(self, *script: Turn | Says) -> None:
        self._server = _Server([each if isinstance(each, Turn) else Turn(each) for each in script or ("",)])
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    @property
    def url(self) -> str:
        """The root, for Ollama."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def openai_url(self) -> str:
        return f"{self.url}/v1"

    @property
    def asked(self) -> list[Asked]:
        return self._server.asked

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.stopped.set()
        self._server.shutdown()
        self._server.server_close()
