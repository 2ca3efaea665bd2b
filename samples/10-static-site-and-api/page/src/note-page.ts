import { readNote, removeNote } from './api';
import { goTo } from './go-to';
import { make } from './make';

/** One note, on a path without a file: a reload of it is answered with `index.html`. */
export async function makeNotePage(id: string): Promise<Node[]> {
  const note = await readNote(id);
  const button = make('button', { type: 'button' }, 'Delete');
  button.addEventListener('click', () => void removeNote(note.id).then(() => goTo('/')));
  return [make('h1', {}, `Note ${note.id}`), make('p', { className: 'text' }, note.text), button];
}
