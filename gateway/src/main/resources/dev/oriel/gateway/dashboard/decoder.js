// Decodes and draws away from the page's own thread, so that the page stays quick to the touch
// however many spaces move. Each space has at most one frame decoding and one waiting; a newer
// frame takes the place of the one that waits.

const HEADER_BYTES = 28;

const tiles = new Map(); // space → drawing context of its tile
const waiting = new Map(); // space → newest frame not yet begun
const decoding = new Set();
let view; // drawing context of the large view
let viewed = null; // the space that the large view shows
let past = null; // what it shows of the past; null while it is live

const handlers = {
  tile({space, canvas}) {
    tiles.set(space, canvas.getContext('2d', {alpha: false}));
  },
  view({canvas}) {
    view = canvas.getContext('2d', {alpha: false});
  },
  look({space}) {
    viewed = space;
    past = null;
    // The tile's picture stands in until a better one arrives.
    if (tiles.has(space)) paint(view, tiles.get(space).canvas);
  },
  hold() {
    past ??= {};
  },
  async past({space, header, buffer}) {
    past = header;
    const bitmap = await decode(buffer, space);
    const isWanted = past === header && space === viewed;
    if (bitmap && isWanted) paint(view, bitmap);
    if (isWanted) postMessage({space, past: header, drawn: Boolean(bitmap), width: bitmap?.width, height: bitmap?.height});
    bitmap?.close();
  },
  forget({space}) {
    tiles.delete(space);
  },
  frame(frame) {
    if (!decoding.has(frame.space)) return decodeAndDraw(frame);
    if (waiting.has(frame.space)) report(waiting.get(frame.space), false);
    waiting.set(frame.space, frame);
  },
};

onmessage = ({data}) => handlers[data.type](data);

async function decodeAndDraw(frame) {
  const {space} = frame;
  decoding.add(space);
  report(frame, await draw(frame));
  decoding.delete(space);

  const next = waiting.get(space);
  waiting.delete(space);
  if (next) decodeAndDraw(next);
}

async function draw({space, buffer}) {
  const bitmap = await decode(new Uint8Array(buffer, HEADER_BYTES), space);
  if (!bitmap) return false;
  const tile = tiles.get(space);
  if (tile) paint(tile, bitmap);
  if (space === viewed && !past) paint(view, bitmap);
  bitmap.close();
  return Boolean(tile);
}

async function decode(jpeg, space) {
  try {
    return await createImageBitmap(new Blob([jpeg], {type: 'image/jpeg'}));
  } catch (problem) {
    console.warn(`A picture of ${space} could not be decoded: ${problem.message}`);
    return null;
  }
}

function paint(context, picture) {
  const {canvas} = context;
  // Setting a size, even the same one, throws the canvas away.
  if (canvas.width !== picture.width) canvas.width = picture.width;
  if (canvas.height !== picture.height) canvas.height = picture.height;
  context.drawImage(picture, 0, 0);
}

function report({space, header, connection}, drawn) {
  postMessage({space, header, connection, drawn});
}
