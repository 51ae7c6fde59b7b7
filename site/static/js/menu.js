/* The menu opens and closes without this script; it only lets Escape, and a click or a step elsewhere, close it. */

const openMenus = () => document.querySelectorAll(".submenu[open]");

function closeAllBut(element) {
  for (const menu of openMenus()) {
    if (!menu.contains(element)) menu.open = false;
  }
}

document.addEventListener("click", (event) => closeAllBut(event.target));
document.addEventListener("focusin", (event) => closeAllBut(event.target));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest?.("details[open]");
  if (!menu?.matches(".submenu, .menu-toggle")) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
