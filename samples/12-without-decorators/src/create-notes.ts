import { controller, createApp, guard, noContent, notFound, unauthorized } from '@sluice/core';

/** The notes that a client sends, and those that it gets. The types of the handlers follow from these tables. */
const NEW_NOTE = { text: 'text', tags: { type: ['text'], required: false } } as const;
const NOTE = { id: 'integer', text: 'text', tags: ['text'] } as const;

interface StoredNote {
  readonly id: number;
  readonly text: string;
  readonly tags: readonly string[];
  /** Never sent, because NOTE does not have it. */
  readonly writtenAt: Date;
}

const stored = new Map<number, StoredNote>();
let lastId = 0;

function add(text: string, tags: readonly string[]): StoredNote {
  const note = { id: ++lastId, text, tags, writtenAt: new Date() };
  stored.set(note.id, note);
  return note;
}

add('Buy milk', ['home']);

const needsKey = guard(function writers({ request }) {
  return request.header('x-api-key') === 'letmein' ? undefined : unauthorized();
});

const notes = controller('/notes', { tags: ['Notes'] }, (r) => [
  r.get(
    '/',
    { query: { tag: 'text?', limit: { type: 'integer', default: 20 } }, returns: [NOTE] },
    ({ tag, limit }) =>
      [...stored.values()].filter(({ tags }) => tag === undefined || tags.includes(tag)).slice(0, limit),
  ),
  r.get(
    '/:id',
    { params: { id: 'integer' }, returns: NOTE },
    ({ id }) => stored.get(id) ?? notFound(`There is no note ${id}.`),
  ),
]);

const changes = controller('/notes', { tags: ['Notes'], use: [needsKey], bodyLimit: 10_000 }, (r) => [
  r.post('/', { body: NEW_NOTE, status: 201, returns: NOTE }, ({ body }) => add(body.text, body.tags)),
  r.delete('/:id', { params: { id: 'integer' }, status: 204 }, ({ id }) =>
    stored.delete(id) ? noContent() : notFound(),
  ),
]);

/** Creates the application without listening, so that tests can use it too. */
export function createNotes() {
  return createApp({ controllers: [notes, changes] });
}
