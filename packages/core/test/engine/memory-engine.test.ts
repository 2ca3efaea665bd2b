import { describeAsyncContext } from './async-context-contract';
import { describeBackground } from './background-contract';
import { describeBytes } from './byte-contract';
import { describeEngine } from './engine-contract';
import { describeRequestEnds } from './request-end-contract';
import { describeStreams } from './stream-contract';
import type { Harness } from './harness';

const harness: Harness = {
  refusesRawTargets: false,
  async open(app) {
    return {
      async send(request) {
        const response = await app.inject({ ...request, url: Buffer.from(request.url, 'latin1') });
        const lines = response.lines.filter(([name]) => name.toLowerCase() !== 'connection');
        return { status: response.status, lines, body: response.body };
      },
      close: () => app.close(),
    };
  },
};

describeEngine('The engine in memory', harness);
describeStreams('the engine in memory', harness);
describeRequestEnds('the engine in memory', harness);
describeBackground('the engine in memory', harness);
describeBytes('the engine in memory', harness);
describeAsyncContext('the engine in memory', harness);
