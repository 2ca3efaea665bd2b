import { existsSync, readFileSync } from 'node:fs';
import type { Finding } from '../finding';

/** The parts of the machine that matter. */
export interface Machine {
  readonly node: string;
  readonly platform: string;
  readonly arch: string;
  /** Undefined with musl, and on other systems than Linux. */
  readonly glibc: string | undefined;
  /** How many files a process may open; undefined where it is not known. */
  readonly openFiles: number | undefined;
  /** `net.ipv4.tcp_migrate_req`; undefined where it does not exist. */
  readonly tcpMigrateReq: string | undefined;
}

const MIGRATION_FILE = '/proc/sys/net/ipv4/tcp_migrate_req';
const FEW_FILES = 4096;

interface Report {
  readonly header: { readonly glibcVersionRuntime?: string };
  readonly userLimits?: { readonly open_files?: { readonly hard: number | string } };
}

export function readMachine(): Machine {
  const { header, userLimits } = process.report.getReport() as Report;
  const hard = userLimits?.open_files?.hard;
  return {
    node: process.versions.node,
    platform: process.platform,
    arch: process.arch,
    glibc: header.glibcVersionRuntime,
    openFiles: typeof hard === 'number' ? hard : undefined,
    tcpMigrateReq: existsSync(MIGRATION_FILE) ? readFileSync(MIGRATION_FILE, 'utf8').trim() : undefined,
  };
}

/** Pure. */
export function checkMachine(machine: Machine): Finding[] {
  const { platform, arch, glibc, openFiles, tcpMigrateReq } = machine;
  const library = platform === 'linux' ? (glibc === undefined ? 'musl' : `glibc ${glibc}`) : '';
  const findings: Finding[] = [
    checkNode(machine.node),
    { code: 'PLATFORM', level: 'fine', text: `${platform} ${arch} ${library}`.trim() },
  ];
  if (openFiles !== undefined) findings.push(checkOpenFiles(openFiles));
  if (tcpMigrateReq === '0')
    findings.push({
      code: 'TCP_MIGRATE_REQ',
      level: 'hint',
      text: 'net.ipv4.tcp_migrate_req is 0: when one of several workers is replaced, the connections that it has not accepted are lost.',
      cure: 'With several workers: sysctl -w net.ipv4.tcp_migrate_req=1 (docs/workers.md).',
    });
  return findings;
}

function checkNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const text = `Node ${version}`;
  if (major > 20 || (major === 20 && minor >= 19)) return { code: 'NODE', level: 'fine', text };
  return { code: 'NODE', level: 'fault', text: `${text} is too old.`, cure: 'Use Node 20.19 or newer.' };
}

function checkOpenFiles(count: number): Finding {
  const text = `A process may open ${count} files, and each connection is one.`;
  if (count >= FEW_FILES) return { code: 'OPEN_FILES', level: 'fine', text };
  return {
    code: 'OPEN_FILES',
    level: 'warning',
    text,
    cure: 'Raise the hard limit: LimitNOFILE=65536 of systemd, --ulimit nofile=65536 of Docker (docs/deployment.md).',
  };
}
