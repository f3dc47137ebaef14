"""The command `gazette`: exit codes, one-line errors, help, encodings. No archive is opened here."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main

from tests.conftest import ROOT
from ui import reference
from ui.cli import app, run


def gazette(*arguments: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command as a process of its own."""
    command = [sys.executable, "-m", "ui", *arguments]
    return subprocess.run(
        command, cwd=ROOT, input=stdin, env={**os.environ, **environment}, capture_output=True, timeout=60, check=False
    )


def test_help_ends_well_and_names_every_command(capsys: pytest.CaptureFixture[str]):
    assert run(["--help"]) == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in ("index", "ask", "search", "inspect", "chat", "status", "eval"))


@pytest.mark.parametrize("name", [name for name in reference.commands() if name != "gazette"])
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]):
    assert run([*name.split()[1:], "--help"]) == 0
    assert "Usage" in capsys.readouterr().out


def test_every_command_and_option_is_explained():
    def unexplained(command, name):
        found = [] if command.help else [name]
        found += [f"{name} {parameter.name}" for parameter in command.params if not parameter.help]
        for child, sub in getattr(command, "commands", {}).items():
            found += unexplained(sub, f"{name} {child}")
        return found

    assert unexplained(typer.main.get_command(app), "gazette") == []


def test_the_written_reference_is_the_one_that_the_commands_give():
    assert (ROOT / "docs" / "cli.md").read_text("utf-8") == reference.markdown(), "run `make docs`"


def test_the_version_is_the_distributions(capsys: pytest.CaptureFixture[str]):
    from importlib.metadata import version

    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"gazette {version('gazette')}\n"


def test_no_command_shows_the_help_and_counts_as_usage(capsys: pytest.CaptureFixture[str]):
    assert run([]) == 2
    assert "Usage" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["aks"], "ask"),
        (["ask"], "QUESTION"),
        (["ask", "q", "--bogus"], "--bogus"),
        (["ask", "q", "--kind", "rumour"], "comment"),
        (["ask", "q", "--language", "de"], "fr"),
        (["ask", "q", "--now", "yesterday"], "2026-02-03"),
        (["search", "q", "--since", "2026-02-30"], "2026-02-30"),
        (["search", "q", "--since", "2026-13"], "2026-13"),
        (["search", "q", "--since", "0000"], "0000"),
        (["search", "q", "--since", "2026-03", "--until", "2026-02"], "--until"),
        (["search", "q", "--limit", "0"], "--limit"),
        (["chat", "--port", "70000"], "--port"),
        (["inspect", "no-such-file.txt"], "no-such-file.txt"),
        (["inspect", "\0"], "cannot read"),
        (["index"], "PATH"),
        (["ask", "q", "--store", "  \n", "--bogus"], "--bogus"),
    ],
)
def test_a_request_that_cannot_be_understood_is_one_line_and_code_2(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
):
    assert run(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("gazette: ")
    assert captured.err.count("\n") == 1
    assert told in captured.err


def test_a_setting_that_cannot_be_used_is_one_line_and_code_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("GAZETTE_RRF_K", "many")
    assert run(["ask", "q"]) == 2
    captured = capsys.readouterr()
    assert captured.err.startswith("gazette: cannot use the settings: rrf_k")
    assert captured.err.count("\n") == 1


def test_a_broken_settings_file_is_one_line_and_code_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "gazette.toml").write_text("store = [", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["status"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_an_error_does_not_drive_the_terminal(capsys: pytest.CaptureFixture[str]):
    assert run(["inspect", "\x1b[31mred\x9b2J.txt"]) == 2
    assert "\x1b" not in capsys.readouterr().err


def test_the_module_is_the_command():
    done = gazette("--version")
    assert done.returncode == 0
    assert done.stdout.startswith(b"gazette ")


def test_output_is_utf_8_whatever_the_locale(tmp_path: Path):
    text = tmp_path / "article.txt"
    text.write_text("Élections à Zaporijjia\n\nLe dépouillement s’est achevé hier, a déclaré l’Élysée.\n", "utf-8")
    done = gazette("inspect", str(text), LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "s’est achevé" in done.stdout.decode("utf-8")


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path):
    text = tmp_path / "article.txt"
    text.write_text("Un titre\n\n" + "Une phrase qui se répète sans fin dans ce long article.\n\n" * 4_000, "utf-8")
    writer = subprocess.Popen(
        [sys.executable, "-m", "ui", "inspect", str(text)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert writer.stdout is not None
    assert writer.stderr is not None
    writer.stdout.read(10)
    writer.stdout.close()
    assert writer.stderr.read() == b""
    writer.stderr.close()
    writer.wait(timeout=60)
