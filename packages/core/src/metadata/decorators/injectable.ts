import { checkOptions, isOneOfOption } from '../../configuration/check-options';
import { metadata } from '../metadata';
import { makeMisplaced, nameMember } from '../misplaced-decorator';
import { LIFETIMES, type InjectableOptions } from '../records';
import type { Token } from '../../http/token';

/**
 * Makes the compiler emit the types of a class's constructor, so that the container can construct it.
 *
 * @param options `scope`: the container constructs the class once per application (`singleton`), once per request
 * (`request`), or each time it is injected (`transient`). Default: once per request if one of its dependencies belongs
 * to a request, else once per application.
 * @throws ConfigurationError OPTION_UNKNOWN, OPTION_INVALID
 * @example @Injectable() class NoteStore { constructor(private readonly database: Database) {} }
 */
export function Injectable(options: InjectableOptions = {}): ClassDecorator {
  checkOptions('@Injectable', options, { scope: isOneOfOption(...LIFETIMES) });
  return (type) => metadata.injectable.write(options, type);
}

/**
 * Injects a token into a constructor parameter, if its type is an interface or the compiler does not emit it.
 *
 * @throws ConfigurationError DECORATOR_MISPLACED on a parameter of a method
 * @example constructor(@Inject(CLOCK) private readonly now: () => Date) {}
 */
export function Inject(token: Token): ParameterDecorator {
  return (type, property, index) => {
    if (property !== undefined) {
      const fault = '@Inject is on a parameter of a method, but only constructors are injected.';
      throw makeMisplaced(nameMember(type, property), fault, 'Put it on a constructor parameter.');
    }
    metadata.injections.prepend([{ index, token }], type);
  };
}
