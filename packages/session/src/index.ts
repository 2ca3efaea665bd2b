export { memoryStore, type MemoryStoreOptions } from './store/memory-store';
export {
  describeSession,
  destroySession,
  readSession,
  regenerateSession,
  type SessionInfo,
} from './read-session';
export { session } from './session';
// Only a star carries declarations that users merge into the interface.
export type * from './data/session-data';
export type { SessionOptions, SessionSecret } from './session-options';
export { Session } from './session-parameter';
export { endSessionsOf, type UserOf } from './store/record-owners';
export type { SessionRecord, SessionStore, SessionWrite, UserSessionStore } from './store/session-store';
