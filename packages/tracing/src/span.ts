import { contextKey, createParameterDecorator, type ContextKey } from '@sluice/core';
import type { TraceSpan } from './trace-span';

/** The span of the request: `context.get(SPAN)`. Undefined where none was started, as without an SDK. */
export const SPAN: ContextKey<TraceSpan> = contextKey<TraceSpan>('span');

/**
 * The span of the request, as a parameter of a handler; undefined where none was started.
 *
 * @example show(@CurrentSpan() span: Span | undefined) { span?.setAttribute('note.kind', 'draft'); }
 */
export const CurrentSpan = createParameterDecorator('CurrentSpan', (context) => context.get(SPAN));
