import { createApp } from '../../src';
import { makeCertificate } from '../make-certificate';
import type { Mistake } from './mistake';

const OWN = makeCertificate({ names: ['app.example'] });
const OTHER = makeCertificate({ names: ['other.example'] });
const SECRET = makeCertificate({ names: ['app.example'], passphrase: 'correct horse' });
const EXPIRED = makeCertificate({
  names: ['app.example'],
  from: new Date('2025-01-01T00:00:00Z'),
  to: new Date('2025-04-01T00:00:00Z'),
});
const EARLY = makeCertificate({
  names: ['app.example'],
  from: new Date('2999-01-01T00:00:00Z'),
  to: new Date('2999-04-01T00:00:00Z'),
});

async function listen(tls: object): Promise<unknown> {
  return (await createApp({ engine: 'node' })).listen({ port: 0, handleSignals: false, tls } as object);
}

/** A key and a certificate as text. */
function inline({ keyText, cert }: { readonly keyText: string; readonly cert: string }) {
  return { key: keyText, cert };
}

const PEM_CURE = 'Give a file that begins with -----BEGIN CERTIFICATE-----: that of the server first.';

export const TLS_MISTAKES: readonly Mistake[] = [
  {
    code: 'TLS_FILE_UNREADABLE',
    when: 'the file of the key does not exist',
    make: () => listen({ ...inline(OWN), key: 'tls/key.pem' }),
    place: 'app.listen, tls.key',
    fault: 'tls/key.pem cannot be read: the file does not exist.',
    cure: 'Correct the path, or let the user of this process read the file.',
  },
  {
    code: 'TLS_FILE_UNREADABLE',
    when: 'the certificate is a folder',
    make: () => listen({ ...inline(OWN), cert: '/' }),
    place: 'app.listen, tls.cert',
    fault: '/ cannot be read: it is a folder.',
    cure: 'Correct the path, or let the user of this process read the file.',
  },
  {
    code: 'TLS_KEY_INVALID',
    when: 'the key is a certificate',
    make: () => listen({ key: OWN.cert, cert: OWN.cert }),
    place: 'app.listen, tls.key',
    fault: 'It is not a private key in PEM.',
    cure: 'Give a file that begins with -----BEGIN PRIVATE KEY----- (or EC, RSA or ENCRYPTED PRIVATE KEY).',
  },
  {
    code: 'TLS_PASSPHRASE_WRONG',
    when: 'an encrypted key has a wrong passphrase',
    make: () => listen({ ...inline(SECRET), passphrase: 'battery staple' }),
    place: 'app.listen, tls.key',
    fault: 'The key is encrypted, and the passphrase does not open it.',
    cure: 'Give its passphrase in tls.passphrase.',
  },
  {
    code: 'TLS_PASSPHRASE_WRONG',
    when: 'an encrypted key has no passphrase',
    make: () => listen(inline(SECRET)),
    place: 'app.listen, tls.key',
    fault: 'The key is encrypted, and no passphrase is given.',
    cure: 'Give its passphrase in tls.passphrase.',
  },
  {
    code: 'TLS_CERTIFICATE_INVALID',
    when: 'the certificate is a key',
    make: () => listen({ key: OWN.keyText, cert: OWN.keyText }),
    place: 'app.listen, tls.cert',
    fault: 'It does not consist of certificates in PEM.',
    cure: PEM_CURE,
  },
  {
    code: 'TLS_CERTIFICATE_INVALID',
    when: 'a certificate of the chain is damaged',
    make: () => listen({ ...inline(OWN), cert: `${OWN.cert}${OTHER.cert.replace('MII', 'AAA')}` }),
    place: 'app.listen, tls.cert',
    fault: 'It does not consist of certificates in PEM.',
    cure: PEM_CURE,
  },
  {
    code: 'TLS_KEY_MISMATCH',
    when: 'the key belongs to another certificate',
    make: () => listen({ key: OTHER.keyText, cert: OWN.cert }),
    place: 'app.listen, tls',
    fault: 'The key is not that of the first certificate (DNS:app.example).',
    cure: 'Give the key and the certificate that were made together, the certificate of the server first.',
  },
  {
    code: 'TLS_CERTIFICATE_EXPIRED',
    when: 'the certificate has expired',
    make: () => listen(inline(EXPIRED)),
    place: 'app.listen, tls.cert',
    fault: 'The certificate DNS:app.example has expired at 2025-04-01T00:00:00.000Z.',
    cure: 'Renew the certificate.',
  },
  {
    code: 'TLS_CERTIFICATE_EXPIRED',
    when: 'a certificate further up in the chain has expired',
    make: () => listen({ ...inline(OWN), cert: `${OWN.cert}${EXPIRED.cert}` }),
    place: 'app.listen, tls.cert',
    fault: 'The certificate DNS:app.example has expired at 2025-04-01T00:00:00.000Z.',
    cure: 'Renew the certificate.',
  },
  {
    code: 'TLS_CERTIFICATE_NOT_YET_VALID',
    when: 'the certificate is not valid yet',
    make: () => listen(inline(EARLY)),
    place: 'app.listen, tls.cert',
    fault: 'The certificate DNS:app.example is not valid before 2999-01-01T00:00:00.000Z.',
    cure: 'Set the clock of this machine, or use a certificate that is valid now.',
  },
  {
    code: 'TLS_NAME_MISMATCH',
    when: 'the certificate of a name is for another one',
    make: () => listen({ ...inline(OWN), servers: { 'shop.example': inline(OTHER) } }),
    place: 'app.listen, tls.servers["shop.example"].cert',
    fault: 'The certificate DNS:other.example is not valid for shop.example.',
    cure: 'Use a certificate with that name in its subjectAltName, or change the name in tls.servers.',
  },
  {
    code: 'TLS_NAME_MISMATCH',
    when: 'the certificate of a wildcard has names only',
    make: () => listen({ ...inline(OWN), servers: { '*.example': inline(OTHER) } }),
    place: 'app.listen, tls.servers["*.example"].cert',
    fault: 'The certificate DNS:other.example is not valid for *.example.',
    cure: 'Use a certificate with that name in its subjectAltName, or change the name in tls.servers.',
  },
  {
    code: 'OPTION_MISSING',
    when: 'a key has no certificate',
    make: () => listen({ key: OWN.keyText }),
    place: 'app.listen, tls',
    fault: 'cert is required.',
    cure: 'Add cert to the options.',
  },
  {
    code: 'OPTION_INVALID',
    when: 'clients are asked for certificates of any authority',
    make: () => listen({ ...inline(OWN), requestCert: true }),
    place: 'app.listen, tls',
    fault: 'requestCert needs ca, the authorities of the certificates that clients have.',
    cure: 'Change requestCert, or leave it out.',
  },
  {
    code: 'OPTION_INVALID',
    when: 'ca is given, and clients are not asked for certificates',
    make: () => listen({ ...inline(OWN), ca: OTHER.cert }),
    place: 'app.listen, tls',
    fault: 'ca has no effect without requestCert: true.',
    cure: 'Change ca, or leave it out.',
  },
  {
    code: 'OPTION_INVALID',
    when: 'OpenSSL does not know a suite',
    make: () => listen({ ...inline(OWN), ciphers: 'ROT13' }),
    place: 'app.listen, tls.ciphers',
    fault: 'OpenSSL knows none of the suites "ROT13".',
    cure: 'Change ciphers, or leave it out. `openssl ciphers` lists the names.',
  },
  {
    code: 'OPTION_INVALID',
    when: 'a name of servers is not a DNS name',
    make: () => listen({ ...inline(OWN), servers: { 'a.*.example': inline(OTHER) } }),
    place: 'app.listen, tls',
    fault: 'servers has the name "a.*.example": write shop.example or *.shop.example, in lower case.',
    cure: 'Change servers, or leave it out.',
  },
  {
    code: 'OPTION_MISSING',
    when: 'certificates are read again where there are none',
    make: async () => (await createApp({})).reloadTls(),
    place: 'app.reloadTls',
    fault: 'The application does not listen with TLS.',
    cure: 'Call it after app.listen({ tls }), and before app.close().',
  },
];
