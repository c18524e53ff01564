// Decodes and draws away from the page's own thread, so that the page stays quick to the touch
// however many spaces move. Each space has at most one frame decoding and one waiting; a newer
// frame takes the place of the one that waits.

const HEADER_BYTES = 28;

const tiles = new Map(); // space → drawing context of its tile
const waiting = new Map(); // space → newest frame not yet begun
const decoding = new Set();
let view; // drawing context of the large view
let viewed = null; // the space that the large view shows

const handlers = {
  tile({space, canvas}) {
    tiles.set(space, canvas.getContext('2d', {alpha: false}));
  },
  view({canvas}) {
    view = canvas.getContext('2d', {alpha: false});
  },
  look({space}) {
    viewed = space;
    // The tile's picture stands in until a better one arrives.
    if (tiles.has(space)) paint(view, tiles.get(space).canvas);
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
  try {
    const jpeg = new Blob([new Uint8Array(buffer, HEADER_BYTES)], {type: 'image/jpeg'});
    const bitmap = await createImageBitmap(jpeg);
    const tile = tiles.get(space);
    if (tile) paint(tile, bitmap);
    if (space === viewed) paint(view, bitmap);
    bitmap.close();
    return Boolean(tile);
  } catch (problem) {
    console.warn(`A picture of ${space} could not be decoded: ${problem.message}`);
    return false;
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
