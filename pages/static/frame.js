// What Streamlit leaves to the page: the language of the document, links that stay in it, and a way
// back without empty steps. No module: those run once, this runs again when the language changes.
{
  document.documentElement.lang = document.querySelector("[data-frame]").dataset.lang;

  // Streamlit opens every link of a text in a new tab; links to the dashboard itself should act
  // like its menu: same tab, same session, and the browser's way back works.
  const stay = (event) => {
    const link = event.target.closest?.('[data-testid="stMain"] a[href]');
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
    if (!link || !plain || link.origin !== location.origin || link.hasAttribute("download")) return;
    if (!link.search && link.hash) return;
    event.preventDefault();
    history.pushState({}, "", link.href);
    dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  };

  // The menu leads to an address without parameters, and the page then adds them: that is one step.
  const push = history.pushState;
  const step = function (state, title, url) {
    const same = new URL(url, location.href).pathname === location.pathname;
    (same && !location.search ? history.replaceState : push).call(history, state, title, url);
  };

  if (!window.dashboardFrame) {
    window.dashboardFrame = true;
    document.addEventListener("click", stay);
    history.pushState = step;
  }
}
