import { startSample } from '../../../e2e/programs/start-sample';

const start = (env?: Record<string, string>) => startSample('10-static-site-and-api', env);

describe('node dist/main.js', () => {
  it('prints the plan, and serves the page, its assets and the API', async () => {
    await using program = start({ NODE_ENV: 'production' });
    const url = await program.waitForUrl();
    expect(program.stdout).toMatch(
      /^GET +\/api\/notes +NotesController\.list +securityHeaders > etag > csrf > cacheControl > list$/m,
    );
    const page = await (await fetch(url)).text();
    const [, script] = / src="([^"]+)"/.exec(page)!;
    const asset = await fetch(url + script, { headers: { 'accept-encoding': 'br' } });
    expect([asset.status, asset.headers.get('content-encoding')]).toEqual([200, 'br']);
    expect(asset.headers.get('cache-control')).toBe('max-age=31536000, immutable');
    // fetch has decoded it.
    expect(await asset.text()).toContain('pushState');
    expect(await (await fetch(`${url}/api/notes/1`)).json()).toEqual({ id: 1, text: 'Buy milk' });
    expect(await program.stop()).toBe(0);
  });
});
