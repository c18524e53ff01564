// The story of this page: the socket brings spaces, pressure and frames; spaces become panes,
// frames go to the decoder, and what the decoder has drawn is paid back to the server as credit.

import {History} from './history.js';
import {Timeline} from './timeline.js';

const FEED = 'oriel.feed.v1';
const HEADER_BYTES = 28;
const CREDIT = 6; // frames that may be under way between the server and the screen
const TILE_FPS = 10;
const COVERED_TILE_FPS = 1; // while the large view covers the tiles
const VIEW_FPS = 30;
const VIEW_QUALITY = 'optimized';
const THUMBNAIL_PIXELS = 450; // a tile wider than this, in device pixels, deserves more
const RETRY_FIRST_MILLIS = 500;
const RETRY_LAST_MILLIS = 8000;
const TICK_MILLIS = 1000;
const SETTLE_MILLIS = 250; // a window being resized is not worth a subscription per pixel
const ANSWERED_MILLIS = 1000; // so long after a change of the level it has been answered
const MOST_CHANGES = 32; // as many as the server keeps
const PANE_MIN_WIDTH = 260;

const QUALITIES = ['full', 'optimized', 'fast', 'thumbnail'];
const STATES = ['live', 'stale', 'lost', 'denied'];
const USUAL_REASON = {lost: 'the source is gone', denied: 'no permission to look'};
const CAPTURED = {
  all: 'all spaces',
  active_and_adjacent: 'active + neighbours',
  active_only: 'active only',
};

const page = document.documentElement;
const $ = (id) => document.getElementById(id);
const grid = $('panes');
const view = $('view');
const stage = $('stage');
const stillness = matchMedia('(prefers-reduced-motion: reduce)');

const panes = new Map(); // space id → pane, in the order of the spaces' indexes
let pressure = null;
const changes = new Map(); // number → change of the level
let viewed = null; // the pane in the large view
let clockSkewMillis = 0; // the server's clock less ours

// ---- the connection ----

let socket = null;
let connection = 0; // counts sockets: credit for a frame of an old one is not owed to the new one
let retryMillis = RETRY_FIRST_MILLIS;
let retryAt = 0;
let retryTimer = 0;

function connect() {
  clearTimeout(retryTimer);
  retryAt = 0;
  tileQuality = null;
  connection++;
  const url = new URL('feed', document.baseURI);
  url.protocol = url.protocol.replace('http', 'ws');
  socket = new WebSocket(url, FEED);
  socket.binaryType = 'arraybuffer';
  socket.onmessage = ({data}) => (typeof data === 'string' ? receiveText(data) : receiveFrame(data));
  socket.onclose = disconnected;
  showConnection();
}

function disconnected() {
  if (page.dataset.connection === 'live') announce('Connection lost');
  page.dataset.connection = 'reconnecting';
  retryAt = Date.now() + retryMillis;
  retryTimer = setTimeout(connect, retryMillis);
  retryMillis = Math.min(2 * retryMillis, RETRY_LAST_MILLIS);
  // Nobody vouches for these pictures any more.
  for (const pane of panes.values()) if (pane.state === 'live') setState(pane, 'stale');
  showConnection();
  showMessage();
}

function connectNow() {
  if (socket.readyState === WebSocket.CLOSED) connect();
}

function send(message) {
  if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
}

function receiveText(text) {
  const message = JSON.parse(text);
  receivers[message.type]?.(message);
}

const receivers = {
  hello(message) {
    if (page.dataset.connection === 'reconnecting') announce('Connected again');
    page.dataset.connection = 'live';
    retryMillis = RETRY_FIRST_MILLIS;
    hideNotice();
    showConnection();
    changes.clear(); // a server that was started again counts anew
    showSpaces(message.spaces);
    showPressure(message.pressure);
    subscribeOnHello();
  },
  spaces: ({spaces}) => showSpaces(spaces),
  pressure: showPressure,
  transition: ({transition}) => changeGrew(transition),
  state({space, state, reason}) {
    if (panes.has(space)) setSpaceState(panes.get(space), state, reason);
  },
  unchanged({space}) {
    if (panes.has(space)) setState(panes.get(space), 'live');
  },
  error: ({code, message}) => showNotice(`The server says: ${message || code}`, 'Dismiss', hideNotice),
};

// ---- what we ask for ----

let tileQuality = null; // null until hello: nothing is asked before

function subscribeOnHello() {
  tileQuality = wantedTileQuality();
  if (document.hidden) sendVisibility();
  subscribeTiles({credit: CREDIT});
  if (viewed) subscribeView();
  history.reload(); // a server that was started again has another
}

function subscribeTiles(extra) {
  if (!tileQuality) return;
  const maxFps = viewed ? COVERED_TILE_FPS : TILE_FPS;
  send({type: 'subscribe', spaces: ['*'], quality: tileQuality, maxFps, ...extra});
}

function subscribeView() {
  send({type: 'focus', space: viewed.id});
  send({type: 'subscribe', spaces: [viewed.id], quality: VIEW_QUALITY, maxFps: VIEW_FPS});
}

function sendVisibility() {
  send({type: 'visibility', hidden: document.hidden});
}

function wantedTileQuality() {
  const glass = grid.querySelector('.glass');
  if (!glass) return 'thumbnail';
  return glass.clientWidth * devicePixelRatio <= THUMBNAIL_PIXELS ? 'thumbnail' : 'fast';
}

function followTileSize() {
  if (!tileQuality || !panes.size || wantedTileQuality() === tileQuality) return;
  tileQuality = wantedTileQuality();
  subscribeTiles();
}

// ---- frames ----

const decoder = new Worker(new URL('decoder.js', import.meta.url));

decoder.onmessage = ({data}) => {
  if (data.past) return pastDrawn(data);
  if (data.connection === connection) returnCredit();
  const pane = panes.get(data.space);
  if (pane && data.drawn) frameDrawn(pane, data.header);
};

function receiveFrame(buffer) {
  const header = readHeader(buffer);
  const pane = paneByIndex(header.index);
  if (!pane || header.kind !== 1) return returnCredit();
  pane.received++;
  setState(pane, header.state);
  if (pane === viewed) history.arrived(header);
  decoder.postMessage({type: 'frame', space: pane.id, header, connection, buffer}, [buffer]);
}

function readHeader(buffer) {
  const data = new DataView(buffer);
  return {
    kind: data.getUint8(0),
    index: data.getUint16(2),
    revision: Number(data.getBigUint64(4)),
    capturedAtMillis: Number(data.getBigUint64(12)) / 1000,
    width: data.getUint16(20),
    height: data.getUint16(22),
    quality: QUALITIES[data.getUint8(24)],
    state: STATES[data.getUint8(25)],
    bytes: buffer.byteLength - HEADER_BYTES,
  };
}

function returnCredit() {
  send({type: 'credit', frames: 1});
}

function frameDrawn(pane, header) {
  const first = !pane.drawn;
  pane.drawn = header;
  pane.frames++;
  pane.tile.dataset.revision = header.revision;
  pane.tile.dataset.frames = pane.frames;
  if (first) showState(pane);
  showAge(pane);
  if (pane === viewed && factsAreDue) showFacts();
}

// ---- spaces and their panes ----

function showSpaces(spaces) {
  learnClock(spaces);
  const known = new Set(spaces.map(({id}) => id));
  for (const pane of [...panes.values()]) if (!known.has(pane.id)) removePane(pane);

  const previous = new Map(panes);
  panes.clear();
  for (const space of [...spaces].sort((a, b) => a.index - b.index)) {
    const pane = previous.get(space.id) ?? createPane(space);
    panes.set(space.id, pane);
    updatePane(pane, space);
  }
  putInOrder();
  arrangePanes();
  showMessage();
  if (viewed) showView();
}

function learnClock(spaces) {
  const seen = spaces.find(({capturedAt, ageMillis}) => capturedAt && ageMillis !== null);
  if (seen) clockSkewMillis = Date.parse(seen.capturedAt) + seen.ageMillis - Date.now();
}

function paneByIndex(index) {
  return [...panes.values()].find(({space}) => space.index === index);
}

function createPane(space) {
  // Imported first: a canvas of the template's own, inert document would never show what is drawn.
  const tile = document.importNode($('pane').content, true).firstElementChild;
  const part = (selector) => tile.querySelector(selector);
  const pane = {
    id: space.id, space, tile, state: null, reason: '',
    drawn: null, frames: 0, received: 0,
    button: part('button'), use: part('use'), word: part('.word'), note: part('.note'),
    index: part('.index'), label: part('.label'), size: part('.size'), age: part('.age'),
  };
  tile.dataset.space = space.id;
  tile.dataset.frames = 0;
  pane.button.onclick = () => openView(pane);
  const canvas = part('canvas').transferControlToOffscreen();
  decoder.postMessage({type: 'tile', space: space.id, canvas}, [canvas]);
  return pane;
}

function removePane(pane) {
  panes.delete(pane.id);
  pane.tile.remove();
  if (pane === viewed) {
    leaveView(); // not left to the dialog's close event, which comes later
    view.close();
  }
  decoder.postMessage({type: 'forget', space: pane.id});
}

function updatePane(pane, space) {
  pane.space = space;
  setText(pane.index, space.index);
  setText(pane.label, space.label);
  setText(pane.size, `${space.width} × ${space.height}`);
  pane.tile.classList.toggle('active', space.active);
  if (space.state === pane.state) showState(pane);
  else setSpaceState(pane, space.state);
}

/* Moves only what is out of place: moving an element takes its focus away. */
function putInOrder() {
  [...panes.values()].forEach(({tile}, position) => {
    if (grid.children[position] !== tile) grid.insertBefore(tile, grid.children[position] ?? null);
  });
}

/* That a space can be seen again does not make an old picture of it live: another does, or that it is unchanged. */
function setSpaceState(pane, state, reason) {
  const awaitsPicture = state === 'live' && pane.drawn && pane.state !== 'live';
  if (!awaitsPicture) setState(pane, state, reason);
}

function setState(pane, state, reason = '') {
  // Frames and lists carry a state without its reason; the one we were told still holds.
  if (state === pane.state && (!reason || reason === pane.reason)) return;
  pane.state = state;
  pane.reason = reason;
  showState(pane);
  showAge(pane);
}

function showState(pane) {
  const {space, state, tile} = pane;
  tile.dataset.state = state;
  pane.use.setAttribute('href', `#state-${state}`);
  setText(pane.word, state);
  setText(pane.note, noteFor(pane));
  const words = [`Space ${space.index}`, space.label, state, space.active && 'active', pane.reason];
  pane.button.setAttribute('aria-label', words.filter(Boolean).join(', '));
  if (pane === viewed) showView();
}

function noteFor({state, reason, drawn, space}) {
  if (USUAL_REASON[state]) return reason || USUAL_REASON[state];
  if (drawn) return '';
  return space.revision === null ? 'not seen yet' : '';
}

function showAge(pane) {
  setText(pane.age, ageOf(pane));
  if (pane === viewed) showViewAge();
}

function ageOf({state, drawn, space}) {
  // Where the pane has a reason to give, this is the place left to say it.
  if (!drawn) return USUAL_REASON[state] && space.revision === null ? 'not seen yet' : '';
  const ageMillis = Math.max(0, serverNow() - drawn.capturedAtMillis);
  const isNow = ageMillis < 2000;
  if (state === 'live') return isNow ? 'now' : `unchanged ${span(ageMillis)}`;
  return isNow ? 'seen just now' : `seen ${span(ageMillis)} ago`;
}

/* Makes the panes as large as lets all of them be seen at once. Where they would become too small
   to read, the style sheet lays them out and the page scrolls. */
function arrangePanes() {
  if (!panes.size) return;
  const {columnGap, paddingLeft} = getComputedStyle(grid);
  const gap = parseFloat(columnGap);
  const caption = grid.querySelector('.caption').offsetHeight + 2;
  // Not the grid's own width: that depends on the scroll bar, which depends on what is decided here.
  const width = innerWidth - 2 * parseFloat(paddingLeft);
  const height = innerHeight - $('header').offsetHeight - 2 * gap;
  const aspect = usualAspect();

  let best = 0;
  for (let columns = 1; columns <= panes.size; columns++) {
    const rows = Math.ceil(panes.size / columns);
    const byWidth = (width - gap * (columns - 1)) / columns;
    const byHeight = ((height - gap * (rows - 1)) / rows - caption) * aspect;
    best = Math.max(best, Math.min(byWidth, byHeight));
  }
  grid.classList.toggle('fitted', best >= PANE_MIN_WIDTH);
  grid.style.setProperty('--pane-width', `${Math.floor(best)}px`);
  grid.style.setProperty('--pane-aspect', aspect);
}

function usualAspect() {
  const aspects = [...panes.values()].map(({space}) => space.width / space.height).sort((a, b) => a - b);
  return Math.min(2, Math.max(1, aspects[aspects.length >> 1] || 1.6));
}

let settling = 0;
function followSize() {
  arrangePanes();
  clearTimeout(settling);
  settling = setTimeout(followTileSize, SETTLE_MILLIS);
}

const sizes = new ResizeObserver(followSize);
sizes.observe(grid);
sizes.observe($('header'));
addEventListener('resize', followSize);

// ---- the large view ----

function openView(pane) {
  if (pane === viewed && view.open) return;
  const wasOpen = Boolean(viewed);
  if (viewed && viewed !== pane) send({type: 'unsubscribe', spaces: [viewed.id]});
  viewed = pane;
  startMeasuring();
  leavePast();
  history.open(pane.id);
  timeline.reset();
  decoder.postMessage({type: 'look', space: pane.id});
  if (!wasOpen) subscribeTiles();
  subscribeView();
  showView();
  showFacts();
  factsAreDue = true;
  if (!view.open) view.showModal();
}

// The event comes a while after the dialog closed, and somebody may have opened it again by then.
view.onclose = () => {
  if (!view.open) leaveView();
};

function leaveView() {
  if (!viewed) return;
  const pane = viewed;
  viewed = null;
  leavePast();
  history.close();
  timeline.reset();
  decoder.postMessage({type: 'look', space: null});
  if (panes.has(pane.id)) send({type: 'unsubscribe', spaces: [pane.id]});
  send({type: 'focus', space: null});
  subscribeTiles();
  pane.button.focus();
}

function openNeighbour(step) {
  const all = [...panes.values()];
  openView(all[(all.indexOf(viewed) + step + all.length) % all.length]);
}

function openByIndex(index) {
  const pane = paneByIndex(index);
  if (pane) openView(pane);
}

function toggleFullScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else stage.requestFullscreen().catch(() => {}); // not allowed here: the view stays as it is
}

function showView() {
  const {space} = viewed;
  const state = past ? 'past' : viewed.state;
  view.dataset.state = state;
  stage.classList.toggle('seen', Boolean(past ? past.drawn ?? viewed.drawn : viewed.drawn));
  setText(view.querySelector('.index'), space.index);
  setText(view.querySelector('.label'), space.label);
  view.querySelector('.state use').setAttribute('href', `#state-${state}`);
  setText(view.querySelector('.word'), state);
  setText($('view-note'), past ? past.note : noteFor(viewed));
  $('view-past').hidden = !past;
  showViewAge();
}

function showViewAge() {
  setText($('view-age'), past ? agoOf(past.entry) : ageOf(viewed));
  if (past) setText($('view-past').querySelector('span'), `${timeOf(past.entry)} · ${agoOf(past.entry)}`);
}

let factsAreDue = false; // the first picture after the view opened; from then on once a second
let measuredAt = 0;
let framesPerSecond = null;

function startMeasuring() {
  viewed.received = 0;
  measuredAt = performance.now();
  framesPerSecond = null;
}

function measureRate() {
  const {received} = viewed;
  const seconds = (performance.now() - measuredAt) / 1000;
  startMeasuring();
  framesPerSecond = Math.round(received / seconds);
}

function showFacts() {
  const drawn = past ? past.drawn : viewed.drawn;
  factsAreDue = false;
  if (!drawn) return showFactTexts({});
  showFactTexts({
    revision: drawn.revision,
    captured: clockTime(drawn.capturedAtMillis, {fractionalSecondDigits: 1}),
    quality: drawn.quality + (!past && isHeldDown(drawn.quality) ? `, held at ${pressure.level}` : ''),
    rendition: `${drawn.width} × ${drawn.height}`,
    rate: past || framesPerSecond === null ? '–' : `${framesPerSecond} per second`,
    bytes: `${(drawn.bytes / 1000).toFixed(drawn.bytes < 10_000 ? 1 : 0)} KB`,
  });
}

function showFactTexts(texts) {
  for (const place of $('facts').querySelectorAll('[data-fact]')) {
    setText(place, texts[place.dataset.fact] ?? '–');
  }
}

function isHeldDown(quality) {
  return quality === pressure?.plan?.quality && QUALITIES.indexOf(quality) > QUALITIES.indexOf(VIEW_QUALITY);
}

// ---- the past of the space in the large view ----

let past = null; // {entry, drawn, note} while the large view shows it, and frames go on arriving unseen
let pastRequest = null;

const history = new History(() => timeline.follow());
const timeline = new Timeline($('timeline'), {
  entries: () => history.entries,
  now: serverNow,
  texts: {time: timeOf, moment: momentOf, summary: summaryOf},
  picked: showMoment,
});

function showMoment(entry, note) {
  if (entry) {
    past = {entry, drawn: past?.drawn ?? null, note: ''};
    decoder.postMessage({type: 'hold'});
    loadPast();
  } else {
    leavePast();
    decoder.postMessage({type: 'look', space: viewed.id});
  }
  if (note || !entry) announce(note || 'Live');
  showView();
  showFacts();
}

function leavePast() {
  past = null;
  pastRequest?.abort();
  pastRequest = null;
  delete view.dataset.shown;
}

/* One picture is on its way at most. When it is here, what is wanted by then comes next: moments that were
   only passed by are left out, and yet there is something to see while somebody drags. */
async function loadPast() {
  if (pastRequest) return;
  const request = pastRequest = new AbortController();
  for (let tried = null; pastRequest === request && past.entry.revision !== tried;) {
    tried = past.entry.revision;
    await fetchPast(viewed, past.entry, request.signal);
  }
  if (pastRequest === request) pastRequest = null;
}

async function fetchPast(pane, {revision}, signal) {
  const query = new URLSearchParams({rev: revision, quality: VIEW_QUALITY});
  try {
    const answer = await fetch(`api/spaces/${encodeURIComponent(pane.id)}/frame.jpg?${query}`, {signal});
    if (answer.status === 404) {
      pastFailed('it is no longer held');
      return history.reload(); // the time line then goes to what is left
    }
    if (!answer.ok) throw new Error(`the server answers ${answer.status}`);
    const {headers} = answer;
    const buffer = await answer.arrayBuffer();
    decoder.postMessage({
      type: 'past', space: pane.id, buffer,
      header: {
        revision,
        capturedAtMillis: Date.parse(headers.get('X-Oriel-Captured-At')),
        quality: headers.get('X-Oriel-Quality'),
        bytes: buffer.byteLength,
      },
    }, [buffer]);
  } catch (problem) {
    if (!signal.aborted) pastFailed(problem.message);
  }
}

function pastDrawn({past: header, drawn, width, height}) {
  if (!past) return;
  if (!drawn) return pastFailed('it cannot be decoded');
  past.drawn = {...header, width, height};
  past.note = '';
  view.dataset.shown = header.revision;
  showView();
  showFacts();
}

function pastFailed(why) {
  past.note = `This picture cannot be shown: ${why}`;
  showView();
}

function timeOf({time}) {
  return clockTime(time);
}

function agoOf({time}) {
  return `${span(Math.max(0, serverNow() - time))} ago`;
}

function momentOf(entry) {
  return `${timeOf(entry)}, ${agoOf(entry)}, revision ${entry.revision}`;
}

function summaryOf(entries) {
  if (entries.length < 2) return 'nothing to go back to yet';
  return `${entries.length} pictures of ${span(serverNow() - entries[0].time)}`;
}

// ---- pressure ----

function showPressure(next) {
  const previous = pressure;
  pressure = next;
  const {level, plan} = next;
  page.dataset.level = level;
  for (const pill of document.querySelectorAll('.level')) {
    pill.querySelector('use').setAttribute('href', `#level-${level}`);
    setText(pill.querySelector('b'), level);
  }
  showSince();
  showEvidence(next);

  const before = previous && planTexts(previous.plan);
  const after = planTexts(plan);
  for (const [name, text] of Object.entries(after)) {
    const fact = document.querySelector(`.plan [data-fact="${name}"]`);
    const changed = before && before[name] !== text;
    setText(fact.querySelector('dd'), text);
    if (changed) setText(fact.querySelector('small'), `· was ${before[name]}`);
    if (changed) highlight(fact);
  }
  document.title = `${level === 'GREEN' ? '' : `${level} · `}Oriel · ${location.host}`;
  if (!previous || previous.level === level) return;
  document.querySelectorAll('.level').forEach(highlight);
  announce(`Memory pressure is now ${level}. Cache ${after.cache}, quality at best ${after.quality}, `
    + `captured: ${after.spaces}.`);
}

function planTexts({cacheMegabytes, quality, spaces, jpegReduction}) {
  return {
    cache: `${cacheMegabytes} MB`,
    quality: quality + (jpegReduction ? `, JPEG −${jpegReduction}` : ''),
    spaces: CAPTURED[spaces] ?? spaces,
  };
}

function showSince() {
  const since = pressure && Date.parse(pressure.since);
  if (!since) return;
  setText($('since-time'), `since ${clockTime(since)}`);
  setText($('since-span'), `for ${span(Math.max(0, serverNow() - since))}`);
}

function showEvidence({sources, absent}) {
  $('sources').replaceChildren(...sources.map(sourceElement));
  $('absent').replaceChildren(...absent.map((text) => element('li', '', text)));
}

function sourceElement({name, level, evidence, raw}) {
  const item = element('li', 'source');
  item.dataset.level = level;
  const readings = Object.entries(raw ?? {}).map(([key, value]) => `${key} ${value}`);
  item.append(element('b', 'name', name), element('span', 'word', level),
    element('span', 'text', evidence), element('code', '', readings.join('  ')));
  return item;
}

/* The feed speaks only when the level or the plan changes; who asks for evidence wants today's. */
async function refreshEvidence() {
  const known = pressure;
  const answer = await fetch('api/pressure').catch(() => null);
  if (!answer?.ok) return;
  const evidence = await answer.json();
  evidence.transitions.forEach(keepChange);
  showChanges();
  if (pressure === known) showEvidence(evidence); // else the feed was quicker, and is newer
}

$('evidence').ontoggle = () => {
  if ($('evidence').open) refreshEvidence();
};

/* A change of the level is told when it happens, and again with what it brought. */
function changeGrew(change) {
  keepChange(change);
  showChanges();
  if (change.rssAtBytes[ANSWERED_MILLIS]) history.reload(); // what a worse level gave up is gone by now
}

function keepChange(change) {
  changes.set(change.number, change);
  if (changes.size > MOST_CHANGES) changes.delete(Math.min(...changes.keys()));
}

function showChanges() {
  const newestFirst = [...changes.values()].sort((one, other) => other.number - one.number);
  $('changes').replaceChildren(...newestFirst.map(changeElement));
}

function changeElement({at, from, to, reason, releasedBytes, rssAtBytes}) {
  const item = element('li', 'source');
  item.dataset.level = to;
  const sizes = Object.entries(rssAtBytes)
    .map(([millis, bytes]) => `${megabytes(bytes)} after ${millis / 1000} s`);
  item.append(element('b', 'name', `${clockTime(Date.parse(at))}  ${from} → ${to}`),
    element('span', 'text', reason),
    element('code', '', `given back ${megabytes(releasedBytes)}; process: ${sizes.join(', ')}`));
  return item;
}

const megabytes = (bytes) => `${Math.round(bytes / 2 ** 20)} MB`;

function highlight(target) {
  if (stillness.matches) return;
  target.animate({
    outline: ['2px solid var(--text)', '2px solid transparent'],
    outlineOffset: ['2px', '8px'],
  }, {duration: 1600, easing: 'ease-out'});
}

// ---- messages to the person ----

function showConnection() {
  const state = page.dataset.connection;
  setText($('connection'), state === 'live' ? 'connected' : state);
  if (state !== 'reconnecting') return;
  const seconds = Math.max(1, Math.ceil((retryAt - Date.now()) / 1000));
  const again = retryAt ? `Trying again in ${seconds} s.` : 'Trying again now.';
  showNotice(`${panes.size ? 'Connection lost; these are the last pictures seen. ' : ''}${again}`,
    'Try now', connectNow);
}

/* What stands where the panes would be when there are none. */
function showMessage() {
  $('message').hidden = panes.size > 0;
  const state = page.dataset.connection;
  if (state === 'live') {
    setText($('message-title'), 'No spaces to watch');
    setText($('message-text'), 'Oriel is running and sees no desktop space yet. '
      + 'One that appears will open here by itself.');
  } else if (state === 'reconnecting') {
    setText($('message-title'), `No answer from ${location.host}`);
    setText($('message-text'), 'The server is not running or cannot be reached. '
      + 'This page connects by itself as soon as it answers.');
  }
}

function showNotice(text, action, act) {
  setText($('notice-text'), text);
  setText($('notice-action'), action);
  $('notice-action').onclick = act;
  $('notice').hidden = false;
}

function hideNotice() {
  $('notice').hidden = true;
}

function announce(text) {
  // A dialog makes the rest of the page inert, so each has an announcer; only one is ever heard.
  for (const place of document.querySelectorAll('.announcer')) place.textContent = text;
}

// ---- time, once a second and only while somebody can see it ----

let timer = 0;

function tick() {
  for (const pane of panes.values()) showAge(pane);
  if (viewed) {
    measureRate();
    showFacts();
    timeline.draw();
  }
  showSince();
  if (retryAt) showConnection();
}

function followVisibility() {
  clearInterval(timer);
  sendVisibility();
  if (document.hidden) return;
  timer = setInterval(tick, TICK_MILLIS);
  tick();
  connectNow();
}

function serverNow() {
  return Date.now() + clockSkewMillis;
}

function span(millis) {
  const seconds = Math.floor(millis / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86400)} days`;
}

function clockTime(millis, precision = {}) {
  const older = serverNow() - millis > 20 * 3600 * 1000;
  const date = older ? {month: 'short', day: 'numeric'} : {};
  return new Date(millis).toLocaleString([],
    {...date, hour: '2-digit', minute: '2-digit', second: '2-digit', ...precision});
}

// ---- small tools ----

function setText(place, text) {
  // Writing the same text again would still cost a layout.
  if (place.textContent !== String(text)) place.textContent = text;
}

function element(name, className, text = '') {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

// ---- keyboard ----

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = /^[1-9]$/.test(event.key)
    ? () => openByIndex(Number(event.key))
    : (view.open ? viewKeys : gridKeys)[event.key];
  if (act && act() !== false) event.preventDefault();
});

const viewKeys = {
  ArrowLeft: () => openNeighbour(-1),
  ArrowRight: () => openNeighbour(1),
  f: toggleFullScreen,
};

const gridKeys = {
  ArrowLeft: () => moveFocus(-1),
  ArrowRight: () => moveFocus(1),
  ArrowUp: () => moveFocus(-columnCount()),
  ArrowDown: () => moveFocus(columnCount()),
  Escape: closeEvidence,
};

/* Says false when there is no pane to move from, so that arrows scroll the page as usual. */
function moveFocus(step) {
  const all = [...grid.querySelectorAll('button')];
  const from = all.indexOf(document.activeElement);
  if (from < 0) return false;
  all[from + step]?.focus();
  return true;
}

function columnCount() {
  return getComputedStyle(grid).gridTemplateColumns.split(' ').length;
}

function closeEvidence() {
  if (!$('evidence').open) return false;
  $('evidence').open = false;
  $('evidence').querySelector('summary').focus();
  return true;
}

// ---- begin ----

$('host').textContent = location.host;
document.title = `Oriel · ${location.host}`;
$('previous').onclick = () => openNeighbour(-1);
$('next').onclick = () => openNeighbour(1);
$('full-screen').onclick = toggleFullScreen;
$('close').onclick = () => view.close();
document.addEventListener('visibilitychange', followVisibility);
addEventListener('online', connectNow);

const viewCanvas = $('view-canvas').transferControlToOffscreen();
decoder.postMessage({type: 'view', canvas: viewCanvas}, [viewCanvas]);
connect();
followVisibility();
