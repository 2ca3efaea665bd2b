import { createApp, fastapiErrors, HttpError, nestErrors, notFound, type FormatError } from '../../../src';

const errors = [
  { in: 'body', pointer: '/items/0/text', code: 'isString', detail: 'text must be a string' },
  { in: 'query', pointer: '/limit', code: 'number', detail: 'must be a number' },
  { in: 'body', pointer: '', code: 'object', detail: 'must be an object' },
] as const;

async function ask(formatError: FormatError, error: unknown) {
  const handler = () => Promise.reject(error);
  const logger = { info() {}, warn() {}, error() {} };
  const app = await createApp({ routes: [{ method: 'GET', path: '/', handler }], formatError, logger });
  const response = await app.inject({ url: '/' });
  return [response.status, response.header('content-type'), response.json()];
}

describe('fastapiErrors', () => {
  it.each([
    [notFound('No such note.'), 404, { detail: 'No such note.' }],
    [notFound(), 404, { detail: 'Not Found' }],
    [new Error('a secret'), 500, { detail: 'Internal Server Error' }],
    [
      new HttpError(422, { errors }),
      422,
      {
        detail: [
          { type: 'isString', loc: ['body', 'items', 0, 'text'], msg: 'text must be a string' },
          { type: 'number', loc: ['query', 'limit'], msg: 'must be a number' },
          { type: 'object', loc: ['body'], msg: 'must be an object' },
        ],
      },
    ],
  ])('formats %p', async (error, status, body) => {
    expect(await ask(fastapiErrors, error)).toEqual([status, 'application/json', body]);
  });
});

describe('nestErrors', () => {
  it.each([
    [notFound('No such note.'), 404, 'No such note.', 'Not Found'],
    [new Error('a secret'), 500, 'Internal Server Error', 'Internal Server Error'],
    [
      new HttpError(422, { errors }),
      422,
      ['items.0.text must be a string', 'limit must be a number', 'must be an object'],
      'Unprocessable Content',
    ],
  ])('formats %p', async (error, statusCode, message, title) => {
    const body = { statusCode, message, error: title };
    expect(await ask(nestErrors, error)).toEqual([statusCode, 'application/json', body]);
  });
});
