// A key each for the buttons of a form. Every page works without it; words come from the page.

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

document.querySelectorAll("[data-keys]").forEach(pressByKey);
