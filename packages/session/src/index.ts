export { memoryStore, type MemoryStoreOptions } from './memory-store';
export {
  describeSession,
  destroySession,
  readSession,
  regenerateSession,
  type SessionInfo,
} from './read-session';
export { session } from './session';
// A star, because declaration merging reaches through nothing else.
export type * from './session-data';
export type { SessionOptions, SessionSecret } from './session-options';
export { Session } from './session-parameter';
export type { SessionRecord, SessionStore, SessionWrite } from './session-store';
