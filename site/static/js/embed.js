// Plays a film on the page once the visitor asks for it. Without scripts the same link leads to the film's own page.
for (const frame of document.querySelectorAll("[data-player]")) {
  frame.querySelector("a.button").addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const player = document.createElement("iframe");
    player.src = frame.dataset.player;
    player.title = frame.dataset.title;
    player.allow = "autoplay; fullscreen; picture-in-picture";
    player.allowFullscreen = true;
    player.referrerPolicy = "strict-origin-when-cross-origin";
    frame.replaceChildren(player);
    player.focus();
  });
}
