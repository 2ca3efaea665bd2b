export type { TestEngine } from './choose-engine';
export { CookieStore, type StoredCookie } from './cookie-store';
export type { ServerSentEvent } from './read-events';
export type { HeaderValues, QueryInput, RequestOptions } from './request-options';
export { TestApp, testApp, type TestAppOptions } from './test-app';
export { TestClient, type ClientOptions } from './test-client';
export { TestResponse } from './test-response';
