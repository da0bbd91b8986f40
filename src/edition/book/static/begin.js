// Before anything is drawn: the scheme that the reader chose, or that the system has, and whether code is shown. The theme would
// wait for its script to ask, and a dark page would flash white until then.
{
  const page = document.documentElement.dataset;
  const usual = page.theme || "auto";
  let kept = {};
  try {
    kept = localStorage;
  } catch {
    // nothing is kept where the browser forbids it
  }
  page.mode = kept.mode || usual;
  page.theme = kept.theme || usual;
  if (page.mode === "auto") page.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  if ((new URLSearchParams(location.search).get("code") ?? kept.code) === "1") page.code = "shown";
}
