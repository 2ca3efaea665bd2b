import { EventEmitter } from 'node:events';
import { watchOutage } from '../../../src/http/calls/watch-outage';

const REPORT = { upEvent: 'ready', down: 'It cannot be reached', up: 'It can be reached again.' };

describe('watchOutage', () => {
  let reports: unknown[];
  const logger = {
    info: (text: string) => void reports.push(text),
    error: (error: unknown, text?: string) => void reports.push(text, error),
  };

  beforeEach(() => {
    reports = [];
  });

  it('reports each outage once, and its end, and ends no process', () => {
    const client = new EventEmitter();
    watchOutage(client, REPORT, logger);
    client.emit('ready');
    expect(reports).toEqual([]);
    const events = ['error', 'error', 'ready', 'ready', 'error'];
    for (const [index, event] of events.entries()) client.emit(event, index);
    expect(reports).toEqual([REPORT.down, 0, REPORT.up, REPORT.down, 4]);
  });

  it('leaves the errors to a listener that is there', () => {
    const client = new EventEmitter().on('error', () => {});
    watchOutage(client, REPORT, logger);
    client.emit('error', new Error('down'));
    expect([reports, client.listenerCount('ready')]).toEqual([[], 0]);
  });

  it('listens to a client that does not count its listeners', () => {
    const client = { on: jest.fn() };
    watchOutage(client, REPORT, logger);
    expect(client.on.mock.calls.map(([event]) => event)).toEqual(['error', 'ready']);
  });
});
