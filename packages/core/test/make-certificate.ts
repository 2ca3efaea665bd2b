/** Makes X.509 certificates for tests with node:crypto alone, because a machine need not have openssl. */
import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** A private key and the certificate of its public key. */
export interface Certified {
  readonly key: KeyObject;
  readonly name: string;
  /** PEM. */
  readonly cert: string;
  /** PEM, PKCS #8, encrypted if there is a passphrase. */
  readonly keyText: string;
}

export interface CertificateOptions {
  /** DNS names, or IPv4 addresses; the first one is the common name. Default: localhost and 127.0.0.1. */
  readonly names?: readonly string[];
  readonly from?: Date;
  readonly to?: Date;
  readonly passphrase?: string;
  /** Default: the certificate signs itself. */
  readonly issuer?: Certified;
  readonly isAuthority?: boolean;
}

const HOUR_MS = 3_600_000;

/** Makes a new key on the curve P-256 and a certificate of it, by default valid for an hour before and after now. */
export function makeCertificate(options: CertificateOptions = {}): Certified {
  const { names = ['localhost', '127.0.0.1'], passphrase, issuer, isAuthority = false } = options;
  const { from = new Date(Date.now() - HOUR_MS), to = new Date(Date.now() + HOUR_MS) } = options;
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const [name = 'localhost'] = names;
  const body = sequence(
    tagged(0xa0, integer(Buffer.of(2))),
    integer(Buffer.concat([Buffer.of(1), randomBytes(8)])),
    SIGNED_WITH,
    formatName(issuer?.name ?? name),
    sequence(formatTime(from), formatTime(to)),
    formatName(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(formatConstraints(isAuthority), formatAlternativeNames(names))),
  );
  const signature = sign('sha256', body, issuer?.key ?? privateKey);
  const whole = sequence(body, SIGNED_WITH, tagged(0x03, Buffer.concat([Buffer.of(0), signature])));
  const secret = passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase };
  const keyText = privateKey.export({ type: 'pkcs8', format: 'pem', ...secret }).toString();
  return { key: privateKey, name, cert: formatPem(whole), keyText };
}

/** `ecdsa-with-SHA256`. */
const SIGNED_WITH = sequence(identifier([42, 134, 72, 206, 61, 4, 3, 2]));

function formatName(name: string): Buffer {
  return sequence(tagged(0x31, sequence(identifier([85, 4, 3]), tagged(0x0c, Buffer.from(name)))));
}

function formatTime(time: Date): Buffer {
  return tagged(0x18, Buffer.from(time.toISOString().replace(/[-:T]|\.\d+/g, '')));
}

function formatConstraints(isAuthority: boolean): Buffer {
  const content = isAuthority ? sequence(tagged(0x01, Buffer.of(0xff))) : sequence();
  return sequence(identifier([85, 29, 19]), tagged(0x04, content));
}

function formatAlternativeNames(names: readonly string[]): Buffer {
  const parts = names.map((name) =>
    /^[\d.]+$/.test(name)
      ? tagged(0x87, Buffer.from(name.split('.').map(Number)))
      : tagged(0x82, Buffer.from(name)),
  );
  return sequence(identifier([85, 29, 17]), tagged(0x04, sequence(...parts)));
}

function formatPem(bytes: Buffer): string {
  const lines = bytes.toString('base64').replace(/.{64}(?=.)/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

function identifier(content: readonly number[]): Buffer {
  return tagged(0x06, Buffer.from(content));
}

function integer(content: Buffer): Buffer {
  return tagged(0x02, content);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

/** Distinguished encoding rules: tag, length, content. */
function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.of(tag, ...size), content]);
}
