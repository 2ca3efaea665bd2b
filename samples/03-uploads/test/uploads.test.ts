import type { App } from '@sluice/core';
import { createUploads } from '../src/create-uploads';

jest.setTimeout(60_000);

describe('the uploads sample', () => {
  let app: App;
  let url: string;

  beforeAll(async () => {
    app = await createUploads();
    ({ url } = await app.listen({ port: 0, handleSignals: false }));
  });

  afterAll(() => app.close());

  async function post(...pictures: readonly (readonly [content: string, type: string])[]) {
    const form = new FormData();
    form.set('title', 'A walk');
    for (const [content, type] of pictures)
      form.append('pictures', new Blob([content], { type }), 'walk.png');
    const response = await fetch(`${url}/uploads`, { method: 'POST', body: form });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  it('shows a page with the form', async () => {
    expect(await (await fetch(url)).text()).toContain('enctype="multipart/form-data"');
  });

  it('describes small and large pictures', async () => {
    const { status, body } = await post(['abc', 'image/png'], ['x'.repeat(1_000_000), 'image/jpeg']);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      title: 'A walk',
      pictures: [
        {
          filename: 'walk.png',
          size: 3,
          mediaType: 'image/png',
          sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
        },
        { size: 1_000_000, mediaType: 'image/jpeg' },
      ],
    });
  });

  it('refuses the forms that its README lists', async () => {
    const picture = ['abc', 'image/png'] as const;
    expect((await post()).status).toBe(422);
    expect((await post(['abc', 'text/html'])).status).toBe(415);
    expect((await post(picture, picture, picture, picture)).status).toBe(413);
    expect((await post(['x'.repeat(2_000_001), 'image/png'])).status).toBe(413);
  });
});
