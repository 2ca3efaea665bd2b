import { checkOptions, isOneOfOption } from '../../configuration/check-options';
import { makeMisplaced, nameMember } from '../misplaced';
import type { Lifetime, Token } from '../records';
import { prependOwn, writeOwn } from '../store';

/**
 * Lets the compiler emit a class's constructor types, so that the container can construct it.
 *
 * @param options `scope`: constructed once an application (`singleton`), once a request (`request`) or for each that
 * asks for it (`transient`). Default: once a request where it depends on something of a request, else once.
 * @throws ConfigurationError OPTION_UNKNOWN, OPTION_INVALID
 */
export function Injectable(options: { readonly scope?: Lifetime } = {}): ClassDecorator {
  checkOptions('@Injectable', options, { scope: isOneOfOption('singleton', 'request', 'transient') });
  return (type) => writeOwn('injectable', options, type);
}

/** Says by which token a constructor parameter is asked for, where its type is an interface or is not emitted. */
export function Inject(token: Token): ParameterDecorator {
  return (type, property, index) => {
    if (property !== undefined) {
      const fault = '@Inject stands on the parameter of a method, and nothing injects there.';
      throw makeMisplaced(nameMember(type, property), fault, 'Put it on a constructor parameter.');
    }
    prependOwn('tokens', [{ index, token }], type);
  };
}
