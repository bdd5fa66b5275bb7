// Watches the page frame by frame from inside: `await measured` for the first view, `await
// click(element)` for a click, `await pressed()` for the next key. Times are milliseconds up to the start of the frame that shows a
// change. first, last: of any change; drawn: the first frame in which the figure looks as it does in
// the end, since it may be drawn again without a difference. Only what is different counts, not what
// is written again with the same value; what a canvas paints is no part of the document and is not
// seen. Needs ../browser/watch.js.
(() => {
  if (window.top !== window) return;
  const QUIET = 300, LONGEST = 90_000;
  const KINDS = {
    map: ".geolayer",
    figure: ".js-plotly-plot",
    text: "[data-testid=stMarkdown]",
    list: ".table table",
  };
  const FIGURES = ["map", "figure"];

  function parts(records, changed) {
    const known = new Set(); // a shape is drawn with a dozen attributes; one tells all
    for (const { type, target, attributeName, oldValue, addedNodes } of records) {
      if (type !== "childList" && known.has(target)) continue;
      if (type === "attributes" && target.getAttribute(attributeName) === oldValue) continue;
      if (type === "characterData" && target.data === oldValue) continue;
      changed.add("page");
      if (type !== "childList") known.add(target);
      const element = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
      for (const [kind, selector] of Object.entries(KINDS)) {
        if (changed.has(kind)) continue;
        // A figure is hidden and shown by an attribute of what its shapes stand in.
        const around =
          FIGURES.includes(kind) && type === "attributes" && element?.querySelector(selector);
        const within = element?.closest(selector);
        if (around || within || [...addedNodes].some((node) => node.querySelector?.(selector)))
          changed.add(kind);
      }
    }
  }

  // What a figure looks like: every shape and word in it that can be seen. Streamlit keeps the figure
  // that a new one replaced in the page, hidden, until the run ends: nobody sees it go.
  function look(kind) {
    return [...document.querySelectorAll(`${KINDS[kind]} :is(path, text)`)]
      .filter((mark) => mark.checkVisibility({ visibilityProperty: true }))
      .flatMap((mark) => [
        mark.getAttribute("d") ?? mark.textContent,
        mark.getAttribute("transform"),
        mark.getAttribute("style"),
      ]);
  }

  const alike = (one, other) =>
    one.length === other.length && one.every((value, i) => value === other[i]);

  function drawn(looks) {
    const end = looks.at(-1)?.marks;
    const different = looks.findLastIndex(({ marks }) => !alike(marks, end));
    return looks[different + 1]?.at;
  }

  function watch(start, act) {
    return new Promise((resolve, reject) => {
      const seen = { frames: 0 };
      const looks = Object.fromEntries(FIGURES.map((kind) => [kind, []]));
      const changed = new Set();
      const observer = new MutationObserver((records) => parts(records, changed));
      observer.observe(document, {
        subtree: true, childList: true, attributes: true, characterData: true,
        attributeOldValue: true, characterDataOldValue: true,
      });
      let last = performance.now();
      const frame = () => {
        const now = performance.now();
        parts(observer.takeRecords(), changed);
        for (const kind of changed) {
          seen[kind] ??= { first: now - start };
          seen[kind].last = now - start;
          looks[kind]?.push({ at: now - start, marks: look(kind) });
          last = now;
        }
        if (changed.size) seen.frames += 1;
        changed.clear();
        const over = now - last > QUIET && window.settled();
        if (!over && now - start < LONGEST) return requestAnimationFrame(frame);
        observer.disconnect();
        for (const kind of FIGURES)
          if (seen[kind]) seen[kind].drawn = drawn(looks[kind]);
        if (over) resolve(seen);
        else reject(new Error(`nothing came to rest within ${LONGEST / 1000} s`));
      };
      requestAnimationFrame(frame);
      act();
    });
  }

  window.measured = watch(0, () => {});
  window.click = (element) => watch(performance.now(), () => element.click());
  // A slider listens to real keys alone, which come from outside: the clock starts with the key.
  window.pressed = () =>
    new Promise((resolve) => {
      const start = () => resolve(watch(performance.now(), () => {}));
      window.addEventListener("keydown", start, { once: true, capture: true });
    });
})();
