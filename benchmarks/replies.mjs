// Compares ways to write a reply that is kept to its type, in this process, in turns: `npm run bench:replies`.
// Only the ratio matters. All ways give the same bytes for a value of its type; values of other types are shown at the end.
import { createRequire } from 'node:module';
import { prepare } from './harness/prepare.js';

const ROUNDS = 15;
const RUNS = 20_000;

await prepare();
const { default: fastJson } = await import('fast-json-stringify');
const { findMedian } = await import('./harness/find-median.js');
const require = createRequire(new URL('../packages/core/package.json', import.meta.url));
const { makePick } = require('./dist/pipeline/returns/pick-fields.js');

class Address {}
class User {}
const field = (name, type) => ({ name, type });
const SHAPES = new Map([
  [User, ['id', 'name', 'email', 'age', 'tags'].map((name) => field(name)).concat(field('address', Address))],
  [Address, ['street', 'city', 'zip'].map((name) => field(name))],
]);
const TEXT = { type: 'string' };
const USER_SCHEMA = {
  type: 'object',
  properties: {
    id: { type: 'integer' },
    name: TEXT,
    email: TEXT,
    age: { type: 'integer' },
    tags: { type: 'array', items: TEXT },
    address: { type: 'object', properties: { street: TEXT, city: TEXT, zip: TEXT } },
  },
};

/** As a store keeps it. */
const makeUser = (id) => ({
  id,
  name: 'Ada Lovelace',
  email: 'ada@example.com',
  passwordHash: '$argon2id$v=19$m=65536',
  age: 36,
  tags: ['mathematics', 'poetry', 'engines'],
  address: { street: '12 St James Square', city: 'London', zip: '12345', door: 'secret' },
});

/** Filters and writes in one walk; text and whatever has no shape by JSON.stringify. */
function compileWriter(type) {
  const parts = SHAPES.get(type).map(({ name, type: nested }, index) => ({
    name,
    before: `${index === 0 ? '' : ','}${JSON.stringify(name)}:`,
    write: nested === undefined ? writeValue : compileWriter(nested),
  }));
  return (value) => {
    let text = '{';
    for (const { name, before, write } of parts) text += before + write(value[name]);
    return `${text}}`;
  };
}

/** Text without quotes, controls, backslashes and surrogates needs no escaping; JSON.stringify handles all other text. */
const PLAIN = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/;

function writeValue(value) {
  if (typeof value === 'string') return PLAIN.test(value) ? `"${value}"` : JSON.stringify(value);
  if (typeof value === 'number') return Number.isFinite(value) ? `${value}` : 'null';
  if (Array.isArray(value)) return `[${value.map(writeValue).join(',')}]`;
  return JSON.stringify(value);
}

const pick = makePick(User, SHAPES, {});
const writeUser = compileWriter(User);
const WAYS = {
  'picked, then JSON.stringify': (value) => JSON.stringify(pick(value)),
  'fast-json-stringify, one': fastJson(USER_SCHEMA),
  'fast-json-stringify, list': fastJson({ type: 'array', items: USER_SCHEMA }),
  'one walk': (value) => (Array.isArray(value) ? `[${value.map(writeUser).join(',')}]` : writeUser(value)),
};
const REPLIES = {
  'a user': { ways: [0, 1, 3], value: makeUser(1), runs: RUNS },
  '50 users': {
    ways: [0, 2, 3],
    value: Array.from({ length: 50 }, (_, id) => makeUser(id)),
    runs: RUNS / 50,
  },
};

/** Flattens the text as the engine would: JavaScript joins the pieces of a text only when the text is read. */
const wire = Buffer.alloc(64 * 1024);

/** CPU µs a reply. */
function measure(write, value, runs) {
  const before = process.cpuUsage();
  for (let run = 0; run < runs; run++) wire.write(write(value));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / runs;
}

for (const [title, { ways, value, runs }] of Object.entries(REPLIES)) {
  const names = ways.map((index) => Object.keys(WAYS)[index]);
  const costs = Object.fromEntries(names.map((name) => [name, []]));
  for (const name of names)
    if (WAYS[name](value) !== WAYS[names[0]](value)) throw new Error(`${name} writes something else`);
  for (let round = -5; round < ROUNDS; round++)
    for (const name of names) {
      const cost = measure(WAYS[name], value, runs);
      if (round >= 0) costs[name].push(cost);
    }
  const first = findMedian(costs[names[0]]);
  console.log(`\n${title}: CPU µs, median of rounds in turns | times the rate of the first`);
  for (const name of names)
    console.log(
      `${name.padEnd(28)} ${findMedian(costs[name]).toFixed(2).padStart(8)} | ${(first / findMedian(costs[name])).toFixed(2)}`,
    );
}

const odd = { ...makeUser(1), name: null, email: 5, age: '36' };
console.log('\nA user with null, a number and a text where another type is expected:');
for (const name of ['picked, then JSON.stringify', 'fast-json-stringify, one', 'one walk'])
  console.log(`${name.padEnd(28)} ${WAYS[name](odd).slice(0, 48)} …`);
