import { startSample } from '../../../e2e/programs/start-sample';

describe('node dist/main.js', () => {
  it('shows the page, and accepts its form', async () => {
    await using program = startSample('03-uploads');
    const [, url] = await program.waitFor(/^Open (http:\S+)\/ /m);
    expect(await (await fetch(url!)).text()).toContain('<form');

    const body = new FormData();
    body.set('title', 'A walk');
    body.set('pictures', new Blob(['x'.repeat(100_000)], { type: 'image/png' }), 'walk.png');
    const response = await fetch(`${url}/uploads`, { method: 'POST', body });
    expect(await response.json()).toMatchObject({
      title: 'A walk',
      pictures: [{ filename: 'walk.png', size: 100_000 }],
    });
  });
});
