// What Streamlit leaves to the page: the language of the document, links that stay in it, a way back
// without empty steps, figures in the reader's light, and what a keyboard or a screen reader misses.
// No module: those run once, this runs again when the language changes.
{
  // It may be gone while this was fetched, for another that brings this script again.
  const told = document.querySelector("[data-frame]");
  if (told) {
    document.documentElement.lang = told.dataset.lang;
    window.dashboardWords = JSON.parse(told.dataset.words);
  }

  // Streamlit runs the page when the reader goes back or forth.
  const run = () => dispatchEvent(new PopStateEvent("popstate", { state: {} }));

  // Streamlit opens every link of a text in a new tab; links to the dashboard itself should act
  // like its menu: same tab, same session, and the browser's way back works.
  const stay = (event) => {
    const link = event.target.closest?.('[data-testid="stMain"] a[href]');
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey;
    if (!link || !plain || link.origin !== location.origin || link.hasAttribute("download")) return;
    if (!link.search && link.hash) return;
    event.preventDefault();
    history.pushState({}, "", link.href);
    run();
  };

  // The menu leads to an address without parameters, and the page then adds them: that is one step.
  const push = history.pushState;
  const step = function (state, title, url) {
    const same = new URL(url, location.href).pathname === location.pathname;
    (same && !location.search ? history.replaceState : push).call(history, state, title, url);
  };

  // The page turns dark or light at once; figures are drawn for one of them, so they need a run.
  const app = document.querySelector('[data-testid="stApp"]');
  const ground = () => getComputedStyle(app).backgroundColor;
  let shown;
  const follow = () => {
    if (ground() === shown) return;
    const first = !shown;
    shown = ground();
    document.documentElement.style.setProperty("--ground", shown);
    if (!first) run();
  };

  // Streamlit writes white on the theme's colour, which is a light one in the dark.
  const looks = new CSSStyleSheet();
  looks.replaceSync(`
    [data-tag], [data-tag] *, [data-testid^="stBaseButton-primary"]:not(:disabled) {
      color: var(--ground); }
  `);

  // Streamlit speaks English alone. What it said is kept, for when the language changes back.
  const CHROME = ["stSkipToContent", "stHeader", "stMainMenuPopover", "stFileUploader",
    "stMultiSelectDropdown", "stSelectboxDropdown", "stDateInput", "stTooltipContent"]
    .map((name) => `[data-testid="${name}"]`).concat("[aria-live]").join();
  const said = new WeakMap();
  const inWords = (text) => {
    const words = window.dashboardWords;
    const number = text.match(/[0-9.,]*[0-9]/)?.[0];
    const known = words[text] ?? (number && words[text.replace(number, "#")]);
    if (known) return known.replace("#", number);
    for (const [word, said] of Object.entries(words)) {
      const [before, after] = word.split("…");
      if (after === undefined || !text.startsWith(before) || !text.endsWith(after)) continue;
      const name = text.slice(before.length, text.length - after.length);
      return said.replace("…", () => name);
    }
    return text;
  };
  const say = (place, name, now, write) => {
    const before = said.get(place) ?? said.set(place, {}).get(place);
    const english = before[name]?.written === now ? before[name].english : now;
    const written = inWords(english);
    if (written === now) return;
    before[name] = { english, written };
    write(written);
  };
  let foreign = false;
  const translate = () => {
    if (!foreign && !Object.keys(window.dashboardWords ?? {}).length) return;
    foreign = Object.keys(window.dashboardWords).length > 0;
    for (const part of document.querySelectorAll(CHROME)) {
      const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const text = texts.currentNode;
        say(text, "text", text.nodeValue, (written) => { text.nodeValue = written; });
      }
    }
    for (const name of ["aria-label", "placeholder", "title"])
      for (const part of document.querySelectorAll(`[${name}]`))
        say(part, name, part.getAttribute(name), (written) => part.setAttribute(name, written));
  };

  // The menu's list holds more than items, and a table wider than the screen scrolls: without a
  // place to stop at, not by keyboard.
  const mend = () => {
    const menu = '[data-testid="stSidebarNavItems"]';
    for (const part of document.querySelectorAll(`${menu}, ${menu} li`)) part.role = "none";
    for (const box of document.querySelectorAll(".table")) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    }
  };
  let due = 0;
  const soon = () => {
    due ||= requestAnimationFrame(() => {
      due = 0;
      mend();
      translate();
    });
  };

  // The day of this visit and of the one before it, for "since your last visit". They stay in this
  // browser; the dashboard keeps nothing of them.
  const remember = () => {
    const kept = (name) => document.cookie.match(`(?:^|; )${name}=([-0-9]{10})`)?.[1];
    const keep = (name, day) => {
      if (day) document.cookie = `${name}=${day}; path=/; max-age=31536000; samesite=strict`;
    };
    const [seen, today] = [kept("alliance_seen"), new Date().toISOString().slice(0, 10)];
    if (seen === today) return;
    keep("alliance_before", seen);
    keep("alliance_seen", today);
  };

  // Run again, it brings other words, maybe after all else has changed: then nothing else calls.
  if (window.dashboardFrame) window.dashboardFrame();
  else {
    window.dashboardFrame = soon;
    remember();
    document.addEventListener("click", stay);
    history.pushState = step;
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, looks];
    follow();
    new MutationObserver(follow).observe(app, { attributeFilter: ["class"] });
    new MutationObserver(soon).observe(document.body, { childList: true, subtree: true });
    window.addEventListener("resize", soon);
    soon();
  }
}
