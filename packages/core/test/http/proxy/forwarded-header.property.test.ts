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
/** Any text that a client may write, often with the characters of the grammar. */
const garbage = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('"', '\\', ',', ';', '=', ' ', 'for', 'proto', '192.0.2.1', '_x', '[::1]'))
    .map((parts) => parts.join('')),
);

describe('any Forwarded header', () => {
  it('is read back from the right when it follows the grammar', () => {
    fc.assert(
      fc.property(fc.array(element, { minLength: 1, maxLength: 5 }), (elements) => {
        const header = elements.map(({ written }) => written).join(', ');
        expect([...parseForwarded(header)].map((read) => [...read])).toEqual(
          elements.map(({ meant }) => meant).reverse(),
        );
      }),
    );
  });

  it('has the element that a proxy added, whatever the client wrote before it', () => {
    fc.assert(
      fc.property(garbage, element, (client, proxy) => {
        const [first] = parseForwarded(`${client}, ${proxy.written}`);
        expect([...first!]).toEqual(proxy.meant);
      }),
    );
  });

  it('is read to the end without an error', () => {
    fc.assert(
      fc.property(garbage, (header) => {
        for (const read of parseForwarded(header)) expect(read.size).toBeGreaterThan(0);
      }),
    );
  });
});
