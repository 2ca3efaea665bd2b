/** The rooms that a room may import, whole or their types only. */
export type Permissions = Record<string, 'all' | 'types'>;

/** The rooms that know no stage. */
export const SUBJECTS: Permissions = {
  configuration: 'all',
  routing: 'all',
  http: 'all',
  validation: 'all',
  form: 'all',
};

/** The rooms of packages/core/src, and what each may import from the others. `types` means `import type` only. */
export const ROOMS: Record<string, Permissions> = {
  configuration: {},
  routing: {},
  http: { routing: 'all', configuration: 'all' },
  validation: { http: 'all', configuration: 'all' },
  form: { validation: 'all', http: 'all' },
  metadata: SUBJECTS,
  container: { ...SUBJECTS, metadata: 'all' },
  plan: { ...SUBJECTS, metadata: 'all', container: 'all' },
  pipeline: { ...SUBJECTS, plan: 'types' },
  engine: { http: 'all', routing: 'all', configuration: 'all' },
  workers: { http: 'all', configuration: 'all', engine: 'all' },
};
