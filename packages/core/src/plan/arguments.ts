import type { Class } from '../http/class';
import type { StepDescription } from '../http/description/step-description';
import type { CustomRead } from '../http/custom-parameter';
import type { Brackets } from '../http/query/brackets';
import type { ParameterRecord } from '../metadata/records';
import type { StandardSchema } from '../validation/standard-schema';
import type { TextCoercion, TextProperty } from '../validation/text-types';
import type { ValidationOptions } from '../validation/validation-target';

/** How one text of the request becomes an argument. */
export interface TextArgument extends TextCoercion {
  /** A request that lacks the text is refused. */
  readonly required?: true;
  /** Used where the request lacks the text. It is a text too, so that it passes through the same conversion. */
  readonly default?: string | readonly string[];
  /** A list is also read from its name with brackets. */
  readonly brackets?: true;
}

/** A whole part of the request, such as all of its query, as one argument. */
export interface PartPlan {
  readonly type: Class | StandardSchema;
  readonly options: ValidationOptions;
  /** The properties of a class. For a schema only the names that other parameters take, if it would refuse them. */
  readonly properties: readonly TextProperty[] | undefined;
  /** The lists of a query that are also read from names with brackets. */
  readonly brackets?: Brackets;
}

/** The source of one argument of a handler. */
export interface ArgumentPlan extends TextArgument {
  readonly kind: ParameterRecord['kind'];
  readonly name: string;
  /** The index of a `param` among the path's parameters without `*`, or of a `host` among the host's labels, counted from the last; -1 for all others. */
  readonly position: number;
  /** Set where the decorator has no name: the argument is the whole part. */
  readonly whole?: PartPlan;
  readonly read?: CustomRead;
  /** The middleware that a `custom` parameter needs. */
  readonly needs?: string;
  /** The statuses and headers that a `custom` parameter adds. */
  readonly describes?: StepDescription;
}

/** The context as an argument. */
export const CONTEXT_ARGUMENT: ArgumentPlan = {
  kind: 'context',
  name: 'context',
  coercion: 'text',
  position: -1,
};
