/** A statement as node-postgres takes it. */
export interface PostgresQuery {
  /** The name under which a connection keeps the prepared statement. */
  readonly name?: string;
  readonly text: string;
  readonly values?: unknown[];
  /** Milliseconds after which the client gives the answer up. */
  readonly query_timeout?: number;
}

/** The parts of a connection of node-postgres that are used. */
export interface PostgresClient {
  query(query: PostgresQuery): Promise<{ readonly rows: unknown[]; readonly rowCount: number | null }>;
  /** Gives the connection back; with true it is closed. */
  release(isBroken?: boolean): void;
  on(event: 'error', listener: (error: Error) => void): unknown;
  removeListener(event: 'error', listener: (error: Error) => void): unknown;
}

/** The parts of a pool of node-postgres (`pg`, `pg-pool`) that are used. */
export interface PostgresPool {
  connect(callback: (error: Error | undefined, client: PostgresClient | undefined) => void): void;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** Returns whether a value has the methods of a pool; a client has `connect` and `on` as well, but not `totalCount`. */
export function isPostgresPool(value: unknown): value is PostgresPool {
  if (typeof value !== 'object' || value === null) return false;
  const pool = value as Partial<PostgresPool> & { readonly totalCount?: unknown };
  return (
    typeof pool.connect === 'function' && typeof pool.on === 'function' && typeof pool.totalCount === 'number'
  );
}
