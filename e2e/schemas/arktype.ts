/** An application with a schema of arktype, which is published as ES modules only: jest can not load it. Prints answers. */
import { Body, Controller, createApp, Post, Returns } from '@sluice/core';
import { type } from 'arktype';

const Note = type({
  text: 'string <= 10',
  'tags?': '(string > 0)[]',
  count: 'number.integer > 0',
  '+': 'reject',
});
const Told = type({ text: 'string', '+': 'delete' });

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

  @Post('/told')
  @Returns(Told)
  tell(@Body(Note) note: typeof Note.infer) {
    return note;
  }
}

const BODIES: [path: string, body: unknown][] = [
  ['', { text: 'a', count: 1, tags: ['b'] }],
  ['', { text: 'a secret that is too long', count: 0, tags: ['b', ''] }],
  ['', { text: 'a', count: 1, more: 'a secret' }],
  ['', null],
  ['/each', [{ text: 'a', count: 1 }, { text: 'a' }]],
  ['/told', { text: 'a', count: 1 }],
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
