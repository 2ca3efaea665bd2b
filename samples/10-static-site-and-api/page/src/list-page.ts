import { addNote, listNotes, type Note } from './api';
import { make } from './make';

/** All notes, and a form for another one. */
export async function makeListPage(): Promise<Node[]> {
  const list = make('ul', {}, ...(await listNotes()).map(makeItem));
  return [make('h1', {}, 'Notes'), makeForm((note) => list.append(makeItem(note))), list];
}

function makeItem({ id, text }: Note): Node {
  return make('li', {}, make('a', { href: `/notes/${id}` }, text));
}

function makeForm(show: (note: Note) => void): Node {
  const text = make('input', { name: 'text', required: true, maxLength: 200, autocomplete: 'off' });
  const complaint = make('p', { role: 'alert' });
  const form = make('form', {}, make('label', {}, 'New note', text), make('button', {}, 'Add'), complaint);

  async function submit(): Promise<void> {
    try {
      show(await addNote(text.value));
      form.reset();
      complaint.textContent = '';
    } catch (error) {
      complaint.textContent = (error as Error).message;
    }
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void submit();
  });
  return form;
}
