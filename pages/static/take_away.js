// Takes figures and tables away, in the reader's browser. Loaded once for a page, whatever is redrawn.
//
// A figure is copied as it stands on the screen: Plotly draws in SVG, so its layers are put into one
// picture with the title above and the stamp below. PNG is that picture painted at double size.

const PAD = 16;
// As in charts/theme.py: fonts of the reader's own system, for a picture loads no others.
const FONT =
  "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif";
const FORBIDDEN_IN_XML = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

const looks = new CSSStyleSheet();
looks.replaceSync(`
  .take-away { display: flex; flex-wrap: wrap; gap: 0.25rem 0.5rem; align-items: center;
    font-size: 0.875rem; }
  .take-away > span { opacity: 0.8; }
  .take-away a, .take-away button { color: inherit; background: none; font: inherit; cursor: pointer;
    padding: 0.125rem 0.5rem; min-height: 1.75rem; display: inline-flex; align-items: center;
    border: 1px solid color-mix(in srgb, currentColor 30%, transparent); border-radius: 0.375rem;
    text-decoration: none; }
  .take-away a:hover, .take-away button:hover { border-color: currentColor; }
  .take-away a:focus-visible, .take-away button:focus-visible { outline: 2px solid currentColor;
    outline-offset: 2px; }
  @media print { .take-away { display: none; } }
`);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, looks];

document.addEventListener("click", async (event) => {
  const control = event.target.closest?.(".take-away a, .take-away button");
  if (!control || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const row = control.closest(".take-away");
  const told = JSON.parse(row.dataset.told);
  const status = row.querySelector("[role=status]");
  status.textContent = told.busy;
  try {
    if (control.href) await takeTable(control, told);
    else await takeFigure(control.dataset.kind, told);
    status.textContent = "";
  } catch (problem) {
    status.textContent = problem.forReader ?? told.failed;
    if (!problem.forReader) console.error(problem);
  }
});

async function asked(address, told) {
  const answer = await fetch(address);
  if (answer.ok) return answer;
  const forReader = answer.status === 404 ? told.gone : await answer.text();
  throw Object.assign(new Error(forReader), { forReader });
}

async function takeTable(link, told) {
  const answer = await asked(link.href, told);
  save(await answer.blob(), link.download);
}

async function takeFigure(kind, told) {
  const around = await (await asked(told.picture, told)).json();
  const plot = document.querySelector(`.st-key-${CSS.escape(told.figure)} .js-plotly-plot`);
  const { text, width, height } = picture(plot, around);
  const svg = new Blob([text], { type: "image/svg+xml" });
  save(kind === "svg" ? svg : await painted(svg, width, height), `${told.file}.${kind}`);
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function picture(plot, around) {
  // The third layer is what appears under the mouse; it is left behind.
  const layers = [...plot.querySelectorAll(".main-svg")].slice(0, 2);
  const wide = Math.ceil(layers[0].width.baseVal.value);
  const width = wide + 2 * PAD;
  const tall = Math.ceil(layers[0].height.baseVal.value);
  const ink = getComputedStyle(plot).color;
  const right = getComputedStyle(plot).direction === "rtl";
  const root = make("svg", { width, role: "img" });
  const ground = make("rect", { width: "100%", height: "100%", fill: background(plot) });
  root.append(make("title", {}, around.title), make("desc", {}, around.small.join("\n")), ground);
  let y = PAD / 2;

  function write(text, size, weight, opacity) {
    for (const line of wrapped(text, wide, `${weight} ${size}px ${FONT}`)) {
      y += size * 1.35;
      const at = { x: right ? width - PAD : PAD, y, fill: ink, "fill-opacity": opacity };
      const how = { "font-family": FONT, "font-size": size, "font-weight": weight };
      root.append(make("text", { ...at, ...how, direction: right ? "rtl" : "ltr" }, line));
    }
  }

  if (around.notice) write(around.notice, 14, 700, 1);
  write(around.title, 18, 700, 1);
  y += PAD / 2;
  for (const layer of layers) {
    const copy = layer.cloneNode(true);
    for (const part of copy.querySelectorAll(".draglayer, .zoomlayer, .hoverlayer")) part.remove();
    // A hundredth of a pixel is enough, and a map's file a third of the size.
    for (const path of copy.querySelectorAll("path[d]")) {
      path.setAttribute("d", path.getAttribute("d").replace(/(\.\d\d)\d+/g, "$1"));
    }
    for (const [name, value] of Object.entries({ x: PAD, y, width: wide, height: tall })) {
      copy.setAttribute(name, value);
    }
    root.append(copy);
  }
  y += tall;
  for (const line of around.small) write(line, 12, 400, 0.85);
  y += PAD;
  const height = Math.ceil(y);
  root.setAttribute("height", height);
  root.setAttribute("viewBox", `0 0 ${width} ${height}`);
  const text = new XMLSerializer().serializeToString(root).replace(FORBIDDEN_IN_XML, "\ufffd");
  return { text, width, height };
}

async function painted(svg, width, height) {
  const address = URL.createObjectURL(svg);
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [2 * width, 2 * height];
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done) => canvas.toBlob(done, "image/png"));
  } finally {
    URL.revokeObjectURL(address);
  }
}

function make(name, attributes, text = "") {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.textContent = text;
  return element;
}

function wrapped(text, width, font) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = font;
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (lines.at(-1) && pen.measureText(longer).width > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

function background(element) {
  for (let at = element; at; at = at.parentElement) {
    const colour = getComputedStyle(at).backgroundColor;
    if (!/^(transparent|rgba\(.*, 0\))$/.test(colour)) return colour;
  }
  return "white";
}
