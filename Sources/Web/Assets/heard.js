// Improvements only: every page works without this file. No words of its own; they come from the page.

const all = (selector, use) => document.querySelectorAll(selector).forEach(use);
const number = new Intl.NumberFormat(document.documentElement.lang || "en");
const segments = "Segmenter" in Intl ? new Intl.Segmenter() : null;

/** Characters as people count them, and as the server does: a family emoji is one. */
function length(words) {
  const text = words.trim().replaceAll("\r\n", "\n");
  let count = 0;
  for (const _ of segments ? segments.segment(text) : text) count += 1;
  return count;
}

/** Says how many characters are left; aloud only once somebody pauses, or it would talk over them. */
function countCharacters(area) {
  const note = document.getElementById(area.id + "-limit");
  if (!note) return;
  const limit = Number(area.dataset.limit);
  const shown = document.createElement("span");
  const spoken = document.createElement("span");
  shown.setAttribute("aria-hidden", "true");
  spoken.className = "only-spoken";
  spoken.setAttribute("role", "status");
  note.append(" ", shown);
  note.after(spoken);
  let pause;
  const update = (event) => {
    const left = limit - length(area.value);
    const sentence = (left < 0 ? note.dataset.over : note.dataset.left).replace("{n}", number.format(Math.abs(left)));
    // Far from the limit a counter only worries people.
    shown.textContent = left < limit / 2 || left < 100 ? sentence : "";
    note.classList.toggle("over", left < 0);
    clearTimeout(pause);
    if (event && shown.textContent) pause = setTimeout(() => (spoken.textContent = sentence), 1000);
  };
  area.addEventListener("input", update);
  update();
}

/** Folds away what only those who choose an answer are asked. */
function foldConditional(input) {
  const then = document.getElementById(input.dataset.then);
  if (!then) return;
  const update = () => (then.hidden = !input.checked);
  const group = input.type === "radio" && input.form ? input.form.elements[input.name] : [input];
  for (const one of group instanceof RadioNodeList ? group : [input]) one.addEventListener("change", update);
  update();
}

function revealPassword(input) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button secondary";
  button.textContent = input.dataset.show;
  button.setAttribute("aria-controls", input.id);
  const row = document.createElement("div");
  row.className = "with-reveal";
  input.replaceWith(row);
  row.append(input, button);
  const show = (isShown) => {
    input.type = isShown ? "text" : "password";
    button.textContent = isShown ? input.dataset.hide : input.dataset.show;
  };
  button.addEventListener("click", () => show(input.type === "password"));
  // Sent as a password, so that the browser does not remember it as a word.
  input.form?.addEventListener("submit", () => show(false));
}

function copyWords(button) {
  if (!navigator.clipboard) return;
  const label = button.textContent;
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = button.dataset.copied;
      setTimeout(() => (button.textContent = label), 3000);
    } catch {
      button.hidden = true;
    }
  });
}

/** A thumb pressed twice sends once. The buttons stay enabled, or their names would not be sent. */
function sendOnce(form) {
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    form.querySelectorAll("[type=submit]").forEach((button) => button.setAttribute("aria-disabled", "true"));
    // On a bad connection somebody may stop it and try again; the server knows the same form when it comes twice.
    setTimeout(() => allowAgain(form), 8000);
  });
}

function allowAgain(form) {
  delete form.dataset.sent;
  form.querySelectorAll("[aria-disabled=true]").forEach((button) => button.removeAttribute("aria-disabled"));
}

/** Asks before typed words are left behind. */
function guard(form) {
  let isTyped = false;
  form.addEventListener("input", () => (isTyped = true));
  addEventListener("beforeunload", (event) => {
    if (isTyped && !form.dataset.sent) event.preventDefault();
  });
}

/** Control or Command with Enter sends the form, for those who type while people talk. */
function sendByKey(form) {
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
}

/** Saves in the background and leaves the field ready for the next words. Where that fails, they are sent the usual way. */
function stayOpen(form) {
  const area = form.querySelector("textarea");
  form.addEventListener("submit", async (event) => {
    if (event.defaultPrevented || !area) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form));
    const words = area.value;
    area.value = "";
    area.focus();
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      document.getElementById("captured").replaceWith(page.getElementById("captured"));
      document.getElementById("saved").replaceChildren(...page.getElementById("saved").childNodes);
      form.elements.submission.value = page.querySelector("form[data-stays]").elements.submission.value;
      area.dispatchEvent(new Event("input", { bubbles: true }));
      allowAgain(form);
    } catch {
      area.value = area.value ? words + "\n" + area.value : words;
      form.submit();
    }
  });
}

/** The summary of problems is read first, and each of its links puts the cursor into its field. */
function leadToProblems(summary) {
  summary.focus();
  summary.addEventListener("click", (event) => {
    const id = event.target.closest("a")?.hash.slice(1);
    const field = id && document.getElementById(decodeURIComponent(id));
    if (!field) return;
    event.preventDefault();
    field.closest("details:not([open])")?.setAttribute("open", "");
    field.closest(".field")?.scrollIntoView();
    field.focus({ preventScroll: true });
  });
}

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

/** A key each for a form's buttons. Turned off they stay off: for who speaks to a computer every word is many keys. */
function pressByKey(note) {
  const form = document.getElementById(note.dataset.keys);
  // No keyboard, nothing to say about keys.
  if (!form || !matchMedia("(any-hover: hover)").matches) return;
  const turn = note.querySelector("button");
  const buttons = [...form.querySelectorAll("[type=submit]")];
  let isOn = remembered("keys") !== "off";
  const show = () => {
    note.hidden = false;
    note.firstElementChild.hidden = !isOn;
    turn.textContent = isOn ? note.dataset.off : note.dataset.on;
    buttons.forEach((button, place) => {
      button.querySelector("kbd")?.remove();
      button.removeAttribute("aria-keyshortcuts");
      if (!isOn) return;
      const key = document.createElement("kbd");
      key.textContent = place + 1;
      key.setAttribute("aria-hidden", "true");
      button.prepend(key);
      button.setAttribute("aria-keyshortcuts", place + 1);
    });
  };
  turn.addEventListener("click", () => {
    isOn = !isOn;
    remember("keys", isOn ? "on" : "off");
    show();
  });
  addEventListener("keydown", (event) => {
    const button = isOn && buttons[Number(event.key) - 1];
    const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (!button || isTyping || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    button.click();
  });
  show();
}

/** Some browsers forbid remembering; then it is forgotten with the page. */
function remembered(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function remember(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {}
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

all("textarea[data-limit]", countCharacters);
all("[data-then]", foldConditional);
all("input[data-show]", revealPassword);
all("[data-copy]", copyWords);
all("form[method=post]", sendOnce);
all("form[data-guard]", guard);
all("form[data-quick]", sendByKey);
all("form[data-stays]", stayOpen);
all("#problems", leadToProblems);
all("[data-keys]", pressByKey);
all("[data-map]", exploreMap);
all(".live", keepFresh);
all("[data-print]", (button) => {
  button.hidden = false;
  button.addEventListener("click", () => print());
});

// Coming back by the back button: what was sent may be sent again.
addEventListener("pageshow", (event) => {
  if (event.persisted) all("form[data-sent]", allowAgain);
});
