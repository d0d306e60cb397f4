// What others paste into their pages or their command line begins with the address of this site.
for (const part of document.querySelectorAll("[data-origin]")) part.textContent = location.origin;
