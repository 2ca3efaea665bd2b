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

  it('accepts nothing that could be more than a scheme, a host and a port', () => {
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
  it('never throws, and what it accepts is compared as it stands', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl()), (text) => {
        if (findOriginFault(text) !== undefined || text === '*' || text === 'null') return;
        expect(isSerializedOrigin(text)).toBe(true);
      }),
    );
  });
});
