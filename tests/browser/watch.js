// Lets a test wait until the dashboard has answered: `window.settled()`.
//
// Streamlit says that it runs only after the server's first message, and may never say it when the
// answer is quick. So the messages themselves are watched: a run is asked for by a BackMsg whose
// field is 11 (rerun_script) and has ended with a ForwardMsg whose field is 6 (script_finished),
// unless its value is 2 (early, for another run). Painted means: no element is stale or a skeleton,
// nothing is being fetched, and nothing in the page has changed for five frames.
(() => {
  if (window.top !== window) return;
  const RERUN_SCRIPT = 11, SCRIPT_FINISHED = 6, EARLY = 2, LENGTH_DELIMITED = 2;
  let running = true, fetching = 0, still = 0;

  function varint(bytes, at) {
    let value = 0, shift = 1;
    for (;;) {
      const byte = bytes[at++];
      value += (byte & 127) * shift;
      shift *= 128;
      if (byte < 128) return [value, at];
    }
  }
  function* fields(bytes) {
    for (let at = 0; at < bytes.length; ) {
      let tag, value;
      [tag, at] = varint(bytes, at);
      [value, at] = varint(bytes, at);
      yield [tag >> 3, value];
      if ((tag & 7) === LENGTH_DELIMITED) at += value;
    }
  }
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    if (!this.watched) {
      this.watched = true;
      this.addEventListener("message", ({ data }) => {
        if (!(data instanceof ArrayBuffer)) return;
        for (const [field, value] of fields(new Uint8Array(data)))
          if (field === SCRIPT_FINISHED && value !== EARLY) { running = false; still = 0; }
      });
    }
    if (ArrayBuffer.isView(data))
      for (const [field] of fields(data)) if (field === RERUN_SCRIPT) running = true;
    return send.call(this, data);
  };

  const fetch = window.fetch;
  window.fetch = (...asked) => {
    fetching += 1;
    return fetch(...asked).finally(() => { fetching -= 1; still = 0; });
  };

  new MutationObserver(() => { still = 0; }).observe(document, {
    subtree: true, childList: true, attributes: true, characterData: true,
  });
  const count = () => { still += 1; requestAnimationFrame(count); };
  requestAnimationFrame(count);

  window.settled = () =>
    !running && fetching === 0 && still > 5 &&
    document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning" &&
    !document.querySelector(
      "[data-stale=true], [data-testid=stSkeleton], [data-testid=stAppSkeleton]"
    );
})();
