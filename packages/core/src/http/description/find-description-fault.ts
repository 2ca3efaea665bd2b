import { isToken } from '../headers/header-check';

/** Checks one member: returns what is wrong with it (`statuses.42 must be …`), or undefined. */
type MemberRule = (value: unknown, place: string) => string | undefined;

/**
 * Finds the first fault of a description that a program wrote, for tools read it long after start-up: `statuses.429 must
 * have a description`. Returns undefined where it has none.
 */
export function findDescriptionFault(description: unknown): string | undefined {
  return isObject(description) ? findMemberFault(description, '', DESCRIPTION) : 'must be an object';
}

const isText: MemberRule = (value, place) =>
  typeof value === 'string' && value !== '' ? undefined : `${place} must be text`;
const isBoolean: MemberRule = (value, place) =>
  typeof value === 'boolean' ? undefined : `${place} must be true or false`;
const isType: MemberRule = (value, place) =>
  value === 'string' || value === 'integer' ? undefined : `${place} must be 'string' or 'integer'`;
const isTextList: MemberRule = (value, place) =>
  Array.isArray(value) && value.every((one) => typeof one === 'string')
    ? undefined
    : `${place} must be a list of texts`;

const isScheme: MemberRule = (value, place) => {
  if (!isObject(value)) return `${place} must be an object`;
  const needed = SCHEMES[value['type'] as string];
  if (needed === undefined) return `${place}.type must be one of ${Object.keys(SCHEMES).join(', ')}`;
  const missing = needed.find((name) => value[name] === undefined);
  return missing && `${place} must have ${missing}`;
};

/** The members that a scheme of each type needs (OpenAPI 3.1.1 §4.8.27). */
const SCHEMES: Readonly<Record<string, readonly string[] | undefined>> = {
  http: ['scheme'],
  apiKey: ['in', 'name'],
  oauth2: ['flows'],
  openIdConnect: ['openIdConnectUrl'],
  mutualTLS: [],
};

const HEADER = { description: isText, type: isType, required: isBoolean };

const areHeaders: MemberRule = (value, place) =>
  findEntryFault(value, place, (name, header) => {
    if (!isToken(name)) return `${place} must have names of headers, and ${JSON.stringify(name)} is not one`;
    const member = `${place}.${name}`;
    return isObject(header) ? findMemberFault(header, member, HEADER) : `${member} must be an object`;
  });

const STATUS = { description: isText, headers: areHeaders, mediaType: isText };

const areStatuses: MemberRule = (value, place) =>
  findEntryFault(value, place, (code, status) => {
    if (!/^[1-5]\d\d$/.test(code))
      return `${place} must have statuses from 100 to 599, and ${JSON.stringify(code)} is not one`;
    const member = `${place}.${code}`;
    if (!isObject(status) || status['description'] === undefined) return `${member} must have a description`;
    return findMemberFault(status, member, STATUS);
  });

const CREDENTIALS = { scheme: isScheme, scopes: isTextList };

const areChoices: MemberRule = (value, place) => {
  if (!Array.isArray(value)) return `${place} must be a list`;
  for (const [index, choice] of value.entries()) {
    const fault = findEntryFault(choice, `${place}.${index}`, (name, credentials) => {
      const member = `${place}.${index}.${name}`;
      if (!isObject(credentials) || credentials['scheme'] === undefined)
        return `${member} must have a scheme`;
      return findMemberFault(credentials, member, CREDENTIALS);
    });
    if (fault !== undefined) return fault;
  }
  return undefined;
};

const DESCRIPTION = {
  statuses: areStatuses,
  headers: areHeaders,
  requestHeaders: areHeaders,
  security: areChoices,
};

/** Checks the members that an object may have, and that it has no others. */
function findMemberFault(
  value: Readonly<Record<string, unknown>>,
  place: string,
  rules: Readonly<Record<string, MemberRule>>,
): string | undefined {
  const start = place === '' ? '' : `${place}.`;
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined) continue;
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule === undefined)
      return `must have no ${start}${name}: the members are ${Object.keys(rules).join(', ')}`;
    const fault = rule(member, `${start}${name}`);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function findEntryFault(
  value: unknown,
  place: string,
  find: (name: string, member: unknown) => string | undefined,
): string | undefined {
  if (!isObject(value)) return `${place} must be an object`;
  for (const [name, member] of Object.entries(value)) {
    const fault = find(name, member);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
