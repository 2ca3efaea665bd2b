import { LateReply, notFound, text, type Context } from '../../../src';
import { runRoute } from '../../pipeline/run-route';

class Late extends LateReply {
  constructor(readonly make: (context: Context) => unknown) {
    super();
  }
}

describe('a late reply', () => {
  it.each<[string, (context: Context) => unknown, number, string]>([
    ['a value', ({ request }) => request.path, 200, '/x'],
    ['a reply', () => text('a', { status: 202 }), 202, 'a'],
    ['a promise', async () => 'later', 200, 'later'],
    ['another late reply', () => new Late(() => 'inner'), 200, 'inner'],
  ])('is replaced by %s', async (_case, make, status, body) => {
    const response = await runRoute({ handler: () => new Late(make) });
    expect([response.status, response.text()]).toEqual([status, body]);
  });

  it.each([
    () => notFound(),
    () => {
      throw notFound();
    },
    () => Promise.reject(notFound()),
  ])('makes an error the response (%#)', async (make) => {
    expect((await runRoute({ handler: () => new Late(make) })).status).toBe(404);
  });
});
