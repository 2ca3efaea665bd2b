import { startSample } from '../../../e2e/programs/start-sample';

describe('node dist/main.js', () => {
  it('serves the page, the clock, lines and files, and ends the clock when it stops', async () => {
    await using program = startSample('04-streaming-and-sse');
    const url = await program.waitForUrl();
    expect(program.stdout).toMatch(/^GET +\/clock +StreamingController\.clock /m);
    expect(await (await fetch(url)).text()).toContain('<h1>Clock &amp; streams</h1>');
    expect(await (await fetch(`${url}/readings`)).text()).toContain('{"hour":23,');
    const part = await fetch(`${url}/tides`, { headers: { range: 'bytes=0-2' } });
    expect([part.status, await part.text()]).toEqual([206, 'day']);

    const clock = await fetch(`${url}/clock`);
    const reader = clock.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('"time"')) text += (await reader.read()).value ?? '';
    // The clock does not end by itself.
    expect(await program.stop()).toBe(0);
    while (!(await reader.read()).done);
    expect(program.stderr).toBe('');
  });
});
