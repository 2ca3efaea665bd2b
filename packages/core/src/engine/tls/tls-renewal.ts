import { stat } from 'node:fs/promises';
import type { Logger } from '../../http/logger';
import { describeFile, readTls, type Tls } from './read-tls';

/** Milliseconds between two looks at the files. A change counts when the next look finds no further one. */
const LOOK_EVERY_MS = 1000;

/** Reads keys and certificates again, when it is asked to and when their files change. */
export class TlsRenewal {
  private timer: NodeJS.Timeout | undefined;
  /** The files as they were when they were read last, and when they were looked at last. */
  private read: string;
  private seen: string;

  /** @param apply makes new connections use other keys and certificates; may throw */
  constructor(
    private tls: Tls,
    private readonly apply: (tls: Tls) => void,
    private readonly logger: Logger,
  ) {
    this.read = this.seen = joinFiles(tls);
  }

  /** Reads all files again. Throws ConfigurationError, as `readTls`; then everything stays as it was. */
  reload(): void {
    const tls = readTls(this.tls.options);
    this.apply(tls);
    this.tls = tls;
    this.read = this.seen = joinFiles(tls);
  }

  /**
   * Looks at the files at intervals: notifications would miss a symbolic link whose target changes, as certbot and
   * Kubernetes renew certificates.
   */
  watch(): void {
    const { options, files } = this.tls;
    if (options.watch === false || files.size === 0) return;
    this.timer = setInterval(() => void this.look(), LOOK_EVERY_MS).unref();
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private async look(): Promise<void> {
    const now = await describeFiles([...this.tls.files.keys()]);
    const isSettled = now === this.seen;
    this.seen = now;
    if (this.timer === undefined || !isSettled || now === this.read) return;
    this.read = now;
    try {
      this.reload();
      this.logger.info('The TLS files have changed, and new connections use them.');
    } catch (error) {
      this.logger.error(error, 'The TLS files have changed and cannot be used, so those before stay in use');
    }
  }
}

async function describeFiles(files: readonly string[]): Promise<string> {
  const parts = files.map((file) => stat(file, { bigint: true }).then(describeFile, () => 'none'));
  return (await Promise.all(parts)).join();
}

function joinFiles({ files }: Tls): string {
  return [...files.values()].join();
}
