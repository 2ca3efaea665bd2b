/**
 * Switches a fix of core off, through its internals, to see that the endurance program notices. Call it before the
 * application is made.
 */
import { BodilessAnswers } from '../../packages/core/src/engine/uws/bodiless-answers';
import { Brake } from '../../packages/core/src/engine/body/brake';
import type { Upload } from '../../packages/core/src/engine/body/upload';
import * as largeAnswers from '../../packages/core/src/engine/uws/write-large';
import { ByteBlocks } from '../../packages/core/src/http/body/byte-blocks';

const FIXES = {
  /** The engine buffers answers that the client does not read. */
  'answers wait for their client'() {
    const writers: typeof largeAnswers = {
      writeLarge(exchange, bytes) {
        exchange.isFinished = true;
        exchange.res.end(bytes);
        return undefined;
      },
      writeHeadInTurn(exchange, length) {
        exchange.isFinished = true;
        exchange.res.writeHeader('Content-Length', String(length)).endWithoutBody();
        return undefined;
      },
    };
    Object.assign(largeAnswers, writers);
    BodilessAnswers.prototype.mustWait = () => false;
  },

  /** Each chunk of the client is an array of its own. */
  'small chunks are gathered'() {
    interface Parts {
      byteLength: number;
      whole: Uint8Array[];
    }
    const push = function (this: Parts, chunk: Uint8Array): void {
      if (chunk.byteLength === 0) return;
      this.byteLength += chunk.byteLength;
      this.whole.push(new Uint8Array(chunk));
    };
    Object.assign(ByteBlocks.prototype, { push });
  },

  /** The engine does not notice that the client of a paused upload has gone. */
  'a paused upload is read again'() {
    interface Parts {
      upload: Upload;
    }
    const hold = function (this: Parts): void {
      this.upload.pause();
    };
    const release = function (this: Parts): void {
      this.upload.resume();
    };
    Object.assign(Brake.prototype, { hold, release });
  },
};

export type Fix = keyof typeof FIXES;

export function takeBack(fix: string): void {
  if (!Object.hasOwn(FIXES, fix)) throw new Error(`There is no fix of the name ${JSON.stringify(fix)}.`);
  FIXES[fix as Fix]();
}
