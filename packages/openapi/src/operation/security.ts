import type { SecurityScheme, StepDescription } from '@sluice/core';
import type { SecurityRequirement } from '../document';

type Ways = NonNullable<StepDescription['security']>;

/** Collects the security schemes of a document. */
export class SecuritySchemes {
  private readonly names = new Map<string, string>();
  readonly schemes: Record<string, SecurityScheme> = {};

  /** Lists the credentials that are enough for all of the steps: one way of each. */
  require(steps: readonly StepDescription[]): readonly SecurityRequirement[] | undefined {
    const asked = steps.flatMap(({ security }) => (security === undefined ? [] : [this.nameWays(security)]));
    if (asked.length === 0) return undefined;
    return asked.reduce((ways, more) => ways.flatMap((way) => more.map((one) => join(way, one))));
  }

  private nameWays(ways: Ways): SecurityRequirement[] {
    return ways.map((way) =>
      Object.fromEntries(
        Object.entries(way).map(([name, { scheme, scopes = [] }]) => [this.nameScheme(name, scheme), scopes]),
      ),
    );
  }

  /** Two schemes of one name that differ get two names: `apiKey` and `apiKey2`. */
  private nameScheme(given: string, scheme: SecurityScheme): string {
    const wanted = given.replace(/[^A-Za-z0-9._-]/gu, '_');
    const key = `${wanted} ${JSON.stringify(scheme)}`;
    const known = this.names.get(key);
    if (known !== undefined) return known;
    let name = wanted;
    for (let count = 2; name in this.schemes; count++) name = `${wanted}${count}`;
    this.names.set(key, name);
    this.schemes[name] = scheme;
    return name;
  }
}

/** Two steps may ask for one scheme: then it needs the scopes of both. */
function join(one: SecurityRequirement, other: SecurityRequirement): SecurityRequirement {
  const shared = Object.keys(one).filter((name) => name in other);
  const scopes = shared.map((name) => [name, [...new Set([...one[name]!, ...other[name]!])]] as const);
  return { ...one, ...other, ...Object.fromEntries(scopes) };
}
