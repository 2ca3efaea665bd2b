import { BackgroundTasks } from '../../src';
import { makeContext } from '../make-context';

function runTasks(error?: Error): readonly unknown[] {
  const context = makeContext();
  const ran: unknown[] = [];
  const tasks = new BackgroundTasks(context);
  tasks.add((...values) => ran.push(values), 'one', 1);
  tasks.add((...values) => ran.push(values));
  context.error = error;
  for (const task of context.afterResponse?.takeTasks() ?? []) task();
  return ran;
}

describe('background tasks of a handler', () => {
  it('run after the response with their values, in order', () => {
    expect(runTasks()).toEqual([['one', 1], []]);
  });

  it('do not run when the request failed', () => {
    expect(runTasks(new Error('failed'))).toEqual([]);
  });
});
