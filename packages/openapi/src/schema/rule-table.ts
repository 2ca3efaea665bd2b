import type { EnumType } from '@sluice/core';
import { listValues } from '@sluice/core/kit';
import { isJsonScalar, makeEnum, NEVER, type JsonSchema } from './json-schema';
import { atLeast, atMost, atOrAbove, atOrBelow } from './limits';
import { mapPattern, quotePattern } from './pattern';
import { exact, textByDefault, textLike, wider, type RuleRow } from './rule-row';
import {
  BASE64,
  BITCOIN,
  FULL_WIDTH,
  HALF_WIDTH,
  HASH_LENGTHS,
  RFC3339,
  SEMVER,
  UUIDS,
} from './rule-patterns';

const TEXT: JsonSchema = { type: 'string' };
const LIST: JsonSchema = { type: 'array' };
const TIME: JsonSchema = { type: 'string', format: 'date-time' };
const VARIABLE_WIDTH = [{ pattern: FULL_WIDTH }, { pattern: HALF_WIDTH }];

const same = (value: unknown): JsonSchema => (isJsonScalar(value) ? { const: value } : NEVER);
const scalars = (values: unknown): unknown[] => (Array.isArray(values) ? values.filter(isJsonScalar) : []);
const noneOf = (values: readonly unknown[]): JsonSchema =>
  values.length === 0 ? {} : { not: { enum: values } };
const acceptMissing = (row: RuleRow): RuleRow => ({ ...row, acceptsMissing: true });
const lengths = (min: unknown, max: unknown): JsonSchema => ({
  ...atLeast('minLength', min),
  ...atMost('maxLength', max),
});

/** One row for each rule of class-validator, by its name. A test compares the names with those of the library. */
export const RULE_TABLE: Readonly<Record<string, RuleRow>> = {
  // Any value.
  isDefined: exact({ not: { type: 'null' } }),
  isNotEmpty: exact({ not: { enum: ['', null] } }),
  isEmpty: acceptMissing(exact({ enum: ['', null] })),
  equals: exact(same),
  notEquals: acceptMissing(exact((value) => (isJsonScalar(value) ? { not: { const: value } } : {}))),
  isIn: exact((values) => makeEnum(scalars(values))),
  isNotIn: acceptMissing(exact((values) => noneOf(scalars(values)))),
  isEnum: exact((members) => makeEnum(listValues(members as EnumType))),
  isBoolean: exact({ type: 'boolean' }),
  isObject: exact({ type: 'object' }),
  isNotEmptyObject: exact((options) => ({
    type: 'object',
    minProperties: 1,
    ...((options as { nullable?: boolean } | undefined)?.nullable === false && {
      not: { additionalProperties: { type: 'null' } },
    }),
  })),
  // Numbers.
  isInt: exact({ type: 'integer' }),
  isNumber: {
    map: (options) => {
      const places = (options as { maxDecimalPlaces?: number } | undefined)?.maxDecimalPlaces;
      if (places === undefined) return { schema: { type: 'number' } };
      return { schema: { type: 'number' }, isWider: true, note: `At most ${places} decimal places.` };
    },
  },
  min: exact((limit) => ({ type: 'number', ...atOrAbove(limit) })),
  max: exact((limit) => ({ type: 'number', ...atOrBelow(limit) })),
  isPositive: exact({ type: 'number', exclusiveMinimum: 0 }),
  isNegative: exact({ type: 'number', exclusiveMaximum: 0 }),
  isDivisibleBy: exact((by) => {
    const multipleOf = Math.abs(parseInt(String(by), 10));
    return multipleOf > 0 ? { type: 'number', multipleOf } : NEVER;
  }),
  isLatitude: wider({ type: ['number', 'string'], minimum: -90, maximum: 90 }),
  isLongitude: wider({ type: ['number', 'string'], minimum: -180, maximum: 180 }),
  // Times: a text becomes a Date by `@Type(() => Date)`.
  isDate: wider(TIME),
  minDate: wider(TIME),
  maxDate: wider(TIME),
  // Texts of any kind.
  isString: exact(TEXT),
  isLength: exact((min, max) => ({ ...TEXT, ...lengths(min, max) })),
  minLength: exact((min) => ({ ...TEXT, ...atLeast('minLength', min) })),
  maxLength: exact((max) => ({ ...TEXT, ...atMost('maxLength', max) })),
  isByteLength: wider((min, max) => ({ ...TEXT, ...lengths(Number(min) / 4, max) })),
  matches: { map: mapPattern },
  contains: exact((seed) => ({ ...TEXT, pattern: quotePattern(seed) })),
  notContains: exact((seed) => ({ ...TEXT, not: { pattern: quotePattern(seed) } })),
  isLowercase: wider(TEXT),
  isUppercase: wider(TEXT),
  isAscii: textLike('^[\\x00-\\x7F]+$'),
  isMultibyte: textLike('[^\\x00-\\x7F]'),
  isFullWidth: textLike(FULL_WIDTH),
  isHalfWidth: textLike(HALF_WIDTH),
  isVariableWidth: exact({ ...TEXT, allOf: VARIABLE_WIDTH }),
  isSurrogatePair: textLike('[\\u{10000}-\\u{10FFFF}]'),
  isAlpha: textByDefault('^[A-Za-z]+$'),
  isAlphanumeric: textByDefault('^[0-9A-Za-z]+$'),
  // Numbers and the like, as texts.
  isBooleanString: exact({ ...TEXT, enum: ['true', 'false', '1', '0'] }),
  isNumberString: textByDefault('^[+-]?(?:[0-9]*\\.)?[0-9]+$'),
  isDecimal: textByDefault('^[+-]?(?:[0-9]+(?:\\.[0-9]+)?|\\.[0-9]+)$'),
  isHexadecimal: textLike('^(?:0[xXhH])?[0-9A-Fa-f]+$'),
  isOctal: textLike('^(?:0[oO])?[0-7]+$'),
  isPort: wider({ ...TEXT, pattern: '^[+-]?(?:0|[1-9][0-9]{0,4})$' }),
  isLatLong: wider(TEXT),
  isMilitaryTime: textLike('^(?:[01][0-9]|2[0-3]):?[0-5][0-9]$'),
  isDateString: wider(TEXT),
  isIso8601: wider(TEXT),
  isRFC3339: textLike(RFC3339),
  isTimeZone: wider(TEXT),
  // Identifiers.
  isUuid: exact((versions) => {
    const patterns = [versions]
      .flat()
      .map((version) => UUIDS[version === undefined || version === null ? 'all' : String(version as string)]);
    const known = patterns.filter((pattern) => pattern !== undefined);
    return known.length === 0 ? NEVER : { ...TEXT, format: 'uuid', pattern: `^(?:${known.join('|')})$` };
  }),
  isMongoId: textLike('^(?:0[xXhH][0-9A-Fa-f]{22}|[0-9A-Fa-f]{24})$'),
  IsFirebasePushId: textLike('^[a-zA-Z0-9_-]{20}$'),
  isHash: exact((algorithm) => {
    const length = HASH_LENGTHS[String(algorithm)];
    return length === undefined ? NEVER : { ...TEXT, pattern: `^[a-fA-F0-9]{${length}}$` };
  }),
  isISRC: textLike('^[A-Z]{2}[0-9A-Z]{3}[0-9]{7}$'),
  isBtcAddress: textLike(BITCOIN),
  isEthereumAddress: textLike('^0[xX][0-9a-fA-F]{40}$'),
  isBIC: wider({ ...TEXT, pattern: '^[A-Za-z]{6}[A-Za-z0-9]{2}(?:[A-Za-z0-9]{3})?$' }),
  isEAN: wider({ ...TEXT, pattern: '^(?:[0-9]{8}|[0-9]{13,14})$' }),
  isISSN: wider(TEXT),
  isIsbn: wider(TEXT),
  isIsin: wider(TEXT),
  isIBAN: wider(TEXT),
  isCreditCard: wider(TEXT),
  isCurrency: wider(TEXT),
  isIdentityCard: wider(TEXT),
  isPassportNumber: wider(TEXT),
  isPhoneNumber: wider(TEXT),
  isMobilePhone: wider(TEXT),
  isPostalCode: wider(TEXT),
  isTaxId: wider(TEXT),
  isStrongPassword: wider(TEXT),
  isLocale: wider(TEXT),
  isISO31661Alpha2: wider({ ...TEXT, pattern: '^[A-Za-z]{2}$' }),
  isISO31661Alpha3: wider({ ...TEXT, pattern: '^[A-Za-z]{3}$' }),
  isISO31661Numeric: wider({ ...TEXT, pattern: '^[0-9]{3}$' }),
  isISO4217CurrencyCode: wider({ ...TEXT, pattern: '^[A-Za-z]{3}$' }),
  isISO6391: wider({ ...TEXT, pattern: '^[a-z]{2}$' }),
  // Formats.
  isEmail: wider({ ...TEXT, format: 'email' }),
  isUrl: wider((options) => {
    const { require_protocol: isAbsolute } = (options ?? {}) as { require_protocol?: boolean };
    return isAbsolute === true ? { ...TEXT, format: 'uri' } : TEXT;
  }),
  isFqdn: wider(TEXT),
  isIp: wider((version) => {
    const format = { 4: 'ipv4', 6: 'ipv6' }[String(version)];
    return format === undefined ? TEXT : { ...TEXT, format };
  }),
  isMacAddress: wider(TEXT),
  isMagnetURI: wider(TEXT),
  isDataURI: wider(TEXT),
  isMimeType: wider(TEXT),
  isJson: wider({ ...TEXT, contentMediaType: 'application/json' }),
  isJwt: wider(TEXT),
  isBase64: textByDefault(BASE64, { contentEncoding: 'base64' }),
  isBase32: textLike('^(?=(?:[A-Z2-7=]{8})+$)[A-Z2-7]+=*$'),
  isBase58: textLike('^[A-HJ-NP-Za-km-z1-9]*$'),
  isSemVer: textLike(SEMVER),
  isHexColor: textLike('^#?(?:[0-9A-Fa-f]{3,4}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})$'),
  isRgbColor: wider(TEXT),
  isHSL: wider(TEXT),
  // Lists.
  isArray: exact(LIST),
  arrayNotEmpty: exact({ ...LIST, minItems: 1 }),
  arrayMinSize: exact((limit) => ({ ...LIST, ...atLeast('minItems', limit) })),
  arrayMaxSize: exact((limit) => ({ ...LIST, ...atMost('maxItems', limit) })),
  arrayUnique: wider({ ...LIST, uniqueItems: true }),
  arrayContains: exact((values) => ({
    ...LIST,
    allOf: (values as readonly unknown[]).map((value) => ({ contains: same(value) })),
  })),
  arrayNotContains: exact((values) => ({
    ...LIST,
    not: { contains: makeEnum(values as readonly unknown[]) },
  })),
};

/** The rules about which JSON Schema can say nothing. */
export const INEXPRESSIBLE: ReadonlySet<string> = new Set(['isInstance']);

/** The decorators that say when rules apply. The schema of a class follows them without a row. */
export const STRUCTURAL: ReadonlySet<string> = new Set(['isOptional']);
