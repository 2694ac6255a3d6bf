// Puts drawn HTML in place, tells which [data-click] was chosen by pointer, Enter or Space, and
// brings the element `goto` into view, once for each value of `once`. The HTML comes escaped from drawings.py.
export default function ({ data, parentElement, setTriggerValue }) {
  let pane = parentElement.querySelector(".wbp-pane");
  if (!pane) {
    pane = document.createElement("div");
    pane.className = "wbp-pane";
    parentElement.appendChild(pane);
  }
  if (pane.shown !== data.html) {
    pane.innerHTML = data.html;
    pane.shown = data.html;
  }
  const choose = (event) => {
    const target = event.target.closest("[data-click]");
    if (target) {
      event.preventDefault();
      setTriggerValue("clicked", target.dataset.click);
    }
  };
  pane.onclick = choose;
  pane.onkeydown = (event) => {
    if (event.key === "Enter" || event.key === " ") choose(event);
  };
  if (data.goto && pane.went !== data.once) {
    const target = pane.querySelector(`[id="${CSS.escape(data.goto)}"]`);
    if (target) target.scrollIntoView({ block: "center" });
  }
  pane.went = data.once;
}
