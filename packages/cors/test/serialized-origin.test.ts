import fc from 'fast-check';
import { findOriginFault, isSerializedOrigin } from '../src/serialized-origin';

describe('isSerializedOrigin', () => {
  it('accepts the origin of every web address', () => {
    fc.assert(
      fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (url) => {
        expect(isSerializedOrigin(new URL(url).origin)).toBe(true);
      }),
    );
  });

  it('rejects text with characters outside of scheme, host and port', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom(...' /?#@,;"\'<>\\\r\n\0\u00e9'),
        (text, bad) => {
          expect(isSerializedOrigin(`https://${text}${bad}`)).toBe(false);
        },
      ),
    );
  });
});

describe('findOriginFault', () => {
  it('never throws, and accepts only origins that browsers can send', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl()), (text) => {
        if (findOriginFault(text) !== undefined || text === '*' || text === 'null') return;
        expect(isSerializedOrigin(text)).toBe(true);
      }),
    );
  });
});
