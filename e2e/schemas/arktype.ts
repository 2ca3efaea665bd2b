/** Prints the answers of an application with arktype schemas. arktype has ES modules only, which jest cannot load. */
import { Body, Controller, createApp, Post, Returns } from '@sluice/core';
import { type } from 'arktype';

const Note = type({
  text: 'string <= 10',
  'tags?': '(string > 0)[]',
  count: 'number.integer > 0',
  '+': 'reject',
});
const NoteText = type({ text: 'string', '+': 'delete' });

@Controller('/notes')
class NotesController {
  @Post()
  add(@Body(Note) note: typeof Note.infer) {
    return { ...note, next: note.count + 1 };
  }

  @Post('/each')
  addAll(@Body({ each: Note }) notes: (typeof Note.infer)[]) {
    return notes.length;
  }

  @Post('/text')
  @Returns(NoteText)
  show(@Body(Note) note: typeof Note.infer) {
    return note;
  }
}

const BODIES: [path: string, body: unknown][] = [
  ['', { text: 'a', count: 1, tags: ['b'] }],
  ['', { text: 'a secret that is too long', count: 0, tags: ['b', ''] }],
  ['', { text: 'a', count: 1, more: 'a secret' }],
  ['', null],
  ['/each', [{ text: 'a', count: 1 }, { text: 'a' }]],
  ['/text', { text: 'a', count: 1 }],
];

async function main(): Promise<void> {
  const app = await createApp({ controllers: [NotesController] });
  const answers = [];
  for (const [path, body] of BODIES) {
    const response = await app.inject({
      method: 'POST',
      url: `/notes${path}`,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    answers.push({ status: response.status, body: response.json() });
  }
  console.log(JSON.stringify(answers));
}

void main();
