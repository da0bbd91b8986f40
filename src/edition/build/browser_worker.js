// Python, beside the page: loads what it needs, telling how much of it came, and works chapters out.
import { loadPyodide } from "../static/pyodide/pyodide.mjs";

const plain = self.fetch;
self.fetch = async (...asked) => {
  const answer = await plain(...asked);
  if (!answer.ok || !answer.body) return answer;
  const count = new TransformStream({
    transform(chunk, out) {
      postMessage({ loaded: chunk.byteLength });
      out.enqueue(chunk);
    },
  });
  return new Response(answer.body.pipeThrough(count), { headers: answer.headers });
};

let python;
const start = async ({ packages }) => {
  const [ready, files] = await Promise.all([
    loadPyodide({ packages, env: { HOME: "/home", MPLBACKEND: "agg" } }),
    fetch(new URL("edition.zip", import.meta.url)).then((answer) => answer.arrayBuffer()),
  ]);
  postMessage({ doing: "Starting Python" });
  ready.unpackArchive(files, "zip", { extractDir: "/edition" });
  ready.FS.chdir("/edition/notebooks");
  ready.runPython("from edition.build.answer import in_browser");
  return ready;
};

self.onmessage = async ({ data }) => {
  try {
    const ready = await (python ??= start(data));
    postMessage({ doing: "Working the chapter out" });
    ready.globals.set("asked", ready.toPy([data.chapter, data.values]));
    postMessage(JSON.parse(ready.runPython("in_browser(*asked)")));
  } catch (error) {
    python = undefined;
    postMessage({ failed: String(error.message ?? error).trim().split("\n").at(-1) });
  }
};
