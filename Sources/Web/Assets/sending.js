// Forms that are sent once, by thumb or by key, and not lost by accident. Every page works without it; words come from the page.

const each = (selector, use) => document.querySelectorAll(selector).forEach(use);

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

export function allowAgain(form) {
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

each("form[method=post]", sendOnce);
each("form[data-guard]", guard);
each("form[data-quick]", sendByKey);

// Coming back by the back button: what was sent may be sent again.
addEventListener("pageshow", (event) => {
  if (event.persisted) each("form[data-sent]", allowAgain);
});
