// Copying and printing. Every page works without it; words come from the page.

const each = (selector, use) => document.querySelectorAll(selector).forEach(use);

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

each("[data-copy]", copyWords);
each("[data-print]", (button) => {
  button.hidden = false;
  button.addEventListener("click", () => print());
});
