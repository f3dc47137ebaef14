"""Fixtures that every test may use: Chromium, the seeds, the sample archive.

A test that wants a thing this machine lacks is skipped, visibly. Where the environment variable GAZETTE_REQUIRE names
that thing ("browser", "seeds", or both with a comma) the skip is a failure instead, so that a continuous integration
run cannot pass by skipping. The user's own settings are kept out of the tests.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Fixture -> marker of the tests that use it, and the name by which GAZETTE_REQUIRE asks for it.
NEEDS = {"chromium": "browser", "seeds_dir": "seeds"}
KEPT = {"GAZETTE_SEEDS_DIR", "GAZETTE_REQUIRE", "GAZETTE_CHROMIUM"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def required() -> set[str]:
    """What may not be missing in this run."""
    names = {name.strip() for name in os.environ.get("GAZETTE_REQUIRE", "").split(",")} - {""}
    unknown = names - set(NEEDS.values())
    if unknown:
        raise pytest.UsageError(f"GAZETTE_REQUIRE names {sorted(unknown)}; known: {sorted(NEEDS.values())}")
    return names


def pytest_configure(config: pytest.Config) -> None:
    """Check GAZETTE_REQUIRE and drop the settings of the user who runs the tests."""
    del config
    required()
    for name in [name for name in os.environ if name.startswith("GAZETTE_") and name not in KEPT]:
        del os.environ[name]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that use a fixture of NEEDS, so that `-m "not browser"` leaves them out."""
    for item in items:
        for fixture, marker in NEEDS.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(marker)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn the skip of a test that GAZETTE_REQUIRE wants into a failure."""
    report = yield
    wanted = required() & {marker.name for marker in item.iter_markers()}
    if report.skipped and wanted and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and GAZETTE_REQUIRE asks for {', '.join(sorted(wanted))}"
    return report


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the Chromium that the page's tests drive."""
    named = os.environ.get("GAZETTE_CHROMIUM")
    found = named or next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if not found:
        pytest.skip("no Chromium on this machine; install one or name it in GAZETTE_CHROMIUM")
    return found


@pytest.fixture(scope="session")
def seeds_dir() -> Path:
    """The folder of the seed texts, which are not in this repository."""
    named = os.environ.get("GAZETTE_SEEDS_DIR")
    if not named:
        pytest.skip("GAZETTE_SEEDS_DIR is not set")
    folder = Path(named)
    if not folder.is_dir():
        pytest.fail(f"GAZETTE_SEEDS_DIR names {folder}, which is not a folder")
    return folder


@pytest.fixture(scope="session")
def sample_archive() -> Path:
    """The sample archive of this repository."""
    return ROOT / "examples" / "archive"
