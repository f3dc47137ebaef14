"""The chat page as a web program: `build_app` makes it, `serve` runs it.

One FastAPI program with the Gradio page at `/` and the state of the service at `/healthz`. Everything the page loads
comes from this server: fonts are the system's, nothing is reported to anyone. The page is laid out in `ui.page_layout`.
"""

from __future__ import annotations

import socket
import webbrowser
from contextlib import suppress
from importlib.resources import files
from typing import Any, Final

import gradio as gr
import uvicorn
from fastapi import FastAPI
from fastapi.responses import JSONResponse
from starlette.routing import Mount

from rag.errors import GazetteError, UsageError
from rag.store.base import Where
from ui.page_chat import AskableArchive, AskableConversation
from ui.page_layout import Page

__all__ = ["AskableArchive", "AskableConversation", "build_app", "serve"]

_FAREWELL: Final = 2  # seconds that answers under way have to end when the server is stopped
_SANS: Final = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif")
_MONO: Final = ("ui-monospace", "Consolas", "monospace")


def build_app(archive: AskableArchive) -> FastAPI:
    """The page on an open archive, ready for any ASGI server. The caller closes the archive."""
    app = FastAPI(title="Gazette", docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/healthz")
    def healthz() -> JSONResponse:
        """200 and the number of articles while the store answers, else 503 and why it does not."""
        try:
            articles = archive.store.count(Where(kinds=("text",), role="article"))
        except GazetteError as error:
            return JSONResponse({"status": "failing", "reason": str(error)}, status_code=503)
        return JSONResponse({"status": "ok", "articles": articles})

    static = files("ui") / "static"
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        Page(archive).blocks,
        path="/",
        theme=_theme(),
        css=(static / "page.css").read_text(encoding="utf-8"),
        js=(static / "page.js").read_text(encoding="utf-8"),
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        max_file_size="1kb",  # the page takes no files, but Gradio's upload route is there
    )
    return mounted


def _theme() -> gr.themes.Base:
    return gr.themes.Base(
        primary_hue=gr.themes.colors.teal,
        neutral_hue=gr.themes.colors.stone,
        radius_size=gr.themes.sizes.radius_sm,
        font=_SANS,
        font_mono=_MONO,
    )


def serve(archive: AskableArchive, *, host: str = "127.0.0.1", port: int = 7860, open_browser: bool = False) -> None:
    """Serve the page until interrupted. `port` 0 takes any free one.

    Raises `UsageError` when the address cannot be listened on; the message says the way out.
    """
    with _listen(host, port) as listener:
        app = build_app(archive)
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{listener.getsockname()[1]}"
        print(f"Gazette: {address}  (Ctrl+C to stop)", flush=True)
        if open_browser:
            webbrowser.open(address)
        with suppress(KeyboardInterrupt):
            _Server(app).run([listener])


class _Server(uvicorn.Server):
    """A server that stops at once: every open page holds a connection for its news, which Gradio ends when told."""

    def __init__(self, app: FastAPI) -> None:
        super().__init__(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=_FAREWELL))
        self._pages: list[Any] = [route.app for route in app.routes if isinstance(route, Mount)]

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for page in self._pages:
            page.stop_event.set()
        await super().shutdown(sockets)


def _listen(host: str, port: int) -> socket.socket:
    """A socket that listens already: a browser that comes early waits instead of being refused."""
    if not 0 <= port <= 65_535:  # the system would take it modulo 65,536
        raise UsageError(f"cannot listen on port {port}; give a --port from 0 to 65535")
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind)
    except OSError as error:
        raise UsageError(f"cannot listen on {host}:{port}: {error}; give another --host or --port") from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise UsageError(
            f"cannot listen on {host}:{port}: {error}; choose another port (--port 0 takes a free one), "
            f"or stop the program that uses this one"
        ) from error
    return listener
