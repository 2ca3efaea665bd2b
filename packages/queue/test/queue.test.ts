import { ConfigurationError, createApp, printPlan } from '@sluice/core';
import type { ConfigurationProblem, Provider } from '@sluice/core';
import { Redis } from 'ioredis';
import { Job, jobQueue, Jobs, queue, type JobOptions, type QueueOptions } from '../src';
import { Reports, ReportOrder } from './reports';

/** Nothing connects before the application starts. */
const REDIS = 'redis://user:secret@127.0.0.1:1';

const make = (providers: readonly Provider[], options: Partial<QueueOptions> = {}) =>
  createApp({ providers, services: [queue({ connection: REDIS, ...options })] });

async function findProblems(making: () => unknown): Promise<readonly ConfigurationProblem[]> {
  try {
    await making();
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe('the plan', () => {
  it('has a row for each job that this process does', async () => {
    const app = await make([Reports]);
    expect(printPlan(app.plan).split('\n').slice(-2)).toEqual([
      'JOB  reports  Reports.write  concurrency(2) > attempts(3) > validate(ReportOrder) > write',
      'JOB  clean    Reports.clean  clean',
    ]);
  });

  it('has none of those that it only adds', async () => {
    expect((await make([Reports], { work: false })).plan.work).toBeUndefined();
    expect((await make([Reports], { work: ['clean'] })).plan.work).toMatchObject([{ when: 'clean' }]);
  });

  it('names a schema by its library, a list by its items, and where dead letters go', async () => {
    class Imports {
      @Job('many', { payload: { each: ReportOrder }, deadLetter: 'dead' })
      many(orders: ReportOrder[]) {
        return orders.length;
      }
    }
    const app = await make([Imports]);
    expect(app.plan.work![0]!.steps).toEqual(['deadLetter(dead)', 'validate(ReportOrder[])', 'many']);
  });
});

describe('the service', () => {
  it('shows where Redis is, without the password', () => {
    expect(queue({ connection: REDIS, timeoutMs: 100 }).options).toEqual({
      connection: '127.0.0.1:1',
      work: true,
      prefix: 'bull',
      timeoutMs: 100,
    });
  });

  it('takes the options of ioredis, in an object or in the query of a URL', () => {
    expect(queue({ connection: { path: '/run/redis.sock', db: 2 } }).options).toMatchObject({
      connection: '/run/redis.sock',
    });
    for (const connection of [
      `${REDIS}?db=2&family=6`,
      `${REDIS}/2`,
      { host: '127.0.0.1', port: '1' as never },
    ])
      expect(queue({ connection }).options).toMatchObject({ connection: '127.0.0.1:1' });
  });

  it('provides Jobs, which cannot be made without it', async () => {
    class Adds {
      constructor(readonly jobs: Jobs) {}
    }
    const needsJobs: Provider = { token: 'adds', useFactory: (jobs: Jobs) => new Adds(jobs), inject: [Jobs] };
    expect((await make([needsJobs])).get<Adds>('adds').jobs).toBeInstanceOf(Jobs);
    expect(await findProblems(() => createApp({ providers: [needsJobs] }))).toMatchObject([
      { code: 'DEPENDENCY_FAILED', place: 'Jobs', fault: expect.stringContaining('Add queue({ … })') },
    ]);
  });

  it('is missed by a method with @Job', async () => {
    expect(await findProblems(() => createApp({ providers: [Reports] }))).toMatchObject([
      { code: 'WORK_WITHOUT_SERVICE', place: 'Reports.write' },
      { code: 'WORK_WITHOUT_SERVICE', place: 'Reports.clean' },
    ]);
  });
});

describe('mistakes at start-up', () => {
  it('two methods do one job', async () => {
    class Again {
      @Job('reports') write(order: ReportOrder) {
        return order;
      }
    }
    expect(await findProblems(() => make([Reports, Again]))).toMatchObject([
      {
        code: 'OPTION_INVALID',
        place: 'Again.write',
        fault: 'The job "reports" is that of Reports.write too, so each of them would get some of it.',
      },
    ]);
  });

  it('work names a job that nothing does', async () => {
    expect(await findProblems(() => make([Reports], { work: ['report', 'clean'] }))).toMatchObject([
      {
        code: 'OPTION_INVALID',
        place: 'queue()',
        fault: 'work names "report", which no method with @Job does.',
      },
    ]);
  });

  it('nothing would check a payload, and nothing says so', async () => {
    interface Order {
      readonly text: string;
    }
    class Lost {
      @Job('order') order(order: Order) {
        return order;
      }
      @Job('orders') orders(orders: ReportOrder[]) {
        return orders;
      }
      @Job('unchecked', { validate: false }) unchecked(order: Order) {
        return order;
      }
    }
    const problems = await findProblems(() => make([Lost]));
    expect(problems.map(({ code, place }) => `${code} ${place}`)).toEqual([
      'PARAMETER_TYPE_LOST Lost.order',
      'PARAMETER_TYPE_LOST Lost.orders',
    ]);
    expect(problems[0]!.fault).toContain('The compiler emitted Object as the type of the payload');
  });

  it('the class of a payload has no rules', async () => {
    class Empty {
      text!: string;
    }
    class Ruleless {
      @Job('empty') run(payload: Empty) {
        return payload;
      }
    }
    expect(await findProblems(() => make([Ruleless]))).toMatchObject([
      {
        code: 'DTO_WITHOUT_RULES',
        place: 'Ruleless.run',
        fault: 'The payload class Empty has no class-validator rules.',
      },
    ]);
  });

  it.each<[string, () => unknown, string]>([
    ['no connection', () => queue({} as QueueOptions), 'connection is required.'],
    ['a connection that is not a URL', () => queue({ connection: 'localhost' }), 'connection must be a URL'],
    [
      'a client in place of its options',
      () => queue({ connection: new Redis({ lazyConnect: true }) as never }),
      'or the options of ioredis',
    ],
    [
      'a URL that is an object',
      () => queue({ connection: new URL(REDIS) as never }),
      'connection must be a URL, such as',
    ],
    [
      'a URL that cannot be parsed',
      () => queue({ connection: 'redis://a:99999' }),
      'connection must be a URL',
    ],
    [
      'a port that is not a number',
      () => queue({ connection: { port: NaN } }),
      'port must be a whole number from 1 to 65535',
    ],
    ['an empty host', () => queue({ connection: { host: '' } }), 'host must be text'],
    [
      'a database that is not a number',
      () => queue({ connection: `${REDIS}/reports` }),
      'db must be a whole number',
    ],
    [
      'an option of the connection that ioredis does not know',
      () => queue({ connection: { hots: 'redis.internal' } as never }),
      'There is no option "hots"',
    ],
    ['one in its URL', () => queue({ connection: `${REDIS}?databse=2` }), 'There is no option "databse"'],
    [
      'one that the queue sets',
      () => queue({ connection: { retryStrategy: () => 1 } as never }),
      'retryStrategy is set by the queue',
    ],
    [
      'an unknown option',
      () => queue({ connection: REDIS, works: true } as QueueOptions),
      'no option "works"',
    ],
    [
      'an empty list',
      () => queue({ connection: REDIS, work: [] }),
      'work must be true, false or a list of names',
    ],
    ['a prefix with a colon', () => queue({ connection: REDIS, prefix: 'a:b' }), 'prefix must be a text'],
    [
      'an option of work on jobQueue',
      () => jobQueue('a', { payload: ReportOrder, concurrency: 2 } as never),
      'no option "concurrency"',
    ],
    ['a jobQueue without a payload', () => jobQueue('a', {}), 'payload is required'],
  ])('%s', async (_, making, fault) => {
    expect((await findProblems(making)).map((problem) => problem.fault).join()).toContain(fault);
  });

  const faulty: readonly [string, ReturnType<typeof Job>, string][] = [
    ['an unknown option', Job('a', { tries: 3 } as JobOptions), 'There is no option "tries"'],
    ['a name with a colon', Job('a:b'), '"a:b" is not a name of a job: it must have'],
    ['no name', Job(undefined as never), 'A value of type undefined is not a name of a job'],
    ['no attempt', Job('a', { attempts: 0 }), 'attempts must be a whole number from 1 to 1000'],
    [
      'a backoff without a type',
      Job('a', { backoff: { delayMs: 1 } as never }),
      'backoff has type, which must be',
    ],
    [
      'an unknown backoff option',
      Job('a', { backoff: { type: 'fixed', delay: 1 } as never }),
      'backoff must be an object',
    ],
    [
      'a payload that is unchecked',
      Job('a', { payload: ReportOrder, validate: false }),
      'validate cannot be false',
    ],
    ['a payload that is not a class', Job('a', { payload: 'order' as never }), 'payload must be a class'],
    ['a dead letter to itself', Job('a', { deadLetter: 'a' }), 'deadLetter must be another job'],
    ['options that are not an object', Job('a', null as never), 'The options must be an object'],
    [
      'an option of the queue beside its token',
      Job(jobQueue('a', { validate: false }), { attempts: 2 } as never),
      'There is no option "attempts"',
    ],
  ];

  it.each(faulty)('@Job has %s', async (_, decorate, fault) => {
    class Faulty {
      @decorate run(_order: ReportOrder) {}
    }
    expect(await findProblems(() => make([Faulty]))).toMatchObject([
      {
        code: expect.stringMatching(/^OPTION_/),
        place: 'Faulty.run, @Job()',
        fault: expect.stringContaining(fault),
      },
    ]);
    const jobs = (await make([], { work: false })).get(Jobs);
    await expect(jobs.add(Faulty, 'run', { text: 'a' })).rejects.toThrow(fault);
  });

  it('dead letters in a circle', async () => {
    class Rounds {
      @Job('a', { deadLetter: 'b', validate: false }) first() {}
      @Job('b', { deadLetter: 'c', validate: false }) second() {}
      @Job('c', { deadLetter: 'b', validate: false }) third() {}
      @Job('d', { deadLetter: 'elsewhere', validate: false }) fourth() {}
    }
    expect(await findProblems(() => make([Rounds]))).toEqual([
      {
        code: 'OPTION_INVALID',
        place: 'Rounds.second',
        fault: 'deadLetter leads back to the same job: b > c > b.',
        cure: 'Change deadLetter, or leave it out.',
      },
      expect.objectContaining({ fault: 'deadLetter leads back to the same job: c > b > c.' }),
    ]);
  });

  it('a method that does several jobs does not say which one to add', async () => {
    const one = jobQueue('one', { validate: false });
    class Several {
      @Job(one)
      @Job('two', { validate: false })
      run() {}
    }
    const app = await make([Several]);
    expect(app.plan.work!.map(({ when }) => when)).toEqual(['two', 'one']);
    await expect(app.get(Jobs).add(Several, 'run', undefined)).rejects.toThrow(
      /The method has @Job several times, so it does not say which job is meant\.\s+Name one with jobQueue/,
    );
  });

  it.each<[string, unknown, string]>([
    ['a time that is not a Date', { at: '2027-01-01' }, 'at must be a Date'],
    ['a time that is invalid', { at: new Date(NaN) }, 'must be a time of the next ten years'],
    ['a delay that is not a number', { delayMs: '5' }, 'must be a time of the next ten years'],
    ['an unknown name', { delay: 5 }, 'There is no option "delay"'],
    ['no object', 5, 'The options of add must be an object'],
    ['null', null, 'The options of add must be an object'],
  ])('add has options with %s', async (_, options, fault) => {
    const jobs = (await make([Reports], { work: false })).get(Jobs);
    const added = jobs.add(Reports, 'write', { text: 'a' }, options as never);
    await expect(added).rejects.toThrow(RangeError);
    await expect(added).rejects.toThrow(fault);
  });

  it('@Job has no parentheses', () => {
    expect(() => {
      class Faulty {
        @(Job as unknown as MethodDecorator) run() {}
      }
      return Faulty;
    }).toThrow('@Job has no parentheses, so it would replace the method.');
  });

  it('are reported together, with those of everything else', async () => {
    class Faulty {
      @Job('a', { attempts: 0, lockMs: 1 }) first(_order: { readonly text: string }) {}
      @Job('b', { tries: 3 } as JobOptions) second() {}
    }
    const problems = await findProblems(() => make([Faulty], { work: ['c'] }));
    expect(problems.map(({ code, place, fault }) => `${code} ${place} ${fault.split(' ')[0]}`)).toEqual([
      'OPTION_INVALID Faulty.first, @Job() attempts',
      'OPTION_INVALID Faulty.first, @Job() lockMs',
      'PARAMETER_TYPE_LOST Faulty.first The',
      'OPTION_UNKNOWN Faulty.second, @Job() There',
      'OPTION_INVALID queue() work',
    ]);
  });

  it('BullMQ is not installed', () => {
    jest.resetModules();
    jest.doMock('bullmq', () => {
      throw new Error("Cannot find module 'bullmq'");
    });
    const fresh = jest.requireActual<typeof import('../src')>('../src');
    expect(() => fresh.queue({ connection: REDIS })).toThrow(
      /Cannot find module 'bullmq'\s+Run: npm install bullmq ioredis/,
    );
    jest.dontMock('bullmq');
  });
});
