"use strict";
(() => {
  const all = [...document.querySelectorAll("article.finding")];
  const accounts = [...document.querySelectorAll("section.account")];
  const boxes = [...document.querySelectorAll("input[name=severity]")];
  const chosen = document.getElementById("chosen");
  const position = document.getElementById("position");
  let at = -1;
  const seen = () => all.filter((finding) => !finding.hidden && !finding.closest("section.account").hidden);
  const tell = () => {
    const shown = seen();
    at = shown.indexOf(document.activeElement);
    position.textContent = at >= 0 ? `${at + 1} / ${shown.length}` : `${shown.length} ${position.dataset.word}`;
  };
  const filter = () => {
    const wanted = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    for (const finding of all) finding.hidden = !wanted.has(finding.dataset.severity);
    for (const account of accounts) account.hidden = chosen.value !== "" && account.id !== chosen.value;
    tell();
  };
  const reach = (finding) => {
    for (const frame of finding.querySelectorAll(".frame[data-focus]")) {
      frame.scrollLeft = Number(frame.dataset.focus) * frame.scrollWidth - frame.clientWidth / 2;
    }
  };
  const go = (step) => {
    const shown = seen();
    if (!shown.length) return;
    let next = shown.indexOf(document.activeElement.closest("article.finding"));
    if (next < 0) {
      const below = shown.findIndex((finding) => finding.getBoundingClientRect().bottom > 120);
      next = step > 0 ? (below < 0 ? 0 : below) : (below < 1 ? shown.length - 1 : below - 1);
    } else {
      next = Math.min(Math.max(next + step, 0), shown.length - 1);
    }
    reach(shown[next]);
    shown[next].focus({ preventScroll: true });
    shown[next].scrollIntoView({ block: "start" });
    tell();
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    const sideways = event.target.classList.contains("frame") ? [] : ["ArrowRight", "ArrowLeft"];
    if (event.key === "j" || event.key === sideways[0]) { go(1); event.preventDefault(); }
    if (event.key === "k" || event.key === sideways[1]) { go(-1); event.preventDefault(); }
  });
  document.getElementById("next").addEventListener("click", () => go(1));
  document.getElementById("previous").addEventListener("click", () => go(-1));
  for (const box of boxes) box.addEventListener("change", filter);
  chosen.addEventListener("change", filter);
  document.addEventListener("focusin", tell);
  document.getElementById("tools").hidden = all.length === 0;
  all.forEach(reach);
  filter();
})();
