/** Code that must not compile: the type check (`npm run check`) verifies every `@ts-expect-error`. */
import { createParameterDecorator, type MaybePromise } from '@sluice/core';
import { compileOnly, expectType } from '../../core/test/compile-only';
import { readSession, Session, session, type SessionData } from '../src';

describe('the types of @Session', () => {
  it('are known to parameter decorators that ask for it', () => {
    compileOnly(() =>
      createParameterDecorator('Login', async (context, use) => {
        expectType<SessionData>()(await use(Session));
        expectType<SessionData>()(await use(Session, 'admin'));
        expectType<MaybePromise<{ user?: string }>>()(readSession<{ user?: string }>(context));
        // @ts-expect-error -- it may have to be loaded first
        void use(Session).user.name;
        // @ts-expect-error -- a cookie's name is text
        void use(Session, 5);
      }),
    );
    compileOnly(() => [Session(), Session('admin')]);
    // @ts-expect-error -- a cookie's name is text
    compileOnly(() => Session({ sessionCookie: 'admin' }));
    // @ts-expect-error -- no such option
    compileOnly(() => session({ secretKey: 'x', secure: true }));
    expect(Session.parameterName).toBe('Session');
  });
});
