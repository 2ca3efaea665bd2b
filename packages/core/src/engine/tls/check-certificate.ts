import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import type { ConfigurationProblem } from '../../configuration/configuration-error';

/** A key and a certificate as they were read. */
interface Pair {
  readonly key: string;
  readonly cert: string;
  readonly passphrase: string | undefined;
}

/**
 * Finds the first reason why clients would refuse a certificate, or the server could not use its key.
 *
 * @param name the name that clients ask for; `*.shop.example` for all names one label below
 */
export function findCertificateProblem(
  place: string,
  { key: keyText, cert, passphrase }: Pair,
  name: string | undefined,
  now = new Date(),
): ConfigurationProblem | undefined {
  const key = readKey(`${place}.key`, keyText, passphrase);
  if (!('type' in key)) return key;
  const chain = readCertificates(cert);
  const certPlace = `${place}.cert`;
  if (chain === undefined) {
    const fault = 'It does not consist of certificates in PEM.';
    const cure = 'Give a file that begins with -----BEGIN CERTIFICATE-----: that of the server first.';
    return { code: 'TLS_CERTIFICATE_INVALID', place: certPlace, fault, cure };
  }
  const [leaf] = chain as [X509Certificate];
  if (!leaf.checkPrivateKey(key)) {
    const fault = `The key is not that of the first certificate (${describe(leaf)}).`;
    const cure =
      'Give the key and the certificate that were made together, the certificate of the server first.';
    return { code: 'TLS_KEY_MISMATCH', place, fault, cure };
  }
  return findTimeProblem(certPlace, chain, now) ?? findNameProblem(certPlace, leaf, name);
}

/** The certificates of a text in PEM, in order; undefined if there are none, or one cannot be read. */
export function readCertificates(text: string): X509Certificate[] | undefined {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g);
  try {
    return blocks?.map((block) => new X509Certificate(block));
  } catch {
    return undefined;
  }
}

function readKey(
  place: string,
  key: string,
  passphrase: string | undefined,
): KeyObject | ConfigurationProblem {
  try {
    return createPrivateKey({ key, ...(passphrase !== undefined && { passphrase }) });
  } catch {
    return /-----BEGIN ENCRYPTED|Proc-Type: 4,ENCRYPTED/.test(key)
      ? describePassphrase(place, passphrase)
      : {
          code: 'TLS_KEY_INVALID',
          place,
          fault: 'It is not a private key in PEM.',
          cure: 'Give a file that begins with -----BEGIN PRIVATE KEY----- (or EC, RSA or ENCRYPTED PRIVATE KEY).',
        };
  }
}

function describePassphrase(place: string, passphrase: string | undefined): ConfigurationProblem {
  return {
    code: 'TLS_PASSPHRASE_WRONG',
    place,
    fault: `The key is encrypted, and ${passphrase === undefined ? 'no passphrase is given' : 'the passphrase does not open it'}.`,
    cure: 'Give its passphrase in tls.passphrase.',
  };
}

function findTimeProblem(
  place: string,
  chain: readonly X509Certificate[],
  now: Date,
): ConfigurationProblem | undefined {
  for (const one of chain) {
    const [from, to] = [new Date(one.validFrom), new Date(one.validTo)];
    if (to < now) {
      const fault = `The certificate ${describe(one)} has expired at ${to.toISOString()}.`;
      return { code: 'TLS_CERTIFICATE_EXPIRED', place, fault, cure: 'Renew the certificate.' };
    }
    if (from > now) {
      const fault = `The certificate ${describe(one)} is not valid before ${from.toISOString()}.`;
      const cure = 'Set the clock of this machine, or use a certificate that is valid now.';
      return { code: 'TLS_CERTIFICATE_NOT_YET_VALID', place, fault, cure };
    }
  }
  return undefined;
}

/** A name that only a wildcard matches. */
const ANY_LABEL = 'any-name-one-label-below';

function findNameProblem(
  place: string,
  leaf: X509Certificate,
  name: string | undefined,
): ConfigurationProblem | undefined {
  if (name === undefined || leaf.checkHost(name.replace('*', ANY_LABEL)) !== undefined) return undefined;
  const fault = `The certificate ${describe(leaf)} is not valid for ${name}.`;
  const cure = 'Use a certificate with that name in its subjectAltName, or change the name in tls.servers.';
  return { code: 'TLS_NAME_MISMATCH', place, fault, cure };
}

/** Its names, or else its subject. */
function describe({ subjectAltName, subject }: X509Certificate): string {
  return subjectAltName ?? subject.replaceAll('\n', ', ');
}
