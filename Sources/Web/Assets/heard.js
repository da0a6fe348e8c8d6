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
  }, 10000);
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
all(".live", keepFresh);
all("[data-print]", (button) => {
  button.hidden = false;
  button.addEventListener("click", () => print());
});

// Coming back by the back button: what was sent may be sent again.
addEventListener("pageshow", (event) => {
  if (event.persisted) all("form[data-sent]", allowAgain);
});
