import { readFileSync, statSync, type BigIntStats } from 'node:fs';
import path from 'node:path';
import { createSecureContext } from 'node:tls';
import type { ConfigurationProblem } from '../../configuration/configuration-error';
import { formatThrown } from '../../configuration/format-thrown';
import { Problems } from '../../configuration/problems';
import { findCertificateProblem, readCertificates } from './check-certificate';
import { isInline, type TlsCertificate, type TlsOptions } from './tls-options';

/** A key and a certificate that belong together. */
export interface LoadedCertificate {
  readonly key: string;
  readonly cert: string;
  readonly passphrase: string | undefined;
}

/** The keys and certificates of the option `tls`, read and checked. */
export interface Tls {
  readonly options: TlsOptions;
  readonly own: LoadedCertificate;
  /** By the name that clients ask for. */
  readonly servers: ReadonlyMap<string, LoadedCertificate>;
  readonly ca: string | undefined;
  /** The absolute paths of all files, each with what it was like before it was read. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * Reads all keys and certificates and checks them: they fit together, are valid now, and name their servers.
 *
 * @throws ConfigurationError with every problem: TLS_FILE_UNREADABLE, TLS_KEY_INVALID, TLS_PASSPHRASE_WRONG,
 * TLS_CERTIFICATE_INVALID, TLS_CERTIFICATE_EXPIRED, TLS_CERTIFICATE_NOT_YET_VALID, TLS_KEY_MISMATCH, TLS_NAME_MISMATCH,
 * and OPTION_INVALID for ciphers
 */
export function readTls(options: TlsOptions): Tls {
  const problems = new Problems();
  const files = new Map<string, string>();
  const read = (place: string, given: string | Uint8Array): string | undefined => {
    if (isInline(given)) return Buffer.from(given).toString();
    const file = path.resolve(given);
    try {
      files.set(file, describeFile(statSync(file, { bigint: true })));
      return readFileSync(file, 'utf8');
    } catch (error) {
      problems.include(describeUnreadable(place, given, error as NodeJS.ErrnoException));
      return undefined;
    }
  };
  const load = (place: string, given: TlsCertificate, name?: string): LoadedCertificate => {
    const { passphrase } = given;
    const key = read(`${place}.key`, given.key);
    const cert = read(`${place}.cert`, given.cert);
    const loaded = { key: key ?? '', cert: cert ?? '', passphrase };
    if (key === undefined || cert === undefined) return loaded;
    const problem = findCertificateProblem(place, loaded, name) ?? findContextProblem(place, loaded);
    if (problem !== undefined) problems.include(problem);
    return loaded;
  };
  const own = load(PLACE, options);
  const servers = new Map(
    Object.entries(options.servers ?? {}).map(([name, given]) => [
      name,
      load(`${PLACE}.servers[${JSON.stringify(name)}]`, given, name),
    ]),
  );
  const ca = options.ca === undefined ? undefined : read(`${PLACE}.ca`, options.ca);
  if (ca !== undefined && readCertificates(ca) === undefined) problems.include(describeAuthorities());
  problems.include(...findCipherProblem(options.ciphers));
  problems.throwIfAny();
  return { options, own, servers, ca, files };
}

/** Describes a file by all that changes when it does. */
export function describeFile({ ino, size, mtimeNs }: BigIntStats): string {
  return `${ino} ${size} ${mtimeNs}`;
}

const PLACE = 'app.listen, tls';

function describeUnreadable(place: string, file: string, error: NodeJS.ErrnoException): ConfigurationProblem {
  return {
    code: 'TLS_FILE_UNREADABLE',
    place,
    fault: `${file} cannot be read: ${REASONS[error.code ?? ''] ?? error.message}.`,
    cure: 'Correct the path, or let the user of this process read the file.',
  };
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'the file does not exist',
  EACCES: 'this user may not read it',
  EISDIR: 'it is a folder',
};

function describeAuthorities(): ConfigurationProblem {
  const fault = 'It does not consist of certificates in PEM.';
  const cure = 'Give the certificates of the authorities, which begin with -----BEGIN CERTIFICATE-----.';
  return { code: 'TLS_CERTIFICATE_INVALID', place: `${PLACE}.ca`, fault, cure };
}

/** Finds a fault that only OpenSSL knows: a key that is too short, for example. */
function findContextProblem(
  place: string,
  { key, cert, passphrase }: LoadedCertificate,
): ConfigurationProblem | undefined {
  try {
    createSecureContext({ key, cert, passphrase });
    return undefined;
  } catch (error) {
    const fault = `OpenSSL does not accept the key with its certificate: ${formatThrown(error)}.`;
    return { code: 'TLS_CERTIFICATE_INVALID', place, fault, cure: 'Make a new key and a certificate of it.' };
  }
}

function findCipherProblem(ciphers: string | undefined): ConfigurationProblem[] {
  if (ciphers === undefined) return [];
  try {
    createSecureContext({ ciphers });
    return [];
  } catch {
    const fault = `OpenSSL knows none of the suites ${JSON.stringify(ciphers)}.`;
    const cure = 'Change ciphers, or leave it out. `openssl ciphers` lists the names.';
    return [{ code: 'OPTION_INVALID', place: `${PLACE}.ciphers`, fault, cure }];
  }
}
