// Fields that help while they are filled in. Every page works without it; words come from the page.

const each = (selector, use) => document.querySelectorAll(selector).forEach(use);
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

each("textarea[data-limit]", countCharacters);
each("[data-then]", foldConditional);
each("input[data-show]", revealPassword);
each("#problems", leadToProblems);
