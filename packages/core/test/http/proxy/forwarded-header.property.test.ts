import fc from 'fast-check';
import { parseForwarded } from '../../../src/http/proxy/forwarded-header';

const token = fc.stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,12}$/);
const quoted = fc
  .string({ unit: 'grapheme-ascii', maxLength: 20 })
  .map((text) => [text, `"${text.replace(/["\\]/g, '\\$&')}"`] as const);
const value = fc.oneof(
  token.map((text) => [text, text] as const),
  quoted,
);
const element = fc
  .uniqueArray(fc.tuple(token, value), {
    minLength: 1,
    maxLength: 4,
    selector: ([name]) => name.toLowerCase(),
  })
  .map((pairs) => ({
    written: pairs.map(([name, [, text]]) => `${name}=${text}`).join(';'),
    meant: pairs.map(([name, [text]]) => [name.toLowerCase(), text]),
  }));
/** What a client may write: anything, and above all what the grammar is made of. */
const garbage = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('"', '\\', ',', ';', '=', ' ', 'for', 'proto', '192.0.2.1', '_x', '[::1]'))
    .map((parts) => parts.join('')),
);

describe('whatever a Forwarded header has', () => {
  it('what was written by the grammar is what is read, the last first', () => {
    fc.assert(
      fc.property(fc.array(element, { minLength: 1, maxLength: 5 }), (elements) => {
        const header = elements.map(({ written }) => written).join(', ');
        expect([...parseForwarded(header)].map((read) => [...read])).toEqual(
          elements.map(({ meant }) => meant).reverse(),
        );
      }),
    );
  });

  it('what a proxy adds is read as it meant it, whatever the client has written before', () => {
    fc.assert(
      fc.property(garbage, element, (client, proxy) => {
        const [first] = parseForwarded(`${client}, ${proxy.written}`);
        expect([...first!]).toEqual(proxy.meant);
      }),
    );
  });

  it('reading it never throws and comes to an end', () => {
    fc.assert(
      fc.property(garbage, (header) => {
        for (const read of parseForwarded(header)) expect(read.size).toBeGreaterThan(0);
      }),
    );
  });
});
