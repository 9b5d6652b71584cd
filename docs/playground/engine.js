// Asks Python, which runs in a worker: the newest question of each sort, one after the other, until it is stopped.

const ORDER = ["colours", "table", "formula", "picture", "zoo", "copy", "offers", "compare", "derivation"];
/** How long an answer may take, in milliseconds, while something newer waits that it holds up. */
const PATIENCE = 4000;

/** A Python that answers. `tell` hears how it is: "starting", "ready", "busy", "algebra" or "failed". */
export class Engine {
  #open;
  #tell;
  #worker = null;
  #ready = false;
  #waiting = new Map();
  #running = null;

  /** `open` makes the worker and what it is started with. */
  constructor(open, tell) {
    this.#open = open;
    this.#tell = tell;
    this.#start();
  }

  /** The answer to a question, or null where a newer one of its sort took its place or it was stopped. */
  ask(sort, question) {
    return new Promise((resolve) => {
      this.#waiting.get(sort)?.resolve(null);
      this.#waiting.set(sort, { sort, question, resolve });
      this.#next();
      if (this.#running && Date.now() - this.#running.since > PATIENCE && this.#holdsUp(sort)) this.stop();
    });
  }

  /** Ends whatever runs, and begins again with what waits. */
  stop() {
    this.#worker?.terminate();
    this.#running?.resolve(null);
    clearTimeout(this.#running?.timer);
    this.#running = null;
    this.#start();
  }

  #holdsUp(sort) {
    return ORDER.indexOf(sort) <= ORDER.indexOf(this.#running.sort);
  }

  #start() {
    this.#ready = false;
    this.#tell("starting");
    const { worker, start } = this.#open();
    this.#worker = worker;
    worker.onmessage = ({ data }) => this.#hear(data);
    worker.onerror = (event) => this.#fail(event.message ?? "the worker did not start");
    worker.postMessage({ start });
  }

  #hear({ ready, algebra, failed, said }) {
    if (failed) return this.#running ? this.#overflow(failed) : this.#fail(failed);
    if (algebra) return this.#tell("algebra");
    if (ready) this.#ready = true;
    else {
      clearTimeout(this.#running.timer);
      this.#running.resolve(JSON.parse(said));
      this.#running = null;
    }
    this.#tell("ready");
    this.#next();
  }

  /** What ends Python while it works is told as the answer; a new Python takes its place. */
  #overflow(failed) {
    const said = `this is more than Python can do in a browser (${failed.split("\n")[0]});\nthe command line has room for it`;
    this.#running.resolve({ error: { said } });
    this.#running.resolve = () => {};
    this.stop();
  }

  #fail(message) {
    this.#ready = false;
    this.#tell("failed", message);
  }

  #next() {
    if (!this.#ready || this.#running) return;
    const sort = ORDER.find((each) => this.#waiting.has(each));
    if (!sort) return;
    const { question, resolve } = this.#waiting.get(sort);
    this.#waiting.delete(sort);
    const timer = setTimeout(() => {
      const newer = ORDER.slice(0, ORDER.indexOf(sort) + 1).some((each) => this.#waiting.has(each));
      if (newer) this.stop();
      else this.#tell("busy");
    }, PATIENCE);
    this.#running = { sort, resolve, timer, since: Date.now() };
    this.#worker.postMessage({ question: JSON.stringify({ ask: sort, ...question }) });
  }
}
