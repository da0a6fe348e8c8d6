// Writing down while people talk. Every page works without it; words come from the page.

import { allowAgain } from "./sending.js";

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

document.querySelectorAll("form[data-stays]").forEach(stayOpen);
