// The time line under the large view: from the oldest picture that is held to now, a mark for each
// change, the higher the more changed, and a playhead to go back with. It is live until somebody
// picks a moment, and again when they come to the end.

const MARK = 2; // CSS pixels
const PITCH = 3;
const LOWEST_MARK = 7;
const LARGE_STEPS = 20; // from one end to the other
const SAME_MILLIS = 2; // the feed counts finer than the list

export class Timeline {
  chosen = null; // the entry of the past that is looked at; null while live

  #slider;
  #marks;
  #playhead;
  #live;
  #oldest;
  #words;
  #entries;
  #tell;
  #now;
  #note = '';

  /* entries() gives what is held, now() the server's time; texts puts an entry or all of them into words;
     picked(entry, note) is told what to show, null for what is live. */
  constructor(place, {entries, now, texts, picked}) {
    const part = (selector) => place.querySelector(selector);
    this.#slider = part('[role=slider]');
    this.#marks = part('canvas');
    this.#playhead = part('.playhead');
    this.#live = part('.to-live');
    this.#oldest = part('.oldest');
    this.#words = part('.words');
    this.#entries = entries;
    this.#now = now;
    this.#tell = {texts, picked};

    this.#live.onclick = () => this.#choose(null);
    this.#slider.onkeydown = (event) => this.#press(event);
    this.#slider.onpointerdown = (event) => {
      if (event.button !== 0) return;
      this.#slider.setPointerCapture(event.pointerId);
      this.#chooseAt(event.clientX);
    };
    this.#slider.onpointermove = (event) => {
      if (this.#slider.hasPointerCapture(event.pointerId)) this.#chooseAt(event.clientX);
    };
    new ResizeObserver(() => this.draw()).observe(this.#slider);
  }

  /* Live, without telling anybody: for another space. */
  reset() {
    this.chosen = null;
    this.#note = '';
    this.draw();
  }

  /* To be called when the entries are others than before. Says so if the picture looked at is gone. */
  follow() {
    const entries = this.#entries();
    if (this.chosen && !entries.some((entry) => isSame(entry, this.chosen))) {
      const left = entries.length > 1 ? entries[0] : null;
      this.#choose(left, `That picture is no longer held. ${left ? 'This is the oldest left.' : 'This is live.'}`);
    }
    this.draw();
  }

  draw() {
    const entries = this.#entries();
    const {chosen} = this;
    const {texts} = this.#tell;
    const newest = entries.at(-1);
    this.#slider.parentElement.dataset.time = chosen ? 'past' : 'live';
    this.#slider.dataset.count = entries.length;
    this.#slider.ariaDisabled = String(entries.length < 2);
    this.#slider.ariaValueMin = entries[0]?.revision ?? 0;
    this.#slider.ariaValueMax = newest?.revision ?? 0;
    this.#slider.ariaValueNow = chosen?.revision ?? newest?.revision ?? 0;
    this.#live.ariaPressed = String(!chosen);
    this.#playhead.style.left = `${100 * (chosen ? this.#share(chosen.time) : 1)}%`;
    setText(this.#oldest, entries.length ? texts.time(entries[0]) : '');
    setText(this.#words, this.#note || (chosen
      ? `${texts.time(chosen)} · ${this.#index() + 1} of ${entries.length}` : texts.summary(entries)));
    this.#drawMarks(entries);
  }

  #choose(entry, note = '') {
    const {chosen} = this;
    this.chosen = entry;
    this.#note = note;
    this.#slider.ariaValueText = entry ? this.#tell.texts.moment(entry) : 'live';
    this.draw();
    if (entry?.revision !== chosen?.revision || note) this.#tell.picked(entry, note);
  }

  /* The newest picture is what live shows, as long as it is the newest. */
  #chooseIndex(index) {
    const entries = this.#entries();
    const entry = entries[Math.max(0, index)];
    this.#choose(index >= entries.length - 1 ? null : entry);
  }

  #chooseAt(clientX) {
    const {left, width} = this.#slider.getBoundingClientRect();
    const x = Math.min(width, Math.max(0, clientX - left));
    // The end of the mark that was hit, so that what the mark stands for is found.
    const time = this.#timeAt(Math.min(1, (Math.floor(x / PITCH) + 1) * PITCH / width));
    this.#chooseIndex(lastBy(this.#entries(), time));
  }

  #press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const count = this.#entries().length;
    const at = this.#index();
    const large = Math.max(10, Math.round(count / LARGE_STEPS));
    const index = {
      ArrowLeft: at - 1, ArrowDown: at - 1, ArrowRight: at + 1, ArrowUp: at + 1,
      PageDown: at - large, PageUp: at + large, Home: 0, End: count - 1,
    }[event.key];
    if (index === undefined) return;
    event.preventDefault();
    event.stopPropagation(); // these keys mean something else to the view
    if (count > 1) this.#chooseIndex(index);
  }

  #index() {
    const entries = this.#entries();
    return this.chosen ? entries.findIndex((entry) => isSame(entry, this.chosen)) : entries.length - 1;
  }

  #timeAt(share) {
    const begin = this.#entries()[0]?.time ?? 0;
    return begin + share * (this.#now() - begin);
  }

  #share(time) {
    const begin = this.#entries()[0]?.time ?? time;
    return Math.min(1, (time - begin) / Math.max(1, this.#now() - begin));
  }

  /* One mark for all changes that fall on the same few pixels, however many there are. */
  #drawMarks(entries) {
    const {clientWidth, clientHeight} = this.#slider;
    const canvas = this.#marks;
    const density = devicePixelRatio;
    canvas.width = Math.round(clientWidth * density);
    canvas.height = Math.round(clientHeight * density);
    if (!clientWidth || !entries.length) return;

    const bins = new Float64Array(Math.ceil(clientWidth / PITCH)).fill(-1);
    const begin = entries[0].time;
    const perMillis = bins.length / Math.max(1, this.#now() - begin);
    entries.forEach(({time, newBytes}, index) => {
      const bin = Math.max(0, Math.min(bins.length - 1, Math.floor((time - begin) * perMillis)));
      // The first is wholly new only because what was before it is gone.
      bins[bin] = Math.max(0, bins[bin]) + (index ? newBytes ?? 0 : 0);
    });

    const most = Math.max(1, ...bins);
    const context = canvas.getContext('2d');
    const playhead = this.chosen ? this.#share(this.chosen.time) * bins.length : bins.length;
    context.scale(density, density);
    context.fillStyle = getComputedStyle(canvas).color;
    bins.forEach((bytes, bin) => {
      if (bytes < 0) return;
      const height = LOWEST_MARK + (clientHeight - LOWEST_MARK) * Math.sqrt(bytes / most);
      context.globalAlpha = bin <= playhead ? 1 : .55;
      context.fillRect(bin * PITCH, clientHeight - height, MARK, height);
    });
  }
}

function isSame(entry, other) {
  // A server that was started again counts from 1 again.
  return entry.revision === other.revision && Math.abs(entry.time - other.time) < SAME_MILLIS;
}

function lastBy(entries, time) {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (entries[middle].time <= time) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function setText(place, text) {
  if (place.textContent !== text) place.textContent = text;
}
