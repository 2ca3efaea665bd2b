import { startSample } from '../../../e2e/programs/start-sample';

describe('node dist/main.js', () => {
  it('stores users and sends them without their secrets', async () => {
    await using program = startSample('02-rest-api');
    const url = await program.waitForUrl();
    expect(await (await fetch(`${url}/users`)).json()).toEqual({ items: [], total: 0 });

    const address = { street: '1 Main St', city: 'London', zip: '12345' };
    const ada = { name: 'Ada', email: 'ada@example.com', address, tags: [] };
    const headers = { 'content-type': 'application/json' };
    const made = await fetch(`${url}/users`, { method: 'POST', headers, body: JSON.stringify(ada) });
    expect([made.status, made.headers.get('location')]).toEqual([201, '/users/1']);
    expect(await (await fetch(`${url}/users/1`)).json()).toEqual({ ...ada, id: 1 });
  });
});
