/** A note, as the API sends it. */
export interface Note {
  readonly id: number;
  readonly text: string;
}

export const listNotes = () => call<readonly Note[]>('GET', '/api/notes');

export const readNote = (id: string) => call<Note>('GET', `/api/notes/${id}`);

export const addNote = (text: string) => call<Note>('POST', '/api/notes', { text });

export const removeNote = (id: number) => call<void>('DELETE', `/api/notes/${id}`);

/** @throws Error with the detail of the problem that the API reports */
async function call<Result>(method: string, path: string, body?: object): Promise<Result> {
  const response = await fetch(path, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!response.ok) {
    const { title, detail = title, errors = [] } = (await response.json()) as Problem;
    throw new Error(errors[0]?.detail ?? detail);
  }
  return (response.status === 204 ? undefined : await response.json()) as Result;
}

/** The body of an error (RFC 9457). */
interface Problem {
  readonly title: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly detail: string }[];
}
