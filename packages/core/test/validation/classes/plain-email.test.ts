import {
  isEmail,
  IsEmail,
  registerDecorator,
  ValidateBy,
  type ValidatorConstraintInterface,
} from 'class-validator';
import fc from 'fast-check';
import type { Class } from '../../../src';
import { readConstraints, readRules, type RuleRecord } from '../../../src/validation/classes/class-rules';
import { isPlainEmail, addEmailFastPath } from '../../../src/validation/classes/plain-email';
import { judge, judgeByPeer, pointAtLists } from './agreement';

/** Mostly characters that are common in addresses, sometimes others, sometimes far too many. */
const word = fc.oneof(
  { weight: 9, arbitrary: fc.string({ unit: fc.constantFrom(...'azAZ059-'), minLength: 1, maxLength: 5 }) },
  fc.string({ unit: fc.constantFrom(..."aZ0_+-'@. \n\u0000\u017f\u212aé\ud800"), maxLength: 3 }),
  fc.string({ unit: fc.constant('a'), minLength: 50, maxLength: 70 }),
);
const words = fc.array(word, { minLength: 1, maxLength: 3 }).map((all) => all.join('.'));
const address = fc
  .tuple(words, words, fc.constantFrom('com', 'C0M', 'x', 'example', 'xn--p1ai', ''))
  .map(([local, domain, last]) => `${local}@${domain}.${last}`);

describe('a common address', () => {
  it('is always one that class-validator accepts', () => {
    let accepted = 0;
    fc.assert(
      fc.property(address, (text) => {
        if (!isPlainEmail(text)) return;
        accepted += 1;
        expect([text, isEmail(text)]).toEqual([text, true]);
      }),
      { numRuns: 20_000 },
    );
    expect(accepted).toBeGreaterThan(1000);
  }, 60_000);

  it.each(['ada@example.com', 'ada.lovelace+notes@mail.example.co.uk', 'A_1-b@xn--bcher-kva.example'])(
    'is %s',
    (text) => expect([isPlainEmail(text), isEmail(text)]).toEqual([true, true]),
  );

  it.each([
    undefined,
    5,
    ['ada@example.com'],
    '',
    'ada@localhost',
    'ada@example.c0m',
    'ada@-example.com',
    'ada@example-.com',
    'ada@example.com\n',
    '.ada@example.com',
    'ada@b@example.com',
    `${'a'.repeat(61)}@b.cd`,
  ])('is not %j', (value) => expect(isPlainEmail(value)).toBe(false));
});

/** The rule and the validator that @IsEmail registers. */
function registerEmail(): { rule: RuleRecord; check: ValidatorConstraintInterface } {
  class Registered {
    @IsEmail() email: unknown;
  }
  const [rule] = readRules(Registered);
  return { rule: rule!, check: readConstraints(rule!)[0]!.instance };
}

describe('@IsEmail', () => {
  it('is recognized by its validator', () => {
    const { rule, check } = registerEmail();
    expect(addEmailFastPath(rule, check)).not.toBe(check);
    expect(addEmailFastPath(rule, { validate: () => true })).toEqual({
      validate: expect.any(Function) as unknown,
    });
  });

  it('has no fast path if its validator cannot be recognized', () => {
    const { rule, check } = registerEmail();
    jest.isolateModules(() => {
      jest.doMock('class-validator', () => ({
        ...jest.requireActual<object>('class-validator'),
        IsEmail: () => ValidateBy({ name: 'isEmail', validator: { validate: () => true } }),
      }));
      const { addEmailFastPath: add } = jest.requireActual<{ addEmailFastPath: typeof addEmailFastPath }>(
        '../../../src/validation/classes/plain-email',
      );
      expect(add(rule, check)).toBe(check);
    });
    jest.dontMock('class-validator');
  });

  class Contact {
    @IsEmail() first: unknown;
    @IsEmail(undefined, { each: true }) more: unknown = [];
    @IsEmail({ host_blacklist: ['example.com'] }) last: unknown = 'ada@example.org';
  }

  it('is broken by half a surrogate pair, which JSON can carry', async () => {
    expect(await judge(Contact, { first: '\ud800@example.com' })).toEqual([
      '/first isEmail: first must be an email',
    ]);
  });

  it.each([
    { first: 'ada@example.com' },
    { first: 'ada@localhost' },
    { first: '"quoted"@example.com' },
    { first: 'ada@example.com', more: ['ada@example.com', 'ada@exämple.com'] },
    { first: 'ada@example.com', more: ['ada@example.com', 'no address'] },
    { first: 'ada@example.com', last: 'ada@example.com' },
  ])('has the same outcome as in class-validator: %j', async (plain) => {
    expect(pointAtLists(await judge(Contact, plain), 'more')).toEqual(await judgeByPeer(Contact, plain));
  });
});

describe("a user's rule with the name of @IsEmail", () => {
  const isCompany = (value: unknown) => isEmail(value) && (value as string).endsWith('@company.example');
  const message = 'must be an address of the company';

  const { check } = registerEmail();
  const decorators: Record<string, PropertyDecorator> = {
    'by registerDecorator': (target, property) =>
      registerDecorator({
        name: 'isEmail',
        target: target.constructor,
        propertyName: property as string,
        validator: { validate: isCompany, defaultMessage: () => message },
      }),
    'by ValidateBy': ValidateBy({
      name: 'isEmail',
      constraints: [undefined],
      validator: { validate: isCompany, defaultMessage: () => message },
    }),
    'calling the validator of @IsEmail': ValidateBy({
      name: 'isEmail',
      constraints: [undefined],
      validator: {
        validate: (value, values) => check.validate(value, values) && isCompany(value),
        defaultMessage: () => message,
      },
    }),
    'asynchronous, and rejecting without arguments': ValidateBy({
      name: 'isEmail',
      constraints: [undefined],
      validator: {
        validate: async (value, values) => values!.constraints[0] === undefined && isCompany(value),
        defaultMessage: () => message,
      },
    }),
  };

  it.each(Object.keys(decorators))('checks every address: %s', async (name) => {
    class Employee {}
    decorators[name]!(Employee.prototype, 'email');
    const type: Class = Employee;
    expect(await judge(type, { email: 'ada@example.com' })).toEqual([`/email isEmail: ${message}`]);
    expect(await judge(type, { email: 'ada@company.example' })).toEqual([]);
  });
});
