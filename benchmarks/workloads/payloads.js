// What every peer is given to work with, so that all of them do the same work.
// Keys are in the order of the alphabet, the only one in which every peer writes them.
import { Buffer } from 'node:buffer';

export const GREETING = { hello: 'world' };

/** A greeting that has to be waited for once. */
export async function findGreeting() {
  return GREETING;
}

export const ORIGIN = 'https://app.example';
export const ALLOWED_HOSTS = ['127.0.0.1', 'app.example'];
export const SESSION_SECRET = 'benchmark-secret-that-everybody-can-read-0123456789-0123456789-0123456789';
export const SESSION_SECONDS = 14 * 24 * 3600;
export const VARY = 'Origin, Accept-Encoding, Cookie';

/** The JSON of an article: 1,000 characters, as compressible as English is. */
export const ARTICLE = { text: '', title: 'On weirs' };
ARTICLE.text = writeProse(1000 - JSON.stringify(ARTICLE).length);

/** 100 KB of text, at hand as bytes. */
export const LONG_TEXT = Buffer.from(writeProse(100 * 1024));

/** 200 bytes of JSON, as a form would send them. */
export const NOTE = {
  author: 'Ada',
  done: false,
  priority: 3,
  tags: ['home', 'weekly'],
  text: '',
  title: 'Groceries',
};
NOTE.text = writeProse(200 - JSON.stringify(NOTE).length);

export const REGISTRATION = {
  address: { city: 'Hyderabad', street: '123 Main St', zip: '500001' },
  user: { age: 21, name: 'Preetham' },
};

/** Where the routes of a large application are: ten actions of each resource. */
export function listPaths(count) {
  return Array.from(
    { length: count },
    (_, index) => `/resource-${Math.floor(index / 10)}/action-${index % 10}`,
  );
}

/** The same words in the same order on every machine: a linear congruential generator picks them. */
function writeProse(length) {
  const words =
    'water gate river engine light stone wheel miller bridge season channel level quiet stream winter harvest';
  const list = words.split(' ');
  let seed = 42;
  let prose = '';
  while (prose.length < length) {
    seed = (seed * 9301 + 49297) % 233280;
    prose += `${list[(seed >> 4) % list.length]} `;
  }
  return prose.slice(0, length);
}
