import * as rules from 'class-validator';
import type { Class } from '../../../src';
import { judge, judgeByPeer, pointAtLists } from './agreement';

enum Colour {
  Red = 'red',
  Blue = 'blue',
}

class Something {}

/** Every decorator of class-validator that checks a value: its arguments, a valid value and an invalid one. */
const CASES: Readonly<Record<string, [given: readonly unknown[], accepted: unknown, refused: unknown]>> = {
  ArrayContains: [[[1]], [1, 2], [2]],
  ArrayMaxSize: [[1], [1], [1, 2]],
  ArrayMinSize: [[1], [1], []],
  ArrayNotContains: [[[1]], [2], [1]],
  ArrayNotEmpty: [[], [1], []],
  ArrayUnique: [[], [1, 2], [1, 1]],
  Contains: [['a'], 'cat', 'dog'],
  Equals: [['a'], 'a', 'b'],
  IsAlpha: [[], 'abc', 'ab1'],
  IsAlphanumeric: [[], 'ab1', 'a b'],
  IsArray: [[], [], {}],
  IsAscii: [[], 'abc', 'ä'],
  IsBIC: [[], 'DEUTDEFF', 'x'],
  IsBase32: [[], 'JBSWY3DP', 'x'],
  IsBase58: [[], 'BukQL3ZvMZ8133wpcpH6aR', '0OIl'],
  IsBase64: [[], 'aGVsbG8=', '%'],
  IsBoolean: [[], true, 'true'],
  IsBooleanString: [[], 'true', true],
  IsBtcAddress: [[], '1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2', 'x'],
  IsByteLength: [[1, 2], 'ab', 'abc'],
  IsCreditCard: [[], '4111111111111111', '4111111111111112'],
  IsCurrency: [[], '$1.00', 'one'],
  IsDataURI: [[], 'data:text/plain,a', 'a'],
  IsDate: [[], undefined, '2026-01-01'],
  IsDateString: [[], '2026-01-01', 'today'],
  IsDecimal: [[], '1.5', 'x'],
  IsDefined: [[], 0, null],
  IsDivisibleBy: [[3], 9, 10],
  IsEAN: [[], '4006381333931', '4006381333932'],
  IsEmail: [[], 'ada@example.com', 'ada@'],
  IsEmpty: [[], '', 'a'],
  IsEnum: [[Colour], 'red', 'green'],
  IsEthereumAddress: [[], '0x683E07492fBDfDA84457C16546ac3f433BFaa128', '0x1'],
  IsFQDN: [[], 'example.com', 'a b'],
  IsFirebasePushId: [[], '-M-Jh_1KAH5rYJF_7-kY', 'x'],
  IsFullWidth: [[], 'ア', 'a'],
  IsHSL: [[], 'hsl(1,2%,3%)', 'red'],
  IsHalfWidth: [[], 'a', 'ア'],
  IsHash: [['md5'], 'd41d8cd98f00b204e9800998ecf8427e', 'x'],
  IsHexColor: [[], '#fff', 'red'],
  IsHexadecimal: [[], 'ff', 'x'],
  IsIBAN: [[], 'DE89370400440532013000', 'DE00'],
  IsIP: [[], '127.0.0.1', '127'],
  IsISBN: [[], '9783161484100', '1'],
  IsISIN: [[], 'US0378331005', 'x'],
  IsISO31661Alpha2: [[], 'DE', 'XX'],
  IsISO31661Alpha3: [[], 'DEU', 'XXX'],
  IsISO31661Numeric: [[], '276', '999'],
  IsISO4217CurrencyCode: [[], 'EUR', 'XYZ'],
  IsISO6391: [[], 'de', 'xx'],
  IsISO8601: [[], '2026-01-01T00:00:00Z', 'now'],
  IsISRC: [[], 'USAT29900609', 'x'],
  IsISSN: [[], '0378-5955', '0378-5954'],
  IsIdentityCard: [['ES'], '99999999R', 'x'],
  IsIn: [[['a', 'b']], 'a', 'c'],
  IsInstance: [[Something], undefined, {}],
  IsInt: [[], 1, 1.5],
  IsJSON: [[], '{}', '{'],
  IsJWT: [[], 'eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.c2ln', 'x'],
  IsLatLong: [[], '1,2', '100,2'],
  IsLatitude: [[], 1, 100],
  IsLocale: [[], 'de_DE', '1'],
  IsLongitude: [[], 1, 200],
  IsLowercase: [[], 'a', 'A'],
  IsMACAddress: [[], '01:02:03:04:05:ab', 'x'],
  IsMagnetURI: [[], 'magnet:?xt=urn:btih:06E2A9683BF4DA92C73A661AC56F0ECC9C63C5B4&dn=a&tr=b', 'x'],
  IsMilitaryTime: [[], '13:00', '25:00'],
  IsMimeType: [[], 'text/plain', 'text'],
  IsMobilePhone: [['de-DE'], '+4915123456789', '1'],
  IsMongoId: [[], '507f1f77bcf86cd799439011', 'x'],
  IsMultibyte: [[], 'ä', 'a'],
  IsNegative: [[], -1, 1],
  IsNotEmpty: [[], 'a', ''],
  IsNotEmptyObject: [[], { a: 1 }, {}],
  IsNotIn: [[['a']], 'b', 'a'],
  IsNumber: [[{ maxDecimalPlaces: 1 }], 1.5, 1.55],
  IsNumberString: [[], '1', 'x'],
  IsObject: [[], {}, []],
  IsOctal: [[], '7', '9'],
  IsPassportNumber: [['DE'], 'C01X00T47', 'x'],
  IsPhoneNumber: [['DE'], '+4915123456789', '1'],
  IsPort: [[], '80', '99999'],
  IsPositive: [[], 1, -1],
  IsPostalCode: [['DE'], '10115', 'x'],
  IsRFC3339: [[], '2026-01-01T00:00:00Z', 'now'],
  IsRgbColor: [[], 'rgb(1,2,3)', 'red'],
  IsSemVer: [[], '1.2.3', '1'],
  IsString: [[], 'a', 1],
  IsStrongPassword: [[], 'aA1!aaaa', 'a'],
  IsSurrogatePair: [[], '𠮷', 'a'],
  IsTaxId: [['de-DE'], '26954371827', '1'],
  IsTimeZone: [[], 'Europe/Berlin', 'Nowhere'],
  IsUUID: [[], '6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b', 'x'],
  IsUppercase: [[], 'A', 'a'],
  IsUrl: [[], 'https://example.com', 'x'],
  IsVariableWidth: [[], 'アa', 'a'],
  Length: [[1, 2], 'ab', 'abc'],
  Matches: [[/^a/], 'ab', 'b'],
  Max: [[3], 3, 4],
  MaxDate: [[new Date(0)], undefined, '2026-01-01'],
  MaxLength: [[2], 'ab', 'abc'],
  Min: [[3], 3, 2],
  MinDate: [[new Date(0)], undefined, '2026-01-01'],
  MinLength: [[2], 'ab', 'a'],
  NotContains: [['a'], 'dog', 'cat'],
  NotEquals: [['a'], 'b', 'a'],
};

/** Decorators that check nothing themselves, or make other decorators. Each has its own tests. */
const OTHERS = [
  'Allow',
  'IsOptional',
  'Validate',
  'ValidateBy',
  'ValidateIf',
  'ValidateNested',
  'ValidatePromise',
  'ValidatorConstraint',
];

function makeClass(name: string, given: readonly unknown[], options: rules.ValidationOptions = {}): Class {
  const type = class Sample {};
  const decorator = (rules as unknown as Record<string, (...given: unknown[]) => PropertyDecorator>)[name]!;
  // The options are the last parameter, also when optional ones before it are left out.
  const gaps = Array.from({ length: Math.max(0, decorator.length - 1 - given.length) });
  decorator(...given, ...gaps, options)(type.prototype, 'value');
  return type;
}

const ANYTHING: readonly unknown[] = [
  null,
  true,
  0,
  -1.5,
  '',
  'text',
  [],
  [null],
  {},
  { a: {} },
  { toString: 1, length: 1 },
];

describe('every decorator of class-validator', () => {
  it('is in the table', () => {
    const decorators = Object.keys(rules).filter(
      (name) =>
        /^[A-Z]/.test(name) &&
        !/^[A-Z\d_]+$/.test(name) &&
        !/^(?:Validator|MetadataStorage|Validation.*|ConstraintMetadata)$/.test(name),
    );
    expect([...Object.keys(CASES), ...OTHERS].sort()).toEqual(decorators.sort());
  });

  it.each(Object.entries(CASES))(
    '%s has the same outcome as in class-validator',
    async (name, [given, accepted, refused]) => {
      const type = makeClass(name, given);
      // A date or an instance cannot be sent as JSON.
      const isSendable = accepted !== undefined;
      if (isSendable) expect(await judge(type, { value: accepted })).toEqual([]);
      expect(await judge(type, { value: refused })).toHaveLength(1);
      for (const value of [...(isSendable ? [accepted] : []), refused, ...ANYTHING])
        expect(await judge(type, { value })).toEqual(await judgeByPeer(type, { value }));
      expect(await judge(type, {})).toEqual(await judgeByPeer(type, {}));
    },
  );

  it.each(Object.entries(CASES))(
    '%s has the same outcome with `each`',
    async (name, [given, accepted, refused]) => {
      const type = makeClass(name, given, { each: true });
      const items = [accepted, refused].filter((item) => item !== undefined);
      for (const value of [items, [accepted ?? null], [refused], [], refused])
        expect(pointAtLists(await judge(type, { value }), 'value')).toEqual(
          await judgeByPeer(type, { value }),
        );
    },
  );
});
