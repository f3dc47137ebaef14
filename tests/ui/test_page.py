"""The page in a real browser, over a real server, on an archive that answers from a script."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
import uvicorn
from fastapi.testclient import TestClient
from playwright.sync_api import BrowserContext, expect, sync_playwright
from playwright.sync_api import Page as BrowserPage

from rag.errors import StoreError, UsageError
from rag.question import MAX_QUESTION
from rag.types import Answer, Citation, PublicationDate, Sentence
from tests.ui.page_archive import (
    BODY,
    ListedStore,
    ScriptedArchive,
    article,
    ordinary_answer,
    ordinary_archive,
    text_point,
)
from ui.page import build_app, serve
from ui.page_layout import Page

ROOT = Path(__file__).resolve().parents[2]
ARGUMENTS = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --no-first-run"
).split()
expect.set_options(timeout=30_000)
EVIL = (
    "<script>window.struck=1</script><img src=http://evil.example/a onerror=window.struck=1>"
    "![x](http://evil.example/b.png) [clic](javascript:window.struck=1) <iframe src=//evil.example></iframe>"
    "$$\\href{javascript:window.struck=1}{x}$$ ${window.struck=1} {{lookup this}} </section></div>"
)


def hostile_answer(question: str) -> Answer:
    ref = article(
        f"Titre {EVIL}",
        PublicationDate(),
        outlet=EVIL,
        url="javascript:window.struck=1",
        source=EVIL,
    )
    citation = Citation(EVIL, "comment", 0, len(EVIL), ref, None, article().id)
    return Answer(question, f"Réponse {EVIL}", "fr", (Sentence(f"Réponse {EVIL}", (0,)),), EVIL, citations=(citation,))


def script(question: str) -> Answer | Iterator[str | Answer]:
    """What the archive says, by a word of the question."""
    if "sinon" in question:
        return Answer(question, "Rien trouvé.", "fr", abstained=True, reason="Cherché : sinon.")
    if "panne" in question:
        raise StoreError("the store does not answer; start it again")
    if "bogue" in question:
        raise RuntimeError("a fault of the program")
    if "piège" in question:
        return hostile_answer(question)
    return ordinary_answer(question)


@dataclass
class Site:
    """A page that is being served, and the archive behind it."""

    address: str
    archive: ScriptedArchive
    gate: threading.Event = field(default_factory=threading.Event)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    gate = threading.Event()
    gate.set()
    store = ListedStore(
        [text_point(article(), BODY), text_point(article(f"Autre {EVIL}", outlet=EVIL, source="autre"), BODY)],
        comments=1,
    )
    archive = ordinary_archive(script, store=store, gate=gate)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(build_app(archive), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        while not server.started:
            time.sleep(0.02)
        yield Site(address, archive, gate)
        server.should_exit = server.force_exit = True
        thread.join(10)


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[BrowserContext]:
    """A French reader's browser. The tests share its cache, for Gradio's scripts take seconds to load anew."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        context = opened.new_context(locale="fr-FR")
        context.set_default_timeout(30_000)
        yield context
        opened.close()


@dataclass
class Visit:
    """A page opened in the browser, with all that it asked for and said on the side."""

    page: BrowserPage
    hosts: set[str]
    troubles: list[str]

    def ask(self, question: str) -> None:
        """Type a question and press Enter, again if nothing comes of it: Gradio may drop a key that is pressed while it
        settles the event before, and a reader would press again."""
        box, asked = self.page.get_by_label("Votre question"), self.page.locator(".gz-question")
        before = asked.count()
        box.fill(question)
        for _ in range(4):
            box.press("Enter")
            try:
                expect(asked).to_have_count(before + 1, timeout=3000 if question.strip() else 1)
            except AssertionError:
                if not question.strip():
                    return
            else:
                return


@pytest.fixture
def visit(site: Site, browser: BrowserContext, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """The page as a French reader sees it. A parameter gives the width and height of the window."""
    width, height = getattr(request, "param", (1280, 800))
    site.archive.asked.clear()
    site.gate.set()
    page = browser.new_page()
    page.set_viewport_size({"width": width, "height": height})
    seen = Visit(page, set(), [])
    page.on("request", lambda sent: seen.hosts.add(urlsplit(sent.url).netloc))
    page.on("dialog", lambda dialog: (seen.troubles.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: seen.troubles.append(str(error)))
    page.goto(site.address)
    expect(page.get_by_label("Votre question")).to_be_visible()
    yield seen
    site.gate.set()
    page.close()


@pytest.mark.browser
def test_an_answer_is_written_out_and_its_sources_stand_beside_it(visit: Visit, site: Site) -> None:
    site.gate.clear()
    visit.ask("Quand commence le chantier ?")
    expect(visit.page.get_by_text("Recherche dans l’archive…")).to_be_visible()
    expect(visit.page.get_by_label("Votre question")).to_have_value("")
    site.gate.set()
    expect(visit.page.locator(".gz-short")).to_have_text("mars 2026")
    cards = visit.page.locator(".gz-card:visible")
    expect(cards).to_have_count(2)
    expect(cards.nth(0)).to_contain_text("3 février 2026 (date déduite)")
    expect(cards.nth(0).locator("mark")).to_contain_text("Le chantier doit commencer")
    expect(cards.nth(1)).to_contain_text("Commentaire de lecteur")
    expect(visit.page.get_by_role("button", name="Demander")).to_be_visible()
    assert visit.hosts == {urlsplit(site.address).netloc}
    assert visit.troubles == []


@pytest.mark.browser
def test_a_citation_leads_to_its_source_even_of_an_earlier_answer(visit: Visit) -> None:
    visit.ask("Quand commence le chantier ?")
    expect(visit.page.locator(".gz-card:visible")).to_have_count(2)
    visit.page.get_by_role("link", name="source [2]").click()
    expect(visit.page.locator("#gz-1-2")).to_be_focused()
    visit.ask("sinon ?")
    expect(visit.page.locator(".gz-abstained")).to_be_visible()
    expect(visit.page.locator(".gz-card:visible")).to_have_count(0)
    visit.page.get_by_role("link", name="source [1]").press("Enter")
    expect(visit.page.locator("#gz-1-1")).to_be_focused()
    expect(visit.page.locator("#gz-1-1")).to_be_in_viewport()


@pytest.mark.browser
def test_the_filters_are_handed_to_the_archive_and_shown(visit: Visit, site: Site) -> None:
    visit.page.get_by_role("button", name="Filtres").click()
    visit.page.get_by_label("Commentaires seuls").check()
    visit.page.get_by_label("Publié à partir du").fill("2025-07-01")
    visit.page.get_by_label("Publié jusqu’au").fill("2026-12-31")
    visit.page.get_by_label("Titre de presse").click()
    visit.page.get_by_role("option", name="Le Courrier de Valmont").click()
    visit.ask("Qu’en pensent les lecteurs ?")
    expect(visit.page.locator(".gz-card:visible")).to_have_count(2)
    expect(visit.page.locator(".gz-scope")).to_contain_text("Publié à partir du 1 juillet 2025")
    assert [limits for _, limits in site.archive.asked] == [
        {
            "kind": "comment",
            "since": date(2025, 7, 1),
            "until": date(2026, 12, 31),
            "outlet": "Le Courrier de Valmont",
        }
    ]


@pytest.mark.browser
def test_hostile_text_stays_text(visit: Visit, site: Site) -> None:
    visit.ask(f"piège {EVIL}")
    expect(visit.page.locator(".gz-card:visible")).to_have_count(1)
    expect(visit.page.locator("#gz-chat .gz-answer")).to_contain_text("![x](http://evil.example/b.png)")
    expect(visit.page.locator("#gz-chat .gz-question")).to_contain_text("<script>window.struck=1</script>")
    expect(visit.page.locator(".gz-card mark")).to_contain_text("{{lookup this}}")
    visit.page.get_by_role("button", name="Filtres").click()
    visit.page.get_by_label("Titre de presse").click()
    assert visit.page.locator("#gz-columns :is(script, img, iframe, .katex, a[href^=javascript])").count() == 0
    assert visit.page.evaluate("window.struck") is None
    assert visit.hosts == {urlsplit(site.address).netloc}
    assert visit.troubles == []


@pytest.mark.browser
def test_an_empty_question_does_nothing_and_a_pasted_text_is_refused(visit: Visit, site: Site) -> None:
    visit.ask("   ")
    visit.page.wait_for_timeout(500)
    expect(visit.page.locator(".gz-question")).to_have_count(0)
    visit.ask("x" * (MAX_QUESTION + 1))
    expect(visit.page.locator(".gz-failed")).to_contain_text(f"la limite est de {MAX_QUESTION}")
    expect(visit.page.locator(".gz-question")).to_have_count(1)
    expect(visit.page.get_by_label("Votre question")).to_have_value("x" * (MAX_QUESTION + 1))
    assert site.archive.asked == []


@pytest.mark.browser
def test_a_failure_is_told_in_the_conversation_which_goes_on(visit: Visit) -> None:
    visit.ask("panne ?")
    expect(visit.page.locator(".gz-failed")).to_contain_text("start it again")
    visit.ask("Quand ?")
    expect(visit.page.locator(".gz-short").first).to_be_visible()
    visit.page.get_by_role("button", name="Nouvelle conversation").click()
    expect(visit.page.locator(".gz-question")).to_have_count(0)
    expect(visit.page.locator(".gz-card")).to_have_count(0)


@pytest.mark.browser
def test_a_fault_of_the_program_ends_the_answer_and_not_the_conversation(visit: Visit) -> None:
    visit.ask("bogue ?")
    expect(visit.page.locator(".gz-failed")).to_contain_text("Réponse interrompue")
    visit.ask("Quand ?")
    expect(visit.page.locator(".gz-short")).to_be_visible()


def test_only_a_question_waits_in_the_queue_so_that_no_other_click_is_lost_when_its_stream_closes() -> None:
    page = Page(ordinary_archive(script, store=ListedStore([text_point(article(), BODY)])))
    assert {event.name for event in page.blocks.fns.values() if event.queue} == {"_ask"}


@pytest.mark.browser
def test_a_slow_question_can_be_stopped(visit: Visit, site: Site) -> None:
    site.gate.clear()
    visit.ask("Quand ?")
    visit.page.get_by_role("button", name="Arrêter").click()
    expect(visit.page.locator(".gz-failed")).to_contain_text("Réponse interrompue")
    site.gate.set()
    visit.ask("sinon ?")
    expect(visit.page.locator(".gz-abstained")).to_be_visible()


@pytest.mark.browser
def test_a_starter_is_asked_by_a_click_and_the_page_speaks_both_languages(visit: Visit, site: Site) -> None:
    page = visit.page
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    page.get_by_text("English", exact=True).click()
    expect(page.get_by_label("Your question")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("button", name="What happened between Jeanne Arbois and Paul Testard?").click()
    expect(page.locator(".gz-short")).to_be_visible()
    expect(page.get_by_text("To begin with")).to_be_hidden()
    assert site.archive.asked[0][0] == "What happened between Jeanne Arbois and Paul Testard?"


@pytest.mark.browser
@pytest.mark.parametrize("visit", [(390, 844)], indirect=True)
def test_a_phone_shows_everything_without_scrolling_sideways(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Filtres").click()
    visit.ask("Quand commence le chantier ?")
    expect(visit.page.locator(".gz-card:visible")).to_have_count(2)
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 390
    visit.page.get_by_role("link", name="source [2]").click()
    expect(visit.page.locator("#gz-1-2")).to_be_in_viewport()


@pytest.mark.browser
def test_every_control_has_a_name_and_no_message_is_named_by_its_markup(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Filtres").click()
    visit.ask("Quand commence le chantier ?")
    expect(visit.page.locator(".gz-card:visible")).to_have_count(2)
    nameless = visit.page.evaluate(
        """() => [...document.querySelectorAll("button, input, textarea, select, a")]
            .filter((control) => control.checkVisibility())
            .filter((control) => ![control.textContent, control.getAttribute("aria-label"), control.title,
                ...[...(control.labels || [])].map((label) => label.textContent)].some((name) => name && name.trim()))
            .map((control) => control.outerHTML)"""
    )
    assert nameless == []
    assert visit.page.locator("#gz-chat [aria-label*='class=']").count() == 0


def test_health_says_how_many_articles_there_are() -> None:
    with TestClient(build_app(ordinary_archive())) as client:
        answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "articles": 1})


def test_health_says_why_the_store_fails() -> None:
    archive = ordinary_archive()
    app = build_app(archive)
    archive.store.broken = True
    with TestClient(app) as client:
        answer = client.get("/healthz")
    assert answer.status_code == 503
    assert "start it again" in answer.json()["reason"]


def test_the_page_offers_no_open_route_that_takes_a_question(site: Site) -> None:
    described = httpx.get(f"{site.address}/gradio_api/info", timeout=60).json()
    assert described["named_endpoints"] == {}


def test_a_port_in_use_is_an_error_that_names_the_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(UsageError, match="--port 0"):
        serve(ordinary_archive(), port=taken.getsockname()[1])


def test_a_port_or_host_that_is_none_is_an_error_too() -> None:
    for host, port in (("127.0.0.1", 70_000), ("no.such.host.invalid", 0)):
        with pytest.raises(UsageError, match="cannot listen"):
            serve(ordinary_archive(), host=host, port=port)


@pytest.mark.browser
def test_the_server_stops_at_once_and_in_silence_while_a_page_is_open(browser: BrowserContext) -> None:
    program = (
        "from tests.ui.page_archive import ordinary_archive\nfrom ui.page import serve\n"
        "serve(ordinary_archive(), port=0)\nprint('closed')"
    )
    served = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert served.stdout is not None
    address = served.stdout.readline().split()[1]
    page = browser.new_page()
    page.goto(address)
    expect(page.locator("#gz-box textarea")).to_be_visible()
    served.send_signal(signal.SIGINT)
    out, err = served.communicate(timeout=60)
    page.close()
    assert (served.returncode, out, err) == (0, "closed\n", "")
