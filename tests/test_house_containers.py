"""The compose file and the image keep their promises, as far as reading them and running their checks can tell."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))


@pytest.fixture(scope="module")
def dockerfile() -> str:
    return (ROOT / "Dockerfile").read_text("utf-8")


@contextmanager
def server(status: int) -> Iterator[int]:
    """A local HTTP server that answers every GET with `status`; yields its port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(b"all shards are ready")

        def log_message(self, format: str, *arguments: object) -> None:
            del format, arguments

    http = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=http.serve_forever, daemon=True)
    thread.start()
    try:
        yield http.server_port
    finally:
        http.shutdown()
        http.server_close()
        thread.join()


def test_qdrant_is_pinned_to_a_release_that_knows_weighted_fusion(compose: dict[str, Any]):
    found = re.fullmatch(r"qdrant/qdrant:v(\d+)\.(\d+)\.(\d+)", compose["services"]["qdrant"]["image"])
    assert found
    assert (int(found[1]), int(found[2])) >= (1, 17)


def test_qdrant_is_within_a_minor_release_of_its_client(compose: dict[str, Any]):
    # qdrant-client warns of, and does not promise, anything further apart.
    from importlib.metadata import version

    server_minor = int(compose["services"]["qdrant"]["image"].split(".")[1])
    assert abs(server_minor - int(version("qdrant-client").split(".")[1])) <= 1


@pytest.mark.parametrize("service", ["qdrant", "app"])
def test_the_api_key_must_come_from_the_environment(compose: dict[str, Any], service: str):
    keys = [value for name, value in compose["services"][service]["environment"].items() if name.endswith("__API_KEY")]
    keys += [compose["services"][service]["environment"].get("GAZETTE_API_KEY", "")]
    assert any(key.startswith("${GAZETTE_API_KEY:?") for key in keys)


def test_every_port_is_bound_to_this_machine_alone(compose: dict[str, Any]):
    ports = [port for service in compose["services"].values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_what_is_written_lies_on_named_volumes(compose: dict[str, Any]):
    mounted = {volume.split(":")[0] for service in compose["services"].values() for volume in service["volumes"]}
    assert {"qdrant", "manifest", "ollama"} <= mounted
    assert {"qdrant", "manifest", "ollama"} <= set(compose["volumes"])


def test_the_app_waits_until_qdrant_is_healthy(compose: dict[str, Any]):
    assert compose["services"]["app"]["depends_on"]["qdrant"]["condition"] == "service_healthy"
    assert compose["services"]["app"]["environment"]["GAZETTE_STORE"] == "http://qdrant:6333"


def test_every_service_has_a_health_check(compose: dict[str, Any]):
    assert all(service["healthcheck"]["test"][0] == "CMD" for service in compose["services"].values())


def test_the_language_model_starts_only_when_asked_for(compose: dict[str, Any]):
    assert compose["services"]["ollama"]["profiles"] == ["ollama"]
    assert not compose["services"]["app"].get("profiles")


def test_no_image_floats(compose: dict[str, Any]):
    pulled = [service["image"] for service in compose["services"].values() if "build" not in service]
    assert all(re.search(r":v?\d+\.\d+\.\d+$", image) for image in pulled)


@pytest.mark.parametrize(("status", "healthy"), [(200, True), (503, False)])
def test_the_health_check_of_qdrant_reads_its_answer(compose: dict[str, Any], status: int, healthy: bool):
    bash = shutil.which("bash")
    if not bash:
        pytest.skip("no bash on this machine")
    script = compose["services"]["qdrant"]["healthcheck"]["test"][3].replace("$$", "$")
    assert "curl" not in script
    assert "wget" not in script
    with server(status) as port:
        done = subprocess.run([bash, "-c", script.replace("/6333", f"/{port}")], capture_output=True, check=False)
    assert (done.returncode == 0) is healthy


def test_the_health_check_of_qdrant_fails_where_nothing_listens(compose: dict[str, Any]):
    bash = shutil.which("bash")
    if not bash:
        pytest.skip("no bash on this machine")
    script = compose["services"]["qdrant"]["healthcheck"]["test"][3].replace("$$", "$")
    with server(200) as port:
        pass
    done = subprocess.run([bash, "-c", script.replace("/6333", f"/{port}")], capture_output=True, check=False)
    assert done.returncode != 0


def test_the_image_runs_as_a_user_without_rights(dockerfile: str):
    users = re.findall(r"^USER (\S+)", dockerfile, re.MULTILINE)
    assert users
    assert users[-1] not in {"root", "0"}


def test_the_image_takes_only_what_the_program_needs(dockerfile: str):
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert ignored[0] == "*"
    copied = {
        name.rstrip("/") for line in re.findall(r"^COPY (.+) \S+$", dockerfile, re.MULTILINE) for name in line.split()
    }
    assert copied <= {line[1:] for line in ignored if line.startswith("!")}


def test_the_image_pins_its_python_and_gets_no_model(dockerfile: str):
    assert re.search(r"^FROM python:3\.11-slim$", dockerfile, re.MULTILINE)
    assert not re.search(r"huggingface|snapshot_download|nltk\.download|ollama pull", dockerfile)
