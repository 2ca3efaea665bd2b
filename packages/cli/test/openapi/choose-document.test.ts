import { createApp, type Plan } from '@sluice/core';
import { openapi, readServedDocument } from '@sluice/openapi';
import { chooseDocument } from '../../src/openapi/choose-document';

const PROJECT = { name: 'notes', version: '1.2.3' };
const info = { title: 'Notes', version: '2' };
const guard = { name: 'guard', handle: (_: unknown, next: () => unknown) => next() };

async function makePlan(...paths: string[]): Promise<Plan> {
  const routes = paths.flatMap((path) =>
    openapi({ info, path, tags: [{ name: path }], middleware: [guard] }),
  );
  return (await createApp({ routes })).plan;
}

describe('the document', () => {
  it('is that of the application, without what only its routes need', async () => {
    const plan = await makePlan('/openapi');
    const { options } = chooseDocument(plan, undefined, PROJECT);
    expect(options).toEqual({ info, tags: [{ name: '/openapi' }] });
  });

  it('has the name and version of the project where the application serves none', async () => {
    const plan = await makePlan();
    expect(chooseDocument(plan, undefined, PROJECT)).toEqual({
      options: { info: { title: 'notes', version: '1.2.3' } },
    });
    expect(chooseDocument(plan, undefined, {})).toEqual({
      options: { info: { title: 'API', version: '0.0.0' } },
    });
  });

  it('is chosen by its path where there are several', async () => {
    const plan = await makePlan('/openapi', '/admin/openapi');
    expect(() => chooseDocument(plan, undefined, PROJECT)).toThrow(
      'several documents: /openapi and /admin/openapi.',
    );
    for (const path of ['/admin/openapi', '/admin/openapi.json', '/admin/openapi.yaml'])
      expect(chooseDocument(plan, path, PROJECT).options.tags).toEqual([{ name: '/admin/openapi' }]);
    expect(() => chooseDocument(plan, '/other', PROJECT)).toThrow(
      'no document at /other. It serves /openapi and',
    );
  });

  it('is below the path of the mount for a mounted application, and has only what is mounted with it', async () => {
    const health = { method: 'GET' as const, path: '/health', handler: () => 'up' };
    const app = await createApp({ routes: [...openapi({ info }), health], prefix: '/api' });
    app.mount('/in', await createApp({ routes: openapi({ info: { title: 'Inner', version: '1' } }) }));
    expect(() => chooseDocument(app.plan, undefined, PROJECT)).toThrow('/api/openapi and /api/in/openapi.');
    const { route } = chooseDocument(app.plan, '/api/in/openapi', PROJECT);
    expect(readServedDocument(route!)).toMatchObject({ info: { title: 'Inner' }, paths: {} });
    const outer = chooseDocument(app.plan, '/api/openapi.yaml', PROJECT);
    expect(Object.keys(readServedDocument(outer.route!)!.paths)).toEqual(['/api/health']);
  });
});
