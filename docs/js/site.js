// A table that is wider than its place can be scrolled by keyboard too. The theme wraps tables after the page has loaded.
function reachable() {
  for (const wrap of document.querySelectorAll(".md-typeset__scrollwrap")) {
    if (wrap.scrollWidth > wrap.clientWidth) {
      wrap.tabIndex = 0;
      wrap.setAttribute("role", "group");
      wrap.setAttribute("aria-label", "Table, can be scrolled");
    }
  }
}
window.addEventListener("load", () => requestAnimationFrame(reachable));
window.addEventListener("resize", reachable);
