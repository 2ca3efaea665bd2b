import type { App, InjectedResponse, InjectRequest } from '@sluice/core';

/** A client that keeps cookies by name. It ignores path and domain, which these tests do not need. */
export class Browser {
  readonly cookies = new Map<string, string>();

  constructor(readonly app: App) {}

  async send(method: string, url: string, request: Omit<InjectRequest, 'url' | 'method'> = {}) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(cookie !== '' && { cookie }), ...request.headers };
    const response = await this.app.inject({ method, url, ...request, headers });
    this.keep(response);
    return response;
  }

  get(url: string): Promise<InjectedResponse> {
    return this.send('GET', url);
  }

  post(url: string, body?: unknown): Promise<InjectedResponse> {
    return this.send('POST', url, body === undefined ? {} : { body });
  }

  keep(response: InjectedResponse): void {
    for (const line of response.headerLines('set-cookie')) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      if (/; *max-age=0/i.test(line)) this.cookies.delete(name!);
      else this.cookies.set(name!, value!);
    }
  }
}
