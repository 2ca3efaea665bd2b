import { checkOptions, isTextOption } from '../../configuration/check-options';
import type { Context } from '../../http/context';
import type { CustomParameter, CustomRead, DataOf, ReadCustom, Use } from '../../http/custom-parameter';
import { findDescriptionFault } from '../../http/description/find-description-fault';
import type { StepDescription } from '../../http/description/step-description';
import { decorateParameter } from '../decorate-parameter';

/** Options of `createParameterDecorator`. */
export interface CustomParameterOptions {
  readonly needs?: string;
  readonly describes?: StepDescription;
}

/**
 * Makes a parameter decorator of your own.
 *
 * `read` returns the value or a promise of it; an error that it throws or returns becomes the response. It runs once
 * per request and data, however many parameters and other decorators use the decorator. It reads the value of another
 * decorator with `use`. If it is a generator, it yields the value, and the code after the `yield` runs after the reply,
 * where it receives the error of the request as an exception.
 *
 * The decorator's own argument is the third parameter of `read`: declare its type there, and all others are inferred.
 *
 * @param options `needs`: a middleware, by its name or by what it `provides`. Default: none. The application does not
 * start when a route uses the decorator without that middleware. `describes`: the statuses, headers and credentials that
 * it adds to a route, for documents of the API. Default: none.
 * @throws ConfigurationError OPTION_UNKNOWN, OPTION_INVALID
 * @example
 * const CurrentUser = createParameterDecorator('CurrentUser', async (context, use) =>
 *   (await use(Database)).findUser(context.request.header('x-user')),
 * );
 */
export function createParameterDecorator<Value, Data = void>(
  name: string,
  read: ReadCustom<Value, Data>,
  options: CustomParameterOptions = {},
): CustomParameter<Value, Data> {
  checkOptions('createParameterDecorator', options, {
    needs: isTextOption,
    describes: findDescriptionFault,
  });
  const decorator = (...[data]: DataOf<Data>): ParameterDecorator =>
    decorateParameter({ kind: 'custom', name, read: bindData(parameter, data) });
  const parameter: CustomParameter<Value, Data> = Object.assign(decorator, {
    parameterName: name,
    read,
    needs: options.needs,
    describes: options.describes,
  });
  return parameter;
}

/** Binds the data of one use of a parameter. */
export function bindData<Data>(parameter: CustomParameter<unknown, Data>, data: unknown): CustomRead {
  const read = (context: Context, use: Use): unknown => parameter.read(context, use, data as Data);
  return Object.assign(read, { parameter, data });
}
