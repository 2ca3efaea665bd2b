import { request } from 'node:https';
import { ENGINES } from '../sockets/engines';
import { writeCertificate } from '../tls/write-certificate';
import { startProgram } from './start-workers';

// A guard against hanging, not a measure: others may be using the machine.
jest.setTimeout(120_000);

/** A request on a connection of its own. */
function ask(url: string): Promise<{ readonly pid: number; readonly protocol: string }> {
  return new Promise((resolve, reject) => {
    request(url, { rejectUnauthorized: false, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => resolve(JSON.parse(text) as { pid: number; protocol: string }));
    })
      .on('error', reject)
      .end();
  });
}

it.each(ENGINES)('Workers end TLS together on one port, on the engine %s', async (SLUICE_ENGINE) => {
  const { key, cert } = writeCertificate('workers');
  await using program = startProgram('secured', { SLUICE_ENGINE, TLS_KEY: key, TLS_CERT: cert });
  const [, url = ''] = await program.waitFor(/2 workers listen on (https:\S+)\.\n/);
  const seen = new Set<number>();
  for (let count = 0; count < 200 && seen.size < 2; count++) {
    const { pid, protocol } = await ask(url);
    expect(protocol).toBe('https');
    seen.add(pid);
  }
  expect(seen.size).toBe(2);
  expect(await program.stop('SIGTERM')).toBe(0);
});
