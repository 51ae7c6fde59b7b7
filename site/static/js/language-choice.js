// Remembers the language that a visitor chose by hand, so that the site's bare address leads there next time.
// Without JavaScript the links work all the same; only the memory is missing.
(() => {
  const { cookieName, cookieAge, cookiePath, cookieDomain, cookieSamesite, cookieSecure } = document.currentScript.dataset;

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-language]");
    if (!link) return;
    const parts = [`${cookieName}=${encodeURIComponent(link.dataset.language)}`, `path=${cookiePath}`];
    if (cookieAge) parts.push(`max-age=${cookieAge}`);
    if (cookieDomain) parts.push(`domain=${cookieDomain}`);
    if (cookieSamesite) parts.push(`samesite=${cookieSamesite}`);
    if (cookieSecure) parts.push("secure");
    document.cookie = parts.join("; ");
  });
})();
