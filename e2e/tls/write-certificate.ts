import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeCertificate, type CertificateOptions } from '../../packages/core/test/make-certificate';

const folder = mkdtempSync(path.join(tmpdir(), 'sluice-tls-'));

afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a key and its certificate, for as long as the tests of the file run, and returns their paths. */
export function writeCertificate(name: string, options: CertificateOptions = {}) {
  const { keyText, cert } = makeCertificate(options);
  const files = { key: path.join(folder, `${name}.key`), cert: path.join(folder, `${name}.pem`) };
  writeFileSync(files.key, keyText);
  writeFileSync(files.cert, cert);
  return files;
}
