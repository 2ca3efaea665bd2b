import { BackgroundQueue } from '../../../src/engine/background-queue';
import { CleanUps } from '../../../src/engine/clean-ups';
import type { EngineTable } from '../../../src/engine/engine';
import { RequestTrace } from '../../../src/engine/request-trace';
import { UwsEngine } from '../../../src/engine/uws/uws-engine';
import { parsePathPattern, type PathPattern } from '../../../src/routing/path-pattern';
import { NO_MARKS } from '../../../src/routing/route-mark';
import { makeLogger } from '../../make-logger';
import { describeSocketEngine } from '../describe-socket-engine';

describeSocketEngine('uws', 'µWebSockets');

describe('mounting on µWebSockets', () => {
  it('does not compare each route with every other', () => {
    const countReads = (count: number): number => {
      const { table, reads } = makeCountingTable(count);
      new UwsEngine(table, { hideEngineHeader: false });
      return reads.length;
    };
    expect(countReads(10)).toBeGreaterThan(0);
    expect(countReads(200)).toBe(20 * countReads(10));
  });
});

/** Routes for all methods that note each look at their method. */
function makeCountingTable(count: number): { table: EngineTable; reads: string[] } {
  const reads: string[] = [];
  const routes = Array.from({ length: count }, (_, index) => {
    const pattern = parsePathPattern('', `/items-${index}`) as PathPattern;
    const known = { parameters: [], name: 'show', bodyLimit: 0, marks: NO_MARKS, kind: 'route' as const };
    const info = { path: pattern.path, ...known };
    return {
      get method() {
        reads.push(pattern.path);
        return 'ALL' as const;
      },
      pattern,
      info: { ...info, method: 'ALL' as const },
      run: () => undefined,
      readsBody: false,
    };
  });
  return {
    table: {
      routes,
      fallback: routes[0]!,
      logger: makeLogger(),
      trace: new RequestTrace(false),
      cleanUps: new CleanUps(makeLogger(), 0),
      background: new BackgroundQueue(),
    },
    reads,
  };
}
