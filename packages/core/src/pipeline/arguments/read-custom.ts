import type { Context } from '../../http/context';
import { isPromise, type MaybePromise } from '../../http/maybe-promise';
import type { CustomRead, Use } from '../../http/custom-parameter';
import type { Overrides } from '../../plan/override';
import { takeValue } from './take-value';
import { findRead, Resolution } from './resolution';
import type { ArgumentPlan } from '../../plan/arguments';

/** Puts the custom arguments between the values of the others. */
export type FillCustom = (context: Context, values: unknown[]) => MaybePromise<unknown[]>;

/** Makes the function that reads the custom parameters of a handler, one after another. It waits only for promises. */
export function makeCustomArguments(plans: readonly ArgumentPlan[], overrides: Overrides): FillCustom {
  const customs = plans.flatMap(({ read }, index) => (read === undefined ? [] : [{ index, read }]));
  const [lone] = customs;
  if (lone !== undefined && customs.length === 1) return fillOne(lone.index, lone.read, overrides);
  return (context, values) => {
    const resolution = new Resolution(context, overrides);
    const fillFrom = (from: number): MaybePromise<unknown[]> => {
      for (let at = from; at < customs.length; at++) {
        const { index, read: asked } = customs[at]!;
        const value = resolution.resolve(asked.parameter, asked.data);
        if (isPromise(value)) {
          return value.then((read) => {
            values[index] = read;
            return fillFrom(at + 1);
          });
        }
        values[index] = value;
      }
      return values;
    };
    return fillFrom(0);
  };
}

/** Reads the only custom parameter of a route, without a record of what was read unless it uses others. */
function fillOne(index: number, { parameter, data }: CustomRead, overrides: Overrides): FillCustom {
  const read = findRead(parameter, overrides);
  return (context, values) => {
    let resolution: Resolution | undefined;
    const use: Use = (asked, ...[askedData]) =>
      (resolution ??= new Resolution(context, overrides)).resolve(asked, askedData) as never;
    const put = (value: unknown): unknown[] => {
      values[index] = value;
      return values;
    };
    const value = takeValue(context, read(context, use, data as never));
    return isPromise(value) ? value.then(put) : put(value);
  };
}
