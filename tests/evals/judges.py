"""Judges that are wrong on purpose, and one that knows only letters."""

from __future__ import annotations

from evals.judge.types import Claim, Verdict


class AlwaysYes:
    """Supports whatever it is given."""

    version = "yes"

    def verdict(self, claim: Claim) -> Verdict:
        del claim
        return Verdict("supported", "yes", "coverage")


class AlwaysNo:
    """Supports nothing."""

    version = "no"

    def verdict(self, claim: Claim) -> Verdict:
        del claim
        return Verdict("not found", "no", "coverage")


class Fallen:
    """Fails whatever it is asked."""

    version = "fallen"

    def verdict(self, claim: Claim) -> Verdict:
        del claim
        raise RuntimeError("the model is gone")


class Mumbling:
    """Says what is no verdict, with a yes in it."""

    version = "mumbling"

    def verdict(self, claim: Claim) -> Verdict:
        del claim
        return Verdict("No. I cannot say yes.", "", "model")  # type: ignore[arg-type]


class Letters:
    """Supports a claim when the evidence together holds all of its letters; remembers what it was asked."""

    version = "letters"

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def verdict(self, claim: Claim) -> Verdict:
        held = " ".join(one.quote for one in claim.cited)
        self.asked.append((claim.text, held))
        lacking = sorted(set(claim.text) - set(held))
        if lacking:
            return Verdict("not found", f"lacks {', '.join(lacking)}", "coverage")
        return Verdict("supported", "every letter", "coverage")
