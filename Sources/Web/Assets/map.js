// Puts a map to move around in the place of the drawn one, when somebody presses the button. What it is made with is fetched only then;
// where that fails, the drawn map stays. Words come from the page.

/** Resolves when what the element fetches is there. */
const fetched = (name, facts) =>
  new Promise((done, failed) => {
    const element = Object.assign(document.createElement(name), facts);
    element.addEventListener("load", done);
    element.addEventListener("error", failed);
    document.head.append(element);
  });

const point = (text) => text.split(",").map(Number);

/** Words into the HTML that the library takes. */
const escaped = (words) => Object.assign(document.createElement("i"), { textContent: words }).innerHTML;

function draw(button, figure) {
  const { L } = window;
  const { label, you, youLabel, rings, tiles, tilesBy } = button.dataset;
  const place = document.createElement("div");
  place.className = "moved-map";
  place.setAttribute("role", "region");
  place.setAttribute("aria-label", label);
  const links = [...figure.querySelectorAll("a[data-point]")];
  figure.replaceWith(place);
  button.remove();

  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(place, { zoomControl: false, zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still });
  map.attributionControl.setPrefix("");
  L.control.zoom({ zoomInTitle: button.dataset.in, zoomOutTitle: button.dataset.out }).addTo(map);
  L.control.scale().addTo(map);
  if (tiles) L.tileLayer(tiles, { maxZoom: 18, attribution: escaped(tilesBy) }).addTo(map);

  const points = links.map((link) => point(link.dataset.point));
  if (you) {
    points.push(point(you));
    for (const radius of rings.split(",").filter(Boolean)) L.circle(point(you), { radius: Number(radius), className: "ring", interactive: false }).addTo(map);
    L.circleMarker(point(you), { radius: 7, className: "you", interactive: false }).bindTooltip(escaped(youLabel), { permanent: true }).addTo(map);
  }
  for (const link of links) {
    const pin = document.createElement("a");
    pin.href = link.getAttribute("href");
    pin.className = "moved-pin";
    pin.textContent = link.textContent;
    pin.setAttribute("aria-label", link.getAttribute("aria-label"));
    pin.title = link.getAttribute("aria-label");
    L.marker(point(link.dataset.point), { keyboard: false, icon: L.divIcon({ html: pin, className: "", iconSize: [32, 32] }) }).addTo(map);
  }
  map.fitBounds(L.latLngBounds(points).pad(0.15), { maxZoom: 15, animate: false });
  place.querySelector("a")?.focus({ preventScroll: true });
}

document.querySelectorAll("[data-movable]").forEach((button) => {
  const figure = button.parentElement.querySelector("figure.places");
  if (!figure) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    const { script, style } = button.dataset;
    try {
      await Promise.all([fetched("script", { src: script }), fetched("link", { rel: "stylesheet", href: style })]);
      draw(button, figure);
    } catch {
      button.hidden = true;
    }
  });
});
