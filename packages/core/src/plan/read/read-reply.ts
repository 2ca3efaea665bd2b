import type { Problems } from '../../configuration/problems';
import { HeaderLine } from '../../http/headers/header-line';
import type { RouteMethod } from '../../routing/http-method';
import { findSseFault } from '../../http/reply/sse';
import { isFinalStatus } from '../../http/status/status';
import { metadata } from '../../metadata/metadata';
import type { ReplyHeaderRecord } from '../../metadata/records';
import { findNearest, readBoth, type Owner } from '../../metadata/class-chain';
import { readReturns } from './read-returns';
import type { ReplyStep } from '../steps';

/** A method of a controller, as far as its replies matter. */
export interface WrittenReply {
  readonly place: string;
  readonly chain: readonly Owner[];
  readonly property: string | symbol;
  readonly method: RouteMethod;
}

/** What is to be done with the replies of a route. */
export function readReply(written: WrittenReply, problems: Problems): ReplyStep[] {
  return [
    ...readStatus(written, problems),
    ...readHeaders(written, problems),
    ...readType(written, problems),
    ...readEvents(written, problems),
  ].map((step) => Object.freeze(step));
}

function readStatus({ place, chain, property }: WrittenReply, problems: Problems): ReplyStep[] {
  const status = findNearest(chain, ({ prototype }) => metadata.status.read(prototype, property));
  if (status === undefined) return [];
  if (isFinalStatus(status)) return [{ kind: 'status', name: `status(${status})`, status }];
  const fault = `@Status(${String(status)}) is no status that a response can have.`;
  problems.add('STATUS_INVALID', place, fault, 'Write a whole number from 200 to 599.');
  return [];
}

/** Of the same name the nearest stays: what the method says, then its class, then the class's parents. */
function readHeaders({ place, chain, property }: WrittenReply, problems: Problems): ReplyStep[] {
  const lines = new Map<string, HeaderLine>();
  for (const { value } of readBoth(chain, metadata.replyHeaders, property)) {
    const line = makeLine(value, place, problems);
    if (line !== undefined) lines.set(line.lowerName, line);
  }
  return [...lines.values()].map((line) => ({
    kind: 'header',
    name: `header(${line.name})`,
    line: Object.freeze(line),
  }));
}

function makeLine(
  { name, value }: ReplyHeaderRecord,
  place: string,
  problems: Problems,
): HeaderLine | undefined {
  try {
    return new HeaderLine(name, value);
  } catch (error) {
    const fault = `@SetHeader can not be sent. ${(error as Error).message}`;
    problems.add(
      'HEADER_INVALID',
      place,
      fault,
      'Write a name of letters, digits and -, and a value of visible ASCII.',
    );
    return undefined;
  }
}

function readType({ place, chain, property }: WrittenReply, problems: Problems): ReplyStep[] {
  const returns = findNearest(chain, ({ prototype }) => metadata.returns.read(prototype, property));
  return returns === undefined ? [] : readReturns(returns, place, problems);
}

function readEvents({ place, chain, property, method }: WrittenReply, problems: Problems): ReplyStep[] {
  const options = findNearest(chain, ({ prototype }) => metadata.sse.read(prototype, property));
  if (options === undefined) return [];
  const fault =
    method === 'GET'
      ? findSseFault(options)
      : `An EventSource only sends GET, and the route answers ${method}.`;
  if (fault === undefined) return [{ kind: 'events', name: 'events', options }];
  const cure = "Write @Sse('/path') alone: it makes the GET route itself.";
  problems.add(
    'SSE_INVALID',
    place,
    fault,
    method === 'GET' ? 'Write @Sse(path, { keepAliveSeconds: 15, retry: 3000 }).' : cure,
  );
  return [];
}
