import { propagation, type TextMapGetter } from '@opentelemetry/api';
import { createApp, type App, type InjectRequest } from '@sluice/core';
import fc from 'fast-check';
import { tracing } from '../src';
import { Spans } from './spans';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';

/** The rules of W3C Trace Context §3.2, apart from how the propagator has them. */
function isValid(text: string): boolean {
  const match = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/.exec(text);
  if (match === null) return false;
  const [, version, trace, span, , rest] = match;
  if (version === 'ff' || /^0+$/.test(trace!) || /^0+$/.test(span!)) return false;
  return version !== '00' || rest === undefined;
}

describe('the trace context of a request', () => {
  const spans = new Spans();
  let app: App;
  beforeAll(async () => {
    const routes = [{ method: 'GET' as const, path: '/', handler: () => 'OK' }];
    app = await createApp({ middleware: [tracing()], routes });
  });
  afterAll(() => spans.unregister());

  async function readParent(headers: InjectRequest['headers']) {
    const response = await app.inject({ url: '/', headers: headers! });
    expect(response.status).toBe(200);
    const { parentSpanContext: parent } = spans.takeOne();
    return parent && { ...parent, isRemote: undefined };
  }

  it.each([
    ['valid', `00-${TRACE}-${SPAN}-01`, 1],
    ['not sampled', `00-${TRACE}-${SPAN}-00`, undefined],
    ['with unknown flags', `00-${TRACE}-${SPAN}-ff`, 255],
    ['of a later version', `01-${TRACE}-${SPAN}-01`, 1],
    ['of a later version with more fields', `cc-${TRACE}-${SPAN}-01-what`, 1],
  ])('continues a traceparent that is %s', async (_case, traceparent, flags) => {
    if (flags === undefined) {
      // The sampler of the SDK follows its parent, so nothing is recorded.
      await app.inject({ url: '/', headers: { traceparent } });
      expect(spans.take()).toEqual([]);
    } else
      expect(await readParent({ traceparent })).toMatchObject({
        traceId: TRACE,
        spanId: SPAN,
        traceFlags: flags,
      });
  });

  it.each([
    ['in upper case', `00-${TRACE.toUpperCase()}-${SPAN}-01`],
    ['of version ff', `ff-${TRACE}-${SPAN}-01`],
    ['with a trace id of zeros', `00-${'0'.repeat(32)}-${SPAN}-01`],
    ['with a span id of zeros', `00-${TRACE}-${'0'.repeat(16)}-01`],
    ['too short', `00-${TRACE}-${SPAN}-1`],
    ['too long for its version', `00-${TRACE}-${SPAN}-01-more`],
    ['empty', ''],
    ['very long', `00-${TRACE}-${SPAN}-01${'0'.repeat(8000)}`],
  ])('begins a new trace where traceparent is %s', async (_case, traceparent) => {
    expect(await readParent({ traceparent, tracestate: 'a=1' })).toBeUndefined();
  });

  it('holds for any text', async () => {
    const hex = (length: number) =>
      fc.string({ unit: fc.constantFrom(...'0123456789abcdefAF'), minLength: length, maxLength: length });
    const near = fc
      .tuple(
        fc.oneof(hex(2), fc.constantFrom('00', '01', 'ff')),
        fc.oneof(hex(32), fc.constant('0'.repeat(32)), fc.constant(TRACE)),
        fc.oneof(hex(16), fc.constant('0'.repeat(16)), fc.constant(SPAN)),
        fc.constantFrom('01', '03', 'ff', '0', '011', ''),
        fc.constantFrom('', '', '', '-', '-x', ' ', ',', 'x'),
      )
      .map(([version, trace, span, flags, rest]) => `${version}-${trace}-${span}-${flags}${rest}`);
    const printable = fc.string({
      unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
    });
    await fc.assert(
      fc.asyncProperty(fc.oneof(near, printable), fc.option(printable), async (traceparent, tracestate) => {
        const headers = { traceparent, ...(tracestate !== null && { tracestate }) };
        const parent = await readParent(headers);
        const sent = traceparent.trim();
        expect(parent === undefined).toBe(!isValid(sent));
        if (parent !== undefined)
          expect([parent.traceId, parent.spanId]).toEqual([sent.slice(3, 35), sent.slice(36, 52)]);
      }),
    );
  });

  it('reads only the headers that the propagator asks for, and answers although it throws', async () => {
    propagation.disable();
    const asked: unknown[] = [];
    propagation.setGlobalPropagator({
      inject() {},
      extract<Carrier>(_context: unknown, carrier: Carrier, getter: TextMapGetter<Carrier>) {
        asked.push(getter.keys(carrier), getter.get(carrier, 'x-trace'), getter.get(carrier, 'x-none'));
        throw new Error('No');
      },
      fields: () => ['x-trace'],
    });
    expect(await readParent({ 'x-trace': '1', other: '2' })).toBeUndefined();
    expect(await readParent({ 'x-trace': ['1', '2'] })).toBeUndefined();
    expect(asked).toEqual([['x-trace'], '1', undefined, ['x-trace'], undefined, undefined]);
  });
});
