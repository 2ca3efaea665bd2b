import { groupEndpoints } from '../../../src/pipeline/choice/group-endpoints';
import { makeVary } from '../../../src/pipeline/choice/vary-by-choice';
import { planRoutes } from '../plan-routes';

/** Lists the routes that get another function, one that adds Vary. */
function listVarying(...parameters: Parameters<typeof planRoutes>): string[] {
  const routes = planRoutes(...parameters);
  const addVary = makeVary(groupEndpoints(routes), undefined);
  const run = (): void => {};
  return routes.filter((route) => addVary(route, run) !== run).map(({ info }) => info.name);
}

const version = '1';

describe('the responses that vary by version', () => {
  it('are those of routes with a version in a header, and of their neighbours on the path', () => {
    expect(listVarying([['GET /a', { version }], ['GET /a'], ['POST /a'], ['GET /b']])).toEqual([
      'GET /a',
      'GET /a',
    ]);
  });

  it('are none if versions are in the path, or only hosts differ', () => {
    expect(listVarying([['GET /a', { version }]], { type: 'path' })).toEqual([]);
    expect(listVarying([['GET /a', { host: 'a.example' }], ['GET /a']])).toEqual([]);
  });

  it.each([
    ['GET /users/:id', 'GET /users/me', false],
    ['GET /users/me', 'GET /users/:id', true],
    ['GET /users/me', 'GET /users/*', true],
    ['GET /users/me', 'ALL /*', true],
    ['GET /users/*', 'GET /users/me', false],
    ['GET /users/:id/*', 'GET /users/*', true],
    ['GET /:a/y', 'GET /x/:b', false],
    ['GET /x/:b', 'GET /:a/y', true],
    ['GET /users/me', 'GET /:a', false],
    ['GET /users/me', 'GET /notes/:id', false],
    ['GET /users/me', 'POST /users/:id', false],
    ['GET /users/me', 'HEAD /users/:id', true],
    ['HEAD /users/me', 'GET /users/:id', true],
  ])(
    'include those of a second route that may get requests of %s for other versions: %s is %s',
    (versioned, other, may) => {
      expect(listVarying([[versioned, { version }], [other]])).toEqual(
        may ? [versioned, other] : [versioned],
      );
    },
  );
});
