// Figures that move while people answer, and maps to zoom into. Every page works without it; words come from the page.

const each = (selector, use) => document.querySelectorAll(selector).forEach(use);

/** Figures that move while people answer: asks again now and then, and leaves alone what somebody is reading with the keyboard. */
function keepFresh(part) {
  setInterval(async () => {
    if (document.hidden || part.contains(document.activeElement)) return;
    // No connection: what is there stays.
    const page = await fetch(location.href).then((answer) => (answer.ok ? answer.text() : ""), () => "");
    const fresh = new DOMParser().parseFromString(page, "text/html").getElementById(part.id);
    if (!fresh || fresh.innerHTML === part.dataset.seen) return;
    part.dataset.seen = fresh.innerHTML;
    const open = [...part.querySelectorAll("details")].map((one) => one.open);
    part.replaceChildren(...fresh.childNodes);
    part.querySelectorAll("details").forEach((one, place) => (one.open = open[place]));
    part.querySelectorAll("[data-map]").forEach(exploreMap);
  }, 10000);
}

/** What is chosen on each map, and which part of it is in view: kept when fresh figures come. */
const views = new Map();

/** Zooms into a map, and shows what a part of it says where it is pressed. The table beside it says the same to everybody. */
function exploreMap(tools) {
  const svg = tools.previousElementSibling?.querySelector("svg");
  if (!svg) return;
  const whole = svg.getAttribute("viewBox").split(" ").map(Number);
  const areas = [...svg.querySelectorAll(".area")];
  const rows = tools.parentElement.querySelectorAll("tbody tr");
  const parts = [...tools.querySelectorAll("[data-part]")];
  const said = tools.querySelector("[aria-live]");
  const words = [...rows].map((row) => row.cells[1].textContent);
  const view = views.get(tools.id) ?? { box: whole, part: -1 };
  views.set(tools.id, view);
  // With fresh answers a group may have another letter, or be gone: it is known by what it says.
  view.part = words.indexOf(view.words);
  if (view.words && view.part < 0) view.box = whole;

  const draw = (box) => svg.setAttribute("viewBox", box.map((one) => one.toFixed(1)).join(" "));
  const within = (least, value, most) => Math.min(Math.max(value, least), most);
  /** So many times as large, with this point in the middle as far as the edge allows. */
  const look = (scale, x, y) => {
    const from = view.box;
    const [width, height] = [whole[2], whole[3]].map((one) => one / within(1, scale, 8));
    view.box = [within(0, x - width / 2, whole[2] - width), within(0, y - height / 2, whole[3] - height), width, height];
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return draw(view.box);
    const to = view.box;
    const start = performance.now();
    const step = (now) => {
      const way = within(0, (now - start) / 200, 1);
      // Somebody has pressed again meanwhile.
      if (view.box !== to) return;
      draw(from.map((one, place) => one + (to[place] - one) * way));
      if (way < 1) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  };
  const zoom = (times) => look((whole[2] / view.box[2]) * times, view.box[0] + view.box[2] / 2, view.box[1] + view.box[3] / 2);
  const move = (x, y) => look(whole[2] / view.box[2], view.box[0] + view.box[2] * (0.5 + x), view.box[1] + view.box[3] * (0.5 + y));
  const mark = (part) => {
    view.part = part;
    view.words = words[part];
    parts.forEach((button, place) => button.setAttribute("aria-pressed", place === part));
    areas.forEach((area, place) => area.classList.toggle("chosen", place === part));
    const [name, says] = rows[part]?.cells ?? [];
    if (!name) return said.replaceChildren();
    const heading = document.createElement("strong");
    heading.textContent = name.textContent;
    said.replaceChildren(heading, ...says.cloneNode(true).childNodes);
  };
  const choose = (part) => {
    mark(part === view.part ? -1 : part);
    const box = areas[view.part]?.getBBox();
    if (!box) return look(1, 0, 0);
    look(Math.min(whole[2] / box.width, whole[3] / box.height) / 2, box.x + box.width / 2, box.y + box.height / 2);
  };

  tools.hidden = false;
  svg.classList.add("explored");
  draw(view.box);
  mark(view.part);
  parts.forEach((button, place) => button.addEventListener("click", () => choose(place)));
  const ways = { in: () => zoom(1.5), out: () => zoom(1 / 1.5), whole: () => look(1, 0, 0) };
  tools.querySelectorAll("[data-zoom]").forEach((button) => button.addEventListener("click", ways[button.dataset.zoom]));
  svg.addEventListener("click", (event) => {
    const part = areas.indexOf(event.target);
    if (part >= 0) return choose(part);
    // A press beside the areas brings that place to the middle: nobody needs to drag.
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    look(whole[2] / view.box[2], at.x, at.y);
  });
  const keys = {
    "+": ways.in, "=": ways.in, "-": ways.out, "0": ways.whole,
    ArrowLeft: () => move(-0.25, 0), ArrowRight: () => move(0.25, 0), ArrowUp: () => move(0, -0.25), ArrowDown: () => move(0, 0.25),
  };
  tools.addEventListener("keydown", (event) => {
    if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    keys[event.key]();
  });
}

each("[data-map]", exploreMap);
each(".live", keepFresh);
