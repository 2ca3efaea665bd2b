import { Context, Injectable } from '@sluice/core';

/** The steps of one request. It depends on the context, so every request has its own instance. */
@Injectable()
export class RequestLog {
  private readonly steps: string[] = [];

  constructor(private readonly context: Context) {}

  /** Adds a step to the header X-Steps of the response. */
  add(step: string) {
    this.steps.push(step);
    this.context.response.headers.set('X-Steps', this.steps.join(', '));
  }
}
