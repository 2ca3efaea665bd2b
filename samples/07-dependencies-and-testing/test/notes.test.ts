import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { override } from '@sluice/core';
import { testApp } from '@sluice/testing';
import { CurrentUser } from '../src/current-user';
import { NOTE_REPOSITORY, type Note, type NoteRepository } from '../src/note-repository';
import { notesOptions } from '../src/notes-options';

/** Replaces the file in tests. */
class MemoryNoteRepository implements NoteRepository {
  constructor(readonly notes: Note[] = []) {}

  add(note: Note) {
    this.notes.push(note);
  }

  findBy(author: string) {
    return this.notes.filter((note) => note.author === author);
  }
}

describe.each(['memory', 'socket'] as const)('the notes, in %s', (engine) => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'notes-'));
    file = path.join(folder, 'notes.json');
  });

  afterEach(() => rm(folder, { recursive: true }));

  const options = () => ({ ...notesOptions(file, 'a secret for tests that is long enough'), engine });

  it('belong to the user who is logged in: every client keeps its own cookies', async () => {
    await using app = await testApp(options());
    const ada = app.client();
    const bob = app.client();
    for (const [client, name] of [
      [ada, 'ada'],
      [bob, 'bob'],
    ] as const)
      expect((await client.post('/log-in', { json: { name } })).status).toBe(204);

    expect((await ada.post('/notes', { json: { text: 'hers' } })).status).toBe(201);
    expect(await (await ada.get('/notes')).json()).toEqual([{ author: 'ada', text: 'hers' }]);
    expect(await (await bob.get('/notes')).json()).toEqual([]);
    expect((await app.client().get('/notes')).status).toBe(401);
    ada.cookies.clear();
    expect((await ada.get('/notes')).status).toBe(401);
  });

  it('are read when the application starts, and written when it stops', async () => {
    const before = [{ author: 'ada', text: 'before' }];
    await writeFile(file, JSON.stringify(before));
    const app = await testApp(options());
    const ada = app.client();
    await ada.post('/log-in', { json: { name: 'ada' } });
    expect(await (await ada.get('/notes')).json()).toEqual(before);
    await ada.post('/notes', { json: { text: 'now' } });
    await app.close();
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual([...before, { author: 'ada', text: 'now' }]);
  });

  it('refuse to start with a file that cannot be read', async () => {
    await writeFile(file, 'not JSON');
    await expect(testApp(options())).rejects.toThrow('START_FAILED  FileNoteRepository.load');
  });

  it('are stored elsewhere if a test overrides the repository, and no file is written', async () => {
    const repository = new MemoryNoteRepository([{ author: 'ada', text: 'in memory' }]);
    const overrides = [{ token: NOTE_REPOSITORY, useValue: repository }, override(CurrentUser, () => 'ada')];
    const app = await testApp({ ...options(), overrides });
    // The client has not logged in: the overridden parameter is the user.
    expect(await (await app.client().get('/notes')).json()).toEqual(repository.notes);
    await app.client().post('/notes', { json: { text: 'another' } });
    await app.close();
    expect(repository.notes.map(({ text }) => text)).toEqual(['in memory', 'another']);
    await expect(readFile(file)).rejects.toThrow('ENOENT');
  });

  it('have a log for each request', async () => {
    await using app = await testApp({ ...options(), overrides: [override(CurrentUser, () => 'ada')] });
    const client = app.client();
    const answers = await Promise.all([
      client.get('/notes'),
      client.post('/notes', { json: { text: 'a' } }),
      client.get('/notes'),
    ]);
    expect(answers.map((answer) => answer.header('x-steps'))).toEqual([
      'by ada, list',
      'by ada, write',
      'by ada, list',
    ]);
  });
});
