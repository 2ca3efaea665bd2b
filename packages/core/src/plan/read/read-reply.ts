import type { Problems } from '../../configuration/problems';
import { HeaderLine } from '../../http/headers/header-line';
import { findSseFault } from '../../http/reply/sse';
import { isFinalStatus } from '../../http/status/status';
import { findNearest, readBoth, type Owner } from '../../metadata/class-chain';
import { metadata } from '../../metadata/metadata';
import type { ReplyHeaderRecord } from '../../metadata/records';
import type { RouteMethod } from '../../routing/http-method';
import type { EventsStep, HeaderStep, ReplyStep, ReturnsStep, StatusStep } from '../steps';
import { readReturns } from './read-returns';

/** A method of a controller, as far as its replies are concerned. */
export interface WrittenReply {
  readonly place: string;
  readonly chain: readonly Owner[];
  readonly property: string | symbol;
  readonly method: RouteMethod;
}

/** Reads the decorators of a method that shape its replies. */
export function readReply(written: WrittenReply, problems: Problems): ReplyStep[] {
  const steps = [
    readStatus(written, problems),
    ...readHeaders(written, problems),
    readType(written, problems),
    readEvents(written, problems),
  ];
  return steps.flatMap((step) => (step === undefined ? [] : [Object.freeze(step)]));
}

function readStatus({ place, chain, property }: WrittenReply, problems: Problems): StatusStep | undefined {
  const status = findNearest(chain, ({ prototype }) => metadata.status.read(prototype, property));
  if (status === undefined || isFinalStatus(status)) return makeStatus(status);
  const fault = `The status of @Status must be a whole number from 200 to 599, not ${String(status)}.`;
  problems.add('STATUS_INVALID', place, fault, 'Write the status as a number: @Status(201).');
  return undefined;
}

/** Makes the step that sets a status; undefined where there is none. */
export function makeStatus(status: number | undefined): StatusStep | undefined {
  return status === undefined ? undefined : { kind: 'status', name: `status(${status})`, status };
}

/** If several headers have one name, the nearest counts: the method's, then its class's, then the parents'. */
function readHeaders({ place, chain, property }: WrittenReply, problems: Problems): HeaderStep[] {
  const lines = new Map<string, HeaderLine>();
  for (const { value } of readBoth(chain, metadata.replyHeaders, property)) {
    const line = makeLine(value, place, problems);
    if (line !== undefined) lines.set(line.lowerName, line);
  }
  return [...lines.values()].map((line) => ({
    kind: 'header',
    name: `header(${line.name})`,
    line,
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
    const fault = `The header of @SetHeader cannot be sent. ${(error as Error).message}`;
    const cure = 'Write a name of letters, digits and hyphens, and a value of visible ASCII characters.';
    problems.add('HEADER_INVALID', place, fault, cure);
    return undefined;
  }
}

function readType({ place, chain, property }: WrittenReply, problems: Problems): ReturnsStep | undefined {
  const returns = findNearest(chain, ({ prototype }) => metadata.returns.read(prototype, property));
  return returns && readReturns(returns, place, problems);
}

function readEvents(
  { place, chain, property, method }: WrittenReply,
  problems: Problems,
): EventsStep | undefined {
  const options = findNearest(chain, ({ prototype }) => metadata.sse.read(prototype, property));
  if (options === undefined) return undefined;
  if (method !== 'GET') {
    const fault = `An EventSource sends only GET requests, but the route answers ${method}.`;
    problems.add('SSE_INVALID', place, fault, "Write only @Sse('/path'), which makes the GET route itself.");
    return undefined;
  }
  const fault = findSseFault(options);
  if (fault === undefined) return { kind: 'events', name: 'events', options };
  const cure = 'Write @Sse(path, { keepAliveSeconds: 15, retry: 3000 }).';
  problems.add('SSE_INVALID', place, fault, cure);
  return undefined;
}
