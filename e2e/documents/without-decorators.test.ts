import { printPlan } from '@sluice/core';
import { checkExamples } from './check-examples';

describe('docs/without-decorators.md', () => {
  checkExamples('docs/without-decorators.md', {
    async 'A controller'(app) {
      const ask = async (url: string) => {
        const response = await app.inject({ url });
        return [response.status, response.json()];
      };
      const add = async (headers: Record<string, string>, body: object) =>
        (await app.inject({ method: 'POST', url: '/notes', headers, body })).status;
      expect(await ask('/notes?tag=a&tag=b')).toEqual([200, { notes: ['Buy milk'], tag: ['a', 'b'] }]);
      expect((await app.inject({ url: '/notes/1' })).text()).toBe('Buy milk');
      expect((await app.inject({ url: '/notes/2' })).status).toBe(404);
      expect((await app.inject({ url: '/notes/one' })).status).toBe(422);
      expect(await ask('/notes/1/text')).toEqual([200, ['1', 'text', 'GET']]);
      expect(await add({}, { text: 'a' })).toBe(401);
      expect(await add({ 'x-api-key': 'letmein' }, { text: 'a' })).toBe(201);
      expect(await add({ 'x-api-key': 'letmein' }, { text: 5 })).toBe(422);
    },

    async Groups(app) {
      const response = await app.inject({ url: '/v1/time', headers: { origin: 'https://app.example' } });
      expect(response.json()).toEqual({ now: '1970-01-01T00:00:00.000Z' });
      expect(response.header('access-control-allow-origin')).toBe('https://app.example');
      expect(printPlan(app.plan)).toMatch(/^GET +\/v1\/time +time\.show +cors > show$/m);
      expect(app.plan.routes[0]!.tags).toEqual(['time']);
    },
  });
});
