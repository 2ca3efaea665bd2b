import 'reflect-metadata';
import { Type } from 'class-transformer';
import * as cv from 'class-validator';

/** A use of a rule, and values for which its answer is worth to know. Each text is also tried with small changes. */
export interface RuleSample {
  readonly rule: PropertyDecorator;
  readonly values: readonly unknown[];
}

enum Colour {
  Red = 'red',
  Blue = 'blue',
}
enum Level {
  Low,
  High,
}
/** One of its values is the name of another member. */
enum Mixed {
  A = 'B',
  B = 5,
}

const asDate = Type(() => Date);
const both =
  (...decorators: readonly PropertyDecorator[]): PropertyDecorator =>
  (target, key) =>
    decorators.forEach((decorate) => decorate(target, key));
const one = (rule: PropertyDecorator, ...values: readonly unknown[]): readonly RuleSample[] => [
  { rule, values },
];

const UUID4 = '9f1b6a52-3c1d-4e8a-9b7e-2f5d6c7b8a90';
const LISTS = [[], [1], [1, 2], [1, 1], ['a', 'b'], ['a', 'a', 'a'], [null], [[1], [1]]];

/** Uses of every rule of the table. */
export const RULE_SAMPLES: Readonly<Record<string, readonly RuleSample[]>> = {
  isDefined: one(cv.IsDefined(), null, '', 0),
  isNotEmpty: one(cv.IsNotEmpty(), '', null, ' '),
  isEmpty: one(cv.IsEmpty(), '', null, ' ', 0, []),
  equals: [
    ...one(cv.Equals('a'), 'a', 'A'),
    ...one(cv.Equals(1), 1, '1', true),
    ...one(cv.Equals(null), null, 0),
  ],
  notEquals: [...one(cv.NotEquals('a'), 'a', 'A'), ...one(cv.NotEquals(0), 0, false, null)],
  isIn: [
    ...one(cv.IsIn(['a', 'b']), 'a', 'b', 'c'),
    ...one(cv.IsIn([1, 'x', null, true]), 1, 'x', null, true, '1'),
  ],
  isNotIn: one(cv.IsNotIn(['a', 1]), 'a', 1, '1', 'b'),
  isEnum: [
    ...one(cv.IsEnum(Colour), 'red', 'blue', 'green'),
    ...one(cv.IsEnum(Level), 0, 1, 2, 0.5),
    ...one(cv.IsEnum(Mixed), 'B', 5, 'b', 6),
    ...one(cv.IsEnum(['a', 'b']), 'a', 'b', 'c', 0),
    ...one(cv.IsEnum({ '1XL': 'x', '2XL': 'xx' }), 'x', 'xx', 'xxx', 0),
  ],
  isBoolean: one(cv.IsBoolean(), true, false, 'true', 0),
  isObject: one(cv.IsObject(), {}, { a: 1 }, [], null),
  isNotEmptyObject: [
    ...one(cv.IsNotEmptyObject(), {}, { a: null }, []),
    ...one(cv.IsNotEmptyObject({ nullable: false }), {}, { a: null }, { a: null, b: 1 }),
  ],
  isInt: one(cv.IsInt(), 1, 1.5, -0, 1e21, '1'),
  isNumber: [...one(cv.IsNumber(), 1.5, '1'), ...one(cv.IsNumber({ maxDecimalPlaces: 2 }), 1.25, 1.255, 3)],
  min: [
    ...one(cv.Min(3), 2, 3, 4, 2.999, '4'),
    ...one(cv.Min(-Infinity), -1e308, 0, '0'),
    ...one(cv.Min(NaN), 0, '0'),
  ],
  max: [
    ...one(cv.Max(3), 2, 3, 4, 3.001, '2'),
    ...one(cv.Max(Infinity), 1e308, 0, '0'),
    ...one(cv.Max(-Infinity), -1e308, '0'),
  ],
  isPositive: one(cv.IsPositive(), 0, -0, 0.1, 1, -1),
  isNegative: one(cv.IsNegative(), 0, -0.1, 1, -1),
  isDivisibleBy: one(cv.IsDivisibleBy(3), 0, 3, 4, -6, 3.5, '3'),
  isLatitude: one(cv.IsLatitude(), 0, 90, 90.5, -90, '45.5', 'north'),
  isLongitude: one(cv.IsLongitude(), 0, 180, 181, -180, '45.5', 'east'),
  isDate: [
    ...one(cv.IsDate(), '2026-01-31'),
    ...one(both(cv.IsDate(), asDate), '2026-01-31', '2026-01-31T12:00:00Z', 'soon'),
  ],
  minDate: [
    ...one(cv.MinDate(new Date(0)), '2026-01-31'),
    ...one(both(cv.MinDate(new Date(0)), asDate), '2026-01-31', '1969-12-31'),
  ],
  maxDate: [
    ...one(cv.MaxDate(new Date(0)), '2026-01-31'),
    ...one(both(cv.MaxDate(new Date(0)), asDate), '2026-01-31', '1969-12-31'),
  ],
  isString: one(cv.IsString(), '', 'a', 1),
  isLength: [
    ...one(cv.Length(2, 4), 'a', 'ab', 'abcd', 'abcde', '🙂', '🙂🙂', '🙂🙂🙂🙂🙂'),
    ...one(cv.Length(1, Infinity), '', 'a', 'abcde'),
    ...one(cv.Length(3, 1), 'a', 'ab', 'abc'),
  ],
  minLength: [
    ...one(cv.MinLength(2), 'a', 'ab', '🙂', '🙂🙂'),
    ...one(cv.MinLength(1.5), 'a', 'ab'),
    ...one(cv.MinLength(-1), '', 'a'),
    ...one(cv.MinLength(Infinity), '', 'a'),
  ],
  maxLength: [
    ...one(cv.MaxLength(2), '', 'ab', 'abc', '🙂🙂', '🙂🙂🙂'),
    ...one(cv.MaxLength(1.5), 'a', 'ab'),
    ...one(cv.MaxLength(-1), '', 'a'),
    ...one(cv.MaxLength(Infinity), '', 'abc'),
  ],
  isByteLength: one(cv.IsByteLength(2, 4), 'a', 'ab', 'abcd', 'abcde', 'ää', '🙂'),
  matches: [
    ...one(cv.Matches(/^\d{5}$/), '12345', '1234', '123456'),
    ...one(cv.Matches(/[a-z]+-\d/u), 'ab-1', 'AB-1', 'x ab-1 y'),
    ...one(cv.Matches(/^abc$/i), 'abc', 'ABC', 'abd'),
    ...one(cv.Matches('^a.c$' as never), 'abc', 'ac'),
  ],
  contains: one(cv.Contains('a.b'), 'a.b', 'xa.by', 'aXb'),
  notContains: one(cv.NotContains('a.b'), 'a.b', 'xa.by', 'aXb'),
  isLowercase: one(cv.IsLowercase(), 'abc', 'aBc'),
  isUppercase: one(cv.IsUppercase(), 'ABC', 'aBc'),
  isAscii: one(cv.IsAscii(), 'abc', 'äbc', ''),
  isMultibyte: one(cv.IsMultibyte(), 'abc', 'äbc', '🙂'),
  isFullWidth: one(cv.IsFullWidth(), 'ひらがな', 'abc', 'ｶﾀ', '🙂'),
  isHalfWidth: one(cv.IsHalfWidth(), 'ひらがな', 'abc', 'ｶﾀ', '🙂'),
  isVariableWidth: one(cv.IsVariableWidth(), 'ひらがなabc', 'abc', 'ひ'),
  isSurrogatePair: one(cv.IsSurrogatePair(), '🙂', 'a🙂b', 'abc'),
  isAlpha: [...one(cv.IsAlpha(), 'abC', 'ab1', '', 'ä'), ...one(cv.IsAlpha('de-DE'), 'äb', 'ab1')],
  isAlphanumeric: one(cv.IsAlphanumeric(), 'abC1', 'ab-1', ''),
  isBooleanString: one(cv.IsBooleanString(), 'true', '1', '0', 'false', 'yes', 'TRUE'),
  isNumberString: [
    ...one(cv.IsNumberString(), '12', '-1.5', '.5', '1.', '+', '1e3'),
    ...one(cv.IsNumberString({ no_symbols: true }), '12', '-1'),
  ],
  isDecimal: [
    ...one(cv.IsDecimal(), '1', '1.5', '-.5', '5.', '.', '+', ''),
    ...one(cv.IsDecimal({ decimal_digits: '2', force_decimal: true, locale: 'en-US' }), '1.25', '1.2'),
  ],
  isHexadecimal: one(cv.IsHexadecimal(), 'ff', '0xFF', '0hff', 'fg', ''),
  isOctal: one(cv.IsOctal(), '07', '0o17', '8', ''),
  isPort: one(cv.IsPort(), '80', '65535', '65536', '080', '-0'),
  isLatLong: one(cv.IsLatLong(), '45.5,90', '(45.5, 90)', '95,1'),
  isMilitaryTime: one(cv.IsMilitaryTime(), '23:59', '2359', '24:00', '1:30'),
  isDateString: one(cv.IsDateString(), '2026-01-31', '2026-01-31T12:00:00Z', 'soon'),
  isIso8601: one(cv.IsISO8601(), '2026-01-31', '2026-W05', 'soon'),
  isRFC3339: one(
    cv.IsRFC3339(),
    '2026-01-31T12:00:00Z',
    '2026-01-31 12:00:60.5+01:00',
    '2026-13-31T12:00:00Z',
  ),
  isTimeZone: one(cv.IsTimeZone(), 'Europe/Berlin', 'Nowhere'),
  isUuid: [
    ...one(
      cv.IsUUID(),
      UUID4,
      UUID4.toUpperCase(),
      '00000000-0000-0000-0000-000000000000',
      `urn:uuid:${UUID4}`,
    ),
    ...one(cv.IsUUID('4'), UUID4, '9f1b6a52-3c1d-1e8a-9b7e-2f5d6c7b8a90'),
    ...one(cv.IsUUID(['4', '7'] as never), UUID4, '9f1b6a52-3c1d-1e8a-9b7e-2f5d6c7b8a90'),
    ...one(cv.IsUUID('loose'), '9f1b6a52-3c1d-fe8a-0b7e-2f5d6c7b8a90'),
  ],
  isMongoId: one(
    cv.IsMongoId(),
    '507f1f77bcf86cd799439011',
    '0x7f1f77bcf86cd799439011',
    '507f1f77bcf86cd79943901',
  ),
  IsFirebasePushId: one(cv.IsFirebasePushId(), '-M_a2-34567890123456', 'short'),
  isHash: one(
    cv.IsHash('md5'),
    'd41d8cd98f00b204e9800998ecf8427e',
    'D41D8CD98F00B204E9800998ECF8427E',
    'd41d',
  ),
  isISRC: one(cv.IsISRC(), 'USAT29900609', 'usat29900609'),
  isBtcAddress: one(
    cv.IsBtcAddress(),
    '1MUz4VMYui5qY1mxUiG8BQ1Luv6tqkvaiL',
    'bc1qxhmdufsvnuaaaer4ynz88fspdsxq2h9e9cetdj',
  ),
  isEthereumAddress: one(
    cv.IsEthereumAddress(),
    '0x683E07492fBDfDA84457C16546ac3f433BFaa128',
    '0X683E07492fBDfDA84457C16546ac3f433BFaa128',
  ),
  isBIC: one(cv.IsBIC(), 'DEUTDEFF', 'SBICKEN1345', 'DEUTDE'),
  isEAN: one(cv.IsEAN(), '9421023610112', '9421023610113'),
  isISSN: one(cv.IsISSN(), '0378-5955', '0378-5954'),
  isIsbn: one(cv.IsISBN(), '9783836221191', '9783836221192'),
  isIsin: one(cv.IsISIN(), 'AU0000XVGZA3', 'AU0000XVGZA4'),
  isIBAN: one(cv.IsIBAN(), 'DE89370400440532013000', 'DE89370400440532013001'),
  isCreditCard: one(cv.IsCreditCard(), '4111111111111111', '4111111111111112'),
  isCurrency: one(cv.IsCurrency(), '$10.50', 'ten'),
  isIdentityCard: one(cv.IsIdentityCard('ES'), '99999999R', '1'),
  isPassportNumber: one(cv.IsPassportNumber('DE'), 'C01X00T47', '1'),
  isPhoneNumber: one(cv.IsPhoneNumber('DE'), '+4930123456', '030 123456', 'one'),
  isMobilePhone: one(cv.IsMobilePhone('de-DE'), '+4915123456789', '1'),
  isPostalCode: one(cv.IsPostalCode('DE'), '10115', '1'),
  isTaxId: one(cv.IsTaxId('en-US'), '01-1234567', '1'),
  isStrongPassword: one(cv.IsStrongPassword(), 'aB3$efgh', 'weak'),
  isLocale: one(cv.IsLocale(), 'de_DE', 'x'),
  isISO31661Alpha2: one(cv.IsISO31661Alpha2(), 'DE', 'de', 'QQ', 'DEU'),
  isISO31661Alpha3: one(cv.IsISO31661Alpha3(), 'DEU', 'deu', 'QQQ', 'DE'),
  isISO31661Numeric: one(cv.IsISO31661Numeric(), '276', '000', 'DE'),
  isISO4217CurrencyCode: one(cv.IsISO4217CurrencyCode(), 'EUR', 'eur', 'QQQ', 'EU'),
  isISO6391: one(cv.IsISO6391(), 'de', 'DE', 'qq', 'deu'),
  isEmail: one(cv.IsEmail(), 'ada@example.com', 'ada@example', 'ada'),
  isUrl: [
    ...one(cv.IsUrl(), 'https://example.com', 'example.com', 'x'),
    ...one(cv.IsUrl({ require_protocol: true }), 'https://example.com', 'example.com'),
  ],
  isFqdn: one(cv.IsFQDN(), 'example.com', 'localhost'),
  isIp: [...one(cv.IsIP(), '127.0.0.1', '::1', '1.2.3'), ...one(cv.IsIP('4'), '127.0.0.1', '::1')],
  isMacAddress: one(cv.IsMACAddress(), '01:02:03:04:05:ab', '01:02'),
  isMagnetURI: one(cv.IsMagnetURI(), 'magnet:?xt=urn:btih:06E2A9683BF4DA92C73A661AC56F0ECC9C63C5B4', 'x'),
  isDataURI: one(cv.IsDataURI(), 'data:text/plain;base64,YQ==', 'x'),
  isMimeType: one(cv.IsMimeType(), 'text/plain', 'text'),
  isJson: one(cv.IsJSON(), '{"a":1}', '{'),
  isJwt: one(cv.IsJWT(), 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', 'a.b'),
  isBase64: [
    ...one(cv.IsBase64(), '', 'YQ==', 'YWI=', 'YWJj', 'YWJ', 'Y===', '===='),
    ...one(cv.IsBase64({ urlSafe: true }), 'YW_-', 'YW+/'),
  ],
  isBase32: one(cv.IsBase32(), 'MFRGG===', 'MFRGGZDF', 'MFRGG', '========'),
  isBase58: one(cv.IsBase58(), '', '2NEpo7', '0OIl'),
  isSemVer: one(cv.IsSemVer(), '1.2.3', '1.2.3-Beta.1+b-5', '01.2.3', '1.2', '1.2.3-01'),
  isHexColor: one(cv.IsHexColor(), '#fff', 'ffff', '#FF00AA80', '#ff', '#ggg'),
  isRgbColor: one(cv.IsRgbColor(), 'rgb(1,2,3)', 'rgb(1,2,300)'),
  isHSL: one(cv.IsHSL(), 'hsl(120,50%,50%)', 'hsl(x)'),
  isArray: one(cv.IsArray(), ...LISTS),
  arrayNotEmpty: one(cv.ArrayNotEmpty(), ...LISTS),
  arrayMinSize: [
    ...one(cv.ArrayMinSize(2), ...LISTS),
    ...one(cv.ArrayMinSize(-1), ...LISTS),
    ...one(cv.ArrayMinSize(Infinity), ...LISTS),
  ],
  arrayMaxSize: [
    ...one(cv.ArrayMaxSize(1), ...LISTS),
    ...one(cv.ArrayMaxSize(-1), ...LISTS),
    ...one(cv.ArrayMaxSize(Infinity), ...LISTS),
  ],
  arrayUnique: [
    ...one(cv.ArrayUnique(), ...LISTS),
    ...one(both(cv.ArrayUnique(), cv.IsString({ each: true })), ...LISTS, ['a', 'b', 'a']),
  ],
  arrayContains: one(cv.ArrayContains(['a', 1]), ['a', 1], ['a'], [1, 'b', 'a'], []),
  arrayNotContains: one(cv.ArrayNotContains(['a', 1]), ['a'], ['b'], [], [1], ['1']),
};
