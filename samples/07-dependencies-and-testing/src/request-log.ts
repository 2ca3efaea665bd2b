import { Context, Injectable } from '@sluice/core';

/** What is told of one request. It depends on the context, so every request has its own. */
@Injectable()
export class RequestLog {
  private readonly steps: string[] = [];

  constructor(private readonly context: Context) {}

  /** Notes a step; the response tells them all. */
  add(step: string) {
    this.steps.push(step);
    this.context.response.headers.set('X-Steps', this.steps.join(', '));
  }
}
