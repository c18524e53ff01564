// Which pictures of one space the server holds: asked for once, extended by the frames that arrive,
// and put right a while later, when the server knows how much each of those changed and what it has
// let go to make room.

const PAGE = 10_000; // entries; the most that the server gives at a time
const MOST_PAGES = 6;
const PUT_RIGHT_MILLIS = 2000;

export class History {
  entries = []; // {revision, time, newBytes}, oldest first; newBytes is null while it is not known

  #space = null;
  #arrivals = []; // since the request that is under way began
  #request = null;
  #timer = 0;
  #changed;

  constructor(changed) {
    this.#changed = changed;
  }

  open(space) {
    this.close();
    this.#space = space;
    this.reload();
  }

  close() {
    this.#request?.abort();
    this.#request = null;
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#space = null;
    this.entries = [];
  }

  reload() {
    if (this.#space) this.#refresh(0);
  }

  arrived({revision, capturedAtMillis}) {
    if (revision <= (this.entries.at(-1)?.revision ?? 0)) return;
    const entry = {revision, time: capturedAtMillis, newBytes: null};
    this.entries.push(entry);
    this.#arrivals.push(entry);
    this.#putRightLater();
  }

  #putRightLater() {
    this.#timer ||= setTimeout(() => {
      this.#timer = 0;
      const unknown = this.entries.find(({newBytes}) => newBytes === null);
      if (unknown && !this.#request) this.#refresh(Math.floor(unknown.time));
    }, PUT_RIGHT_MILLIS);
  }

  /* A request that a newer one takes the place of is given up. One that fails leaves all as it was:
     the next frame, or the next connection, tries again. */
  async #refresh(from) {
    this.#request?.abort();
    const request = this.#request = new AbortController();
    this.#arrivals = [];
    try {
      const {entries, oldest} = await load(this.#space, from, request.signal);
      if (this.#request !== request) return;
      const known = this.entries.filter(({time, revision}) => time < from && revision >= oldest);
      const newest = entries.at(-1)?.revision ?? 0;
      this.entries = [...known, ...entries, ...this.#arrivals.filter(({revision}) => revision > newest)];
      this.#changed();
    } catch {
      if (this.#request !== request) return;
    }
    this.#request = null;
    if (this.#arrivals.length) this.#putRightLater();
  }
}

async function load(space, from, signal) {
  let entries = [];
  let oldest = 0;
  let to = '';
  for (let page = 0; page < MOST_PAGES; page++) {
    const query = new URLSearchParams({limit: PAGE, from, ...(to && {to})});
    const answer = await fetch(`api/spaces/${encodeURIComponent(space)}/history?${query}`, {signal});
    if (!answer.ok) throw new Error(`the history of ${space}: ${answer.status}`);
    oldest = Number(answer.headers.get('X-Oriel-Oldest-Revision') ?? 0);
    const older = await answer.json();
    const begin = entries[0]?.revision ?? Infinity;
    entries = [...older.filter(({revision}) => revision < begin).map(readEntry), ...entries];
    if (older.length < PAGE) break;
    to = older[0].capturedAt;
  }
  return {entries, oldest};
}

function readEntry({revision, capturedAt, newBytes}) {
  return {revision, time: Date.parse(capturedAt), newBytes};
}
