import { AfterResponse } from '../../src/http/after-response';
import { OpenedStream } from '../../src/http/body/opened-stream';
import { makeContext } from '../make-context';

function make(...phase: ['over'?]): { after: AfterResponse; request: ReturnType<typeof makeContext> } {
  const request = makeContext();
  return { after: new AfterResponse(request, ...phase), request };
}

async function* endless(): AsyncGenerator<string> {
  for (;;) yield 'chunk';
}

describe('the work after a response', () => {
  it('hands over tasks in order, once, then those that they have added', () => {
    const { after } = make();
    const [first, second, added] = [jest.fn(), jest.fn(), jest.fn()];
    for (const task of [first, second]) after.addTask(task);
    void after.endResponse();
    const tasks = after.takeTasks()!;
    for (const task of tasks) task();
    expect([first, second].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
    after.addTask(added);
    expect(after.takeTasks()).toHaveLength(1);
    expect(after.takeTasks()).toBeUndefined();
  });

  it('hands over clean-ups in reverse order, with the error of the request', () => {
    const { after, request } = make();
    const seen: unknown[] = [];
    for (const name of ['first', 'second']) after.addCleanup((error) => seen.push(name, error));
    request.error = 'an error';
    for (const cleanup of after.takeCleanups()!) cleanup();
    expect(seen).toEqual(['second', 'an error', 'first', 'an error']);
    expect(after.takeCleanups()).toBeUndefined();
  });

  it('refuses a task when clean-ups have begun, and everything when they are done', () => {
    const { after } = make();
    after.addCleanup(() => undefined);
    void after.endResponse();
    expect(after.takeTasks()).toBeUndefined();
    expect(() => after.addTask(() => undefined)).toThrow('its background tasks are done');
    after.addCleanup(() => undefined);
    expect(after.takeCleanups()).toHaveLength(2);
    expect(after.takeCleanups()).toBeUndefined();
    expect(() => after.addCleanup(() => undefined)).toThrow('its clean-ups have run');
  });

  it.each([['over' as const], []])('refuses everything where there was nothing to do (%s)', (...phase) => {
    const { after } = make(...phase);
    void after.endResponse();
    expect(() => after.addTask(() => undefined)).toThrow('The request is over');
    expect(() => after.addCleanup(() => undefined)).toThrow('The request is over');
  });

  it('may be cut: its clean-ups are handed over while the handler still runs, which can add more', () => {
    const { after } = make();
    after.addCleanup(() => undefined);
    expect(after.takeCleanups()).toHaveLength(1);
    after.addTask(() => undefined);
    after.addCleanup(() => undefined);
    expect([after.hasWork, after.hasCleanups]).toEqual([true, true]);
  });

  it('fails only before the response has ended, and keeps an earlier error', () => {
    const { after, request } = make();
    after.addTask(() => undefined);
    after.fail(new Error('first'));
    after.fail(new Error('second'));
    expect(request.error).toEqual(new Error('first'));
    const other = make();
    void other.after.endResponse();
    other.after.fail(new Error('late'));
    expect(other.request.error).toBeUndefined();
  });

  it('stops the streams that still run, and releases what they listened to', async () => {
    const { after } = make();
    const [open, over] = [new OpenedStream(endless()), new OpenedStream(endless())];
    await over.return();
    const release = jest.fn();
    after.addStream(over);
    expect(after.hasOpenStreams).toBe(false);
    after.addStream(open, release);
    expect(after.hasOpenStreams).toBe(true);
    await after.endResponse();
    expect([open.isOver, after.hasOpenStreams, release.mock.calls.length]).toEqual([true, false, 1]);
    expect(after.endResponse()).toBeUndefined();
  });
});
