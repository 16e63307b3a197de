import type { Recommended } from './scoring.ts';
import type { Verdict } from './transitions.ts';

/**
 * What an override goes against, as the end of a sentence; empty where there is none. Conditions put on what
 * was recommended without any are an override too, though nobody would say that they go against it.
 */
export function overrideWords(
  overrides: readonly string[],
  { verdict, recommended = null }: { verdict: Verdict; recommended?: Recommended | null },
): string {
  const stricter = verdict === 'CONDITIONAL_GO' && recommended === 'GO';
  const isAgainst = (override: string) => !(stricter && override === 'recommendation');
  const against = overrides.filter(isAgainst);
  const parts = [
    against.length > 0 ? `against the ${against.join(' and the ')}` : null,
    against.length < overrides.length ? 'stricter than recommended' : null,
  ];
  return parts.filter((part) => part !== null).join(', ');
}
