// Leads a visitor who changes the language to the paragraph that was being read: blocks have the same ids in both
// languages. Without JavaScript the other version opens at its beginning.
(() => {
  const REST = 500; // ms without scrolling, after which a place counts as read
  const REST_AT_TOP = 8000; // the visitor may only have come back up for the switcher
  let place = "";
  let timer;

  function blockInView() {
    const blocks = [...document.querySelectorAll('main [id^="block-"]')];
    return blocks.findLast((block) => block.getBoundingClientRect().top <= window.innerHeight / 3)?.id ?? "";
  }

  function notePlace() {
    const header = document.querySelector(".site-header");
    clearTimeout(timer);
    timer = setTimeout(
      () => { place = blockInView(); },
      window.scrollY < header.offsetHeight ? REST_AT_TOP : REST,
    );
  }

  notePlace();
  document.addEventListener("scroll", notePlace, { passive: true });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-language]");
    if (link) link.hash = link.closest("main") ? blockInView() : place;
  });
})();
