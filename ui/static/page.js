() => {
  // Gradio names each message by its markup, which a screen reader would spell out; the message's text says it better.
  const unname = () => {
    for (const message of document.querySelectorAll("#gz-chat .message [aria-label]")) message.removeAttribute("aria-label");
  };
  new MutationObserver(unname).observe(document.body, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["aria-label"],
  });

  // A click on [n] in an answer shows that answer's sources, brings card n into view and marks it for a moment.
  const show = (card) => {
    const turn = card.closest(".gz-turn");
    for (const other of turn.parentElement.querySelectorAll(".gz-turn")) other.hidden = other !== turn;
    for (const marked of document.querySelectorAll(".gz-chosen")) marked.classList.remove("gz-chosen");
    card.classList.add("gz-chosen");
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    card.scrollIntoView({ behavior: still ? "auto" : "smooth", block: "nearest" });
    card.focus({ preventScroll: true });
  };
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a.gz-cite") : null;
    if (!link) return;
    event.preventDefault();
    const card = document.getElementById((link.getAttribute("href") || "").split("#").pop());
    if (card && card.closest(".gz-turn")) show(card);
  });
}
