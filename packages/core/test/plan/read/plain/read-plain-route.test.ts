import { Problems } from '../../../../src/configuration/problems';
import { NO_MARKS } from '../../../../src/routing/route-mark';
import { readPlainRoute } from '../../../../src/plan/read/plain/read-plain-route';
import { named } from '../../make-plan';

const show = () => 1;

function read(route: object) {
  const problems = new Problems();
  const definition = readPlainRoute({ method: 'GET', path: '/a', handler: show, ...route }, 0, problems);
  return { definition, codes: problems.list().map(({ code }) => code) };
}

describe('a plain route', () => {
  it('is a definition with the context as its only argument', () => {
    expect(read({}).definition).toMatchObject({
      method: 'GET',
      prefix: '',
      path: '/a',
      name: 'show',
      stepName: 'show',
      marks: NO_MARKS,
      arguments: [{ kind: 'context' }],
      origin: undefined,
      run: show,
    });
  });

  it('is not a list, as of a function that makes several', () => {
    const problems = new Problems();
    expect(
      readPlainRoute([{ method: 'GET', path: '/a', handler: show }] as never, 2, problems),
    ).toBeUndefined();
    expect(problems.list()).toEqual([
      {
        code: 'ROUTE_HANDLER_MISSING',
        place: 'createApp, routes 2',
        fault: 'A list is not a route.',
        cure: 'Write three dots before what makes the list: routes: [...health(), ...openapi({ … })].',
      },
    ]);
  });

  it('has its own name, or that of its handler, or none that is empty', () => {
    expect(read({ name: 'home' }).definition!.name).toBe('home');
    expect(
      read({
        handler: (
          () => () =>
            1
        )(),
      }).definition!.name,
    ).toBe('handler');
  });

  it('names itself in the problems of its host, its version and its middleware', () => {
    const { definition } = read({ host: 'a.example.com', version: '1', middleware: [named('own')] });
    expect(definition).toMatchObject({
      hosts: { value: 'a.example.com', place: 'show' },
      versions: { value: '1', place: 'show' },
      middleware: [{ scope: 'method', place: 'show', middleware: { name: 'own' } }],
    });
  });

  it('reports every unknown option', () => {
    expect(read({ bodyLimits: 1, colour: 'red' }).codes).toEqual(['OPTION_UNKNOWN', 'OPTION_UNKNOWN']);
  });
});
