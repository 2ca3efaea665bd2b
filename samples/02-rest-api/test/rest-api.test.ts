import type { App } from '@sluice/core';
import { createRestApi } from '../src/create-rest-api';

const ADA = {
  name: 'Ada',
  email: 'ada@example.com',
  age: 36,
  address: { street: '1 Main St', city: 'London', zip: '12345' },
  tags: ['math', 'engines'],
};

/** The places of the errors in a refusal, each once. */
function listPlaces(response: { json(): unknown }): string[] {
  const { errors } = response.json() as { errors: { in: string; pointer: string }[] };
  return [...new Set(errors.map((error) => `${error.in} ${error.pointer}`))];
}

describe('the REST API', () => {
  let app: App;

  beforeEach(async () => {
    app = await createRestApi();
  });

  afterEach(() => app.close());

  const post = (body: unknown) => app.inject({ method: 'POST', url: '/users', body });
  const get = async (url: string) => (await app.inject({ url })).json();

  it('creates a user, sends its location, and shows it without its secrets', async () => {
    const response = await post(ADA);
    expect([response.status, response.header('location')]).toEqual([201, '/users/1']);
    expect(response.json()).toEqual({ ...ADA, id: 1 });
    expect(await get('/users/1')).toEqual({ ...ADA, id: 1 });
    const { age: _, ...ageless } = ADA;
    expect((await post(ageless)).json()).toEqual({ ...ageless, id: 2 });
    expect(JSON.stringify(await get('/users'))).not.toContain('passwordHash');
  });

  it.each([
    ['name', { ...ADA, name: '' }, '/name'],
    ['name of 51 characters', { ...ADA, name: 'x'.repeat(51) }, '/name'],
    ['name that is null', { ...ADA, name: null }, '/name'],
    ['email', { ...ADA, email: 'ada' }, '/email'],
    ['age', { ...ADA, age: -1 }, '/age'],
    ['age with a fraction', { ...ADA, age: 1.5 }, '/age'],
    ['age that is null', { ...ADA, age: null }, '/age'],
    ['age as text', { ...ADA, age: '36' }, '/age'],
    ['zip', { ...ADA, address: { ...ADA.address, zip: '1234' } }, '/address/zip'],
    ['zip as a number', { ...ADA, address: { ...ADA.address, zip: 12345 } }, '/address/zip'],
    ['address', { ...ADA, address: null }, '/address'],
    ['missing address', { ...ADA, address: undefined }, '/address'],
    ['tags', { ...ADA, tags: ['a', 'b', 'c', 'd', 'e', 'f'] }, '/tags'],
    ['passwordHash', { ...ADA, passwordHash: 'x' }, '/passwordHash'],
    ['id', { ...ADA, id: 7 }, '/id'],
  ])('refuses a wrong %s, and points at it', async (_, body, pointer) => {
    const response = await post(body);
    expect([response.status, response.header('content-type')]).toEqual([422, 'application/problem+json']);
    // A value can break several rules. All are reported, with the same place.
    expect(listPlaces(response)).toEqual([`body ${pointer}`]);
  });

  it('answers 404 for an unknown id, and 422 for an invalid one', async () => {
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      const body = method === 'PATCH' ? {} : undefined;
      expect((await app.inject({ method, url: '/users/9', body })).status).toBe(404);
      expect((await app.inject({ method, url: '/users/nine', body })).status).toBe(422);
    }
  });

  it('lists users by limit, tags and age', async () => {
    await post(ADA);
    await post({ ...ADA, name: 'Bob', age: 17, tags: ['math'] });
    await post({ ...ADA, name: 'Cy', age: undefined, tags: [] });
    const names = async (query: string) => {
      const { items, total } = (await get(`/users?${query}`)) as { items: { name: string }[]; total: number };
      return [items.map(({ name }) => name).join(), total];
    };
    expect(await names('')).toEqual(['Ada,Bob,Cy', 3]);
    expect(await names('limit=1')).toEqual(['Ada', 3]);
    expect(await names('tag=math')).toEqual(['Ada,Bob', 2]);
    expect(await names('tag=math&tag=engines')).toEqual(['Ada', 1]);
    expect(await names('adult=true')).toEqual(['Ada', 1]);
    expect(await names('adult=false')).toEqual(['Bob,Cy', 2]);
  });

  it.each([
    ['limit=0', '/limit'],
    ['limit=101', '/limit'],
    ['limit=ten', '/limit'],
    ['adult=yes', '/adult'],
    ['page=2', '/page'],
  ])('refuses the query %s', async (query, pointer) => {
    const response = await app.inject({ url: `/users?${query}` });
    expect(response.status).toBe(422);
    expect(listPlaces(response)).toEqual([`query ${pointer}`]);
  });

  it('changes the properties that are sent, and no others', async () => {
    await post(ADA);
    const patch = (body: unknown) => app.inject({ method: 'PATCH', url: '/users/1', body });
    expect((await patch({ age: 37 })).json()).toEqual({ ...ADA, id: 1, age: 37 });
    expect((await patch({ address: { city: 'Paris' } })).json()).toMatchObject({
      age: 37,
      address: { ...ADA.address, city: 'Paris' },
    });
    expect((await patch({})).status).toBe(200);
    for (const wrong of [{ name: null }, { email: 'x' }, { id: 2 }, { address: { zip: '1' } }, []])
      expect((await patch(wrong)).status).toBe(422);
    expect(await get('/users/1')).toMatchObject({ name: 'Ada', age: 37 });
  });

  it('deletes a user', async () => {
    await post(ADA);
    const response = await app.inject({ method: 'DELETE', url: '/users/1' });
    expect([response.status, response.text()]).toEqual([204, '']);
    expect((await app.inject({ url: '/users/1' })).status).toBe(404);
  });

  it('answers 400, 415, 404 and 405 to requests that no handler can take', async () => {
    const headers = { 'content-type': 'application/json' };
    const broken = await app.inject({ method: 'POST', url: '/users', body: '{', headers });
    const text = { 'content-type': 'text/plain' };
    expect(broken.status).toBe(400);
    expect((await app.inject({ method: 'POST', url: '/users', body: 'x', headers: text })).status).toBe(415);
    expect((await app.inject({ url: '/nothing' })).status).toBe(404);
    const put = await app.inject({ method: 'PUT', url: '/users/1' });
    expect([put.status, put.header('allow')]).toEqual([405, expect.stringContaining('PATCH')]);
  });
});
