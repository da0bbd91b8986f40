// In pages that `make watch` serves: asks for the page again once there is another book, and says why a change is not in it.
const shown = document.currentScript.dataset.book;
const told = document.createElement("p");
told.setAttribute("role", "alert");
told.style.cssText =
  "position: fixed; inset: auto 0 0; z-index: 9999; margin: 0; padding: 0.75em 1em; background: #7a1212; color: #fff; font: 1rem monospace";
new EventSource("/watch").onmessage = ({ data }) => {
  const { book, error } = JSON.parse(data);
  if (book !== shown) location.reload();
  told.textContent = error;
  if (error) document.body.append(told);
  else told.remove();
};
