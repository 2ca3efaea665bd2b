import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { EngineName } from '../../src/engine/make-engine';
import { makeCertificate } from '../make-certificate';
import { describeBytes } from './byte-contract';
import { describeEngine } from './engine-contract';
import { describeRequestEnds } from './request-end-contract';
import { makeHarness } from './socket-harness';
import { describeStreams } from './stream-contract';

/** The contract suite over TLS, without the parts that do not depend on the connection. */
export function describeTlsEngine(engine: EngineName, name: string): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'sluice-tls-engine-'));
  const files = { key: path.join(folder, 'key.pem'), cert: path.join(folder, 'cert.pem') };
  const { keyText, cert } = makeCertificate();
  writeFileSync(files.key, keyText);
  writeFileSync(files.cert, cert);
  afterAll(() => rmSync(folder, { recursive: true }));

  const harness = makeHarness(engine, files);
  describeEngine(`The engine on ${name} with TLS`, harness);
  describeStreams(`${name} with TLS`, harness);
  describeRequestEnds(`${name} with TLS`, harness);
  describeBytes(`${name} with TLS`, harness);
}
