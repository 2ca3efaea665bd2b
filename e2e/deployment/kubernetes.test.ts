import { createRequire } from 'node:module';
import { blocksOfTheGuide, PROGRAM } from './deployment-guide';

// It brings no types.
const { loadAll } = createRequire(__filename)('js-yaml') as { loadAll(text: string): unknown[] };

interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
}

interface Deployment {
  readonly spec: {
    readonly selector: { readonly matchLabels: object };
    readonly template: {
      readonly metadata: { readonly labels: object };
      readonly spec: {
        readonly terminationGracePeriodSeconds: number;
        readonly securityContext: object;
        readonly containers: readonly [Container];
      };
    };
  };
}

interface Container {
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly resources: { readonly limits: { readonly memory: string } };
  readonly startupProbe: Probe;
  readonly readinessProbe: Probe;
  readonly livenessProbe: Probe;
  readonly lifecycle: {
    readonly preStop: { readonly exec: { readonly command: readonly [string, string] } };
  };
}

/** `app.close` waits so long for requests, and again for the stop functions. */
const DEADLINE_S = 10;

describe('The manifests of docs/deployment.md', () => {
  const [yaml] = blocksOfTheGuide('yaml') as [string];
  const [deployment, service] = loadAll(yaml) as [
    Deployment,
    { spec: { selector: object; ports: { targetPort: string }[] } },
  ];
  const pod = deployment.spec.template.spec;
  const [container] = pod.containers;

  it('leave the application the time that it takes to stop', () => {
    const [program, seconds] = container.lifecycle.preStop.exec.command;
    expect(program).toBe('sleep');
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(Number(seconds) + 2 * DEADLINE_S);
  });

  it('ask a path that the program has, on the port of the image', () => {
    const [port] = container.ports;
    expect(blocksOfTheGuide('dockerfile')[0]).toContain(`EXPOSE ${port!.containerPort}`);
    for (const { httpGet } of [container.startupProbe, container.readinessProbe, container.livenessProbe]) {
      expect(httpGet.port).toBe(port!.name);
      expect(PROGRAM).toContain(`path: '${httpGet.path}'`);
    }
    expect(service.spec.ports[0]!.targetPort).toBe(port!.name);
  });

  it('select their pods', () => {
    expect(deployment.spec.selector.matchLabels).toEqual(deployment.spec.template.metadata.labels);
    expect(service.spec.selector).toEqual(deployment.spec.template.metadata.labels);
  });

  it('run as the account `node` of the images, and leave a quarter of the memory outside of the heap', () => {
    expect(pod.securityContext).toEqual({ runAsNonRoot: true, runAsUser: 1000 });
    const heap = /=(\d+)$/.exec(container.env.find(({ name }) => name === 'NODE_OPTIONS')!.value)![1];
    expect(Number(heap)).toBe(Number.parseInt(container.resources.limits.memory) * 0.75);
  });
});
