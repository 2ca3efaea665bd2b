import { createApp } from '@sluice/core';
import { applyDepartures, findChanges } from './apply-departures';
import { DEPARTURES, NOT_HTTP, UPGRADE } from './departures';
import { findDifferences } from './find-differences';
import { send } from './http-client';
import { runCase } from './run-case';
import { readCases, type WireCase } from './wire-case';

const cases = readCases();

async function check(wireCase: WireCase): Promise<string[]> {
  return findDifferences(wireCase, await runCase(wireCase));
}

describe('the cases', () => {
  it('are 128, each with a different id', () => {
    expect(new Set(cases.map(({ id }) => id)).size).toBe(128);
    expect(cases).toHaveLength(128);
  });

  for (const wireCase of cases) {
    const { id, note } = wireCase;
    it(note === undefined ? id : `${id}: ${note}`, async () => {
      expect(await check(applyDepartures(wireCase, DEPARTURES))).toEqual([]);
    });
  }
});

describe('the departures', () => {
  it.each(DEPARTURES)('$subject: each of its cases exists, and fails without it', async (departure) => {
    const { cases: named } = departure;
    const affected = cases.filter((wireCase) => findChanges(departure, wireCase).length > 0);
    if (typeof named === 'function') expect(affected).not.toEqual([]);
    else
      expect(affected.map(({ id }) => id).sort()).toEqual(
        (Array.isArray(named) ? named : Object.keys(named)).sort(),
      );

    const others = DEPARTURES.filter((other) => other !== departure);
    for (const wireCase of affected) {
      const differences = await check(applyDepartures(wireCase, others));
      const refusals = findChanges(departure, wireCase).flatMap(({ refusal = [] }) => refusal);
      expect({ id: wireCase.id, differences: differences.join('\n') }).toEqual({
        id: wireCase.id,
        differences: expect.stringMatching(/./),
      });
      for (const refusal of refusals) expect(differences.join('\n')).toContain(refusal);
    }
  });
});

describe('requests to open a WebSocket', () => {
  it('are the only cases that are not HTTP', () => {
    const about = cases.filter(({ steps }) => steps.some(({ request }) => request.method === 'WEBSOCKET'));
    expect(about.map(({ id }) => id)).toEqual(NOT_HTTP);
  });

  it('get the same answer as without the upgrade', async () => {
    const app = await createApp({ routes: [{ method: 'GET', path: '/', handler: () => 'OK' }] });
    const { port } = await app.listen({ port: 0, handleSignals: false });
    const headers = { Host: 'testserver', ...UPGRADE };
    const answer = await send({ port, method: 'GET', path: '/', headers, body: undefined });
    await app.close();
    expect(answer.status).toBe(200);
    expect(answer.body.toString()).toBe('OK');
    expect(answer.headers).not.toHaveProperty('upgrade');
  });
});
