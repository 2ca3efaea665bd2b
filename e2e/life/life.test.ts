import { ServerProcess } from '../sockets/server-process';

describe('An application with things to start and to stop', () => {
  it('has them started when it listens, and stopped by SIGTERM after its last request, in reverse', async () => {
    await using server = await ServerProcess.start('life');
    const response = await fetch(`http://127.0.0.1:${server.port}/`);
    expect(await response.json()).toEqual(['database up', 'worker up']);
    server.signal('SIGTERM');
    expect(await server.waitForEnd()).toBe(0);
    expect(server.log.trim().split('\n')).toEqual(['worker down', 'database down', 'pool disposed']);
  });

  it('does not listen where one of them fails, and stops what had started', async () => {
    const starting = ServerProcess.start('life', { FAIL: 'yes' });
    await expect(starting).rejects.toThrow(/database down\n[^]*START_FAILED {2}Worker\.start\n[^]*no queue/);
  });

  it('has them stopped again where its port is taken, and the process ends of itself', async () => {
    await using first = await ServerProcess.start('life');
    const second = await ServerProcess.start('life', { LISTEN_ON: String(first.port) }).catch(String);
    expect(second).toMatch(
      /^Error: It ended \(1\)[^]*worker down\ndatabase down\npool disposed\n[^]*PORT_IN_USE/,
    );
    expect((await fetch(`http://127.0.0.1:${first.port}/`)).status).toBe(200);
  });
});

describe('Two applications of one process', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('are closed by %s before it ends', async (name) => {
    await using server = await ServerProcess.start('two');
    server.signal(name);
    expect(await server.waitForEnd()).toBe(0);
    expect(server.log.trim().split('\n').sort()).toEqual(['operators closed', 'public closed']);
  });
});
