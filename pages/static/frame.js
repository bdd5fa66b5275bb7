// What Streamlit leaves to the page: the language of the document, and links that stay in it.
// Streamlit opens every link of a text in a new tab; links to the dashboard itself should act like
// its menu: same tab, same session, and the browser's way back works.

const told = document.querySelector("[data-frame]").dataset;
document.documentElement.lang = told.lang;

if (!window.dashboardLinks) {
  window.dashboardLinks = true;
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('[data-testid="stMain"] a[href]');
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
    if (!link || !plain || link.origin !== location.origin || link.hasAttribute("download")) return;
    if (!link.search && link.hash) return;
    event.preventDefault();
    history.pushState({}, "", link.href);
    dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  });
}
