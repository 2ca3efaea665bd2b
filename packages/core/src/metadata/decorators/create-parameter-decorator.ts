import type { Context } from '../../http/context';
import type { CustomParameter, CustomRead, DataOf, ReadCustom, Use } from '../../http/custom-parameter';
import { decorateParameter } from '../decorate-parameter';

/**
 * Makes a parameter decorator of your own. `read` may return a promise; an error that it throws or returns becomes the
 * response. It is called once a request, however many handlers' parameters and other decorators ask for it with the same data.
 * `use` asks for another decorator's value. A generator yields the value, and what stands behind the `yield` runs
 * after the reply, the error of the request thrown into it. The third parameter is what the decorator is called with:
 * write its type there, and all others are inferred.
 *
 * @param options `needs`: the name of the middleware whose work is read; a route without it refuses to start
 *
 * @example
 * const CurrentUser = createParameterDecorator('CurrentUser', async (context, use) =>
 *   (await use(Database)).findUser(context.request.header('x-user')),
 * );
 */
export function createParameterDecorator<Value, Data = void>(
  name: string,
  read: ReadCustom<Value, Data>,
  options: { readonly needs?: string } = {},
): CustomParameter<Value, Data> {
  const parameter = (...[data]: DataOf<Data>): ParameterDecorator =>
    decorateParameter({ kind: 'custom', name, read: bindData(made, data) });
  const made: CustomParameter<Value, Data> = Object.assign(parameter, {
    parameterName: name,
    read,
    needs: options.needs,
  });
  return made;
}

function bindData<Data>(parameter: CustomParameter<unknown, Data>, data: unknown): CustomRead {
  const read = (context: Context, use: Use): unknown => parameter.read(context, use, data as Data);
  return Object.assign(read, { parameter: parameter, data });
}
