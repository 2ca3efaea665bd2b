import { groupEndpoints, type EndpointGroup } from '../../../src/pipeline/choice/group-endpoints';
import { planRoutes } from '../plan-routes';

/** Formats a group as `GET /it: one | two`, by tier, with its version headers. */
function describeGroup(group: EndpointGroup): string {
  const at = `${group.method} ${group.pattern.path}`;
  if (!group.isChoice) return `${at} = ${group.plan.info.name}`;
  const tiers = group.tiers.map(
    ({ host, plans }) => `${host?.text ?? 'any'} ${plans.map(({ info }) => info.name).join()}`,
  );
  return [`${at} ? ${tiers.join(' | ')}`, ...group.versionHeaders].join(' by ');
}

const group = (...parameters: Parameters<typeof planRoutes>): string[] =>
  groupEndpoints(planRoutes(...parameters)).map(describeGroup);

describe('endpoints', () => {
  it('are plain if method and path alone decide, with HEAD beside each GET that has no other', () => {
    expect(group([['GET /a'], ['ALL /a'], ['GET /b/:id'], ['HEAD /b/:other']])).toEqual([
      'GET /a = GET /a',
      'HEAD /a = GET /a',
      'ALL /a = ALL /a',
      'GET /b/:id = GET /b/:id',
      'HEAD /b/:other = HEAD /b/:other',
    ]);
  });

  it('are choices, the most specific host first, if a route of the path has a host', () => {
    const routes = [
      ['GET /a', { name: 'any' }],
      ['GET /a', { name: 'wild', host: '*.example.com' }],
      ['GET /a', { name: 'exact', host: 'api.example.com' }],
      ['GET /b'],
    ] as const;
    const tiers = 'api.example.com exact | *.example.com wild | any any';
    expect(group(routes)).toEqual([
      `GET /a ? ${tiers}`,
      `HEAD /a ? ${tiers}`,
      'GET /b = GET /b',
      'HEAD /b = GET /b',
    ]);
  });

  it('list ALL, and the GET that answers HEAD, after the routes of the method itself', () => {
    const version = '1';
    const groups = group([['ALL /a', { version }], ['GET /a'], ['HEAD /a', { version }]]);
    expect(groups.slice(0, 3)).toEqual([
      'GET /a ? any GET /a,ALL /a by X-Version',
      'HEAD /a ? any HEAD /a,GET /a,ALL /a by X-Version',
      'POST /a ? any ALL /a by X-Version',
    ]);
    expect(groups).toHaveLength(7);
  });

  it('are plain if the version is in the path', () => {
    expect(group([['POST /a', { version: ['1', '2'] }]], { type: 'path' })).toEqual([
      'POST /v1/a = POST /a',
      'POST /v2/a = POST /a',
    ]);
  });
});
