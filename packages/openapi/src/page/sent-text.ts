import { createHash } from 'node:crypto';
import { Reply, type Context } from '@sluice/core';
import { answerIfChanged } from '@sluice/core/kit';

export const HTML_TYPE = 'text/html; charset=utf-8';
export const SCRIPT_TYPE = 'text/javascript; charset=utf-8';
export const STYLE_TYPE = 'text/css; charset=utf-8';

/** A text that a client may keep, but asks about before it uses it again. */
export class SentText {
  private readonly content: Uint8Array;
  private readonly headers: Readonly<Record<string, string>> & { readonly ETag: string };

  constructor(
    text: string,
    private readonly type: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    this.content = Buffer.from(text);
    // The headers change what the page may do, so they are a part of its state.
    const digest = createHash('sha256').update(text).update(JSON.stringify(headers)).digest('base64url');
    this.headers = {
      ...headers,
      ETag: `"${digest.slice(0, 27)}"`,
      'Cache-Control': 'no-cache',
      'X-Content-Type-Options': 'nosniff',
    };
  }

  answer({ request }: Context): Reply {
    return answerIfChanged(
      request,
      this.headers,
      () => new Reply(this.content, this.type, undefined, this.headers),
    );
  }
}
