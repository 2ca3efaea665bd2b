import type { Context } from '../context';
import type { PathValue } from '../../routing/format-path';
import { LateReply } from './late-reply';
import { redirect, type Reply, type ReplyInit } from './replies';
import type { ControllerClass, MethodName, UrlOptions } from '../../routing/url-table';

/**
 * A redirect to a route of this application; default status 302. Use 303 after a POST (RFC 9110 §15.4.4). An error
 * in `context.urlFor` is answered with 500.
 *
 * @throws RangeError when the status is not 301, 302, 303, 307 or 308
 * @example return redirectTo(NotesController, 'show', { id: note.id }, { status: 303 });
 */
export function redirectTo<C extends object>(
  controller: ControllerClass<C>,
  method: MethodName<C>,
  parameters: Readonly<Record<string, PathValue>> = {},
  init: ReplyInit & UrlOptions = {},
): Reply {
  const { query, version, ...rest } = init;
  // Checks the status here, where the stack trace shows who wrote it.
  redirect('/', rest);
  return new RedirectToRoute((context) =>
    redirect(
      context.urlFor(controller, method, parameters, {
        ...(query && { query }),
        ...(version && { version }),
      }),
      rest,
    ),
  );
}

class RedirectToRoute extends LateReply {
  constructor(readonly make: (context: Context) => Reply) {
    super();
  }
}
