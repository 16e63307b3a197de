import { stepUpActs, type StepUpAct, type StepUpNeed } from './step-up.ts';

/** What a page says of an act before anybody tries it, or after it was refused. */
export interface StepUp {
  act: StepUpAct;
  needs: StepUpNeed;
  minutes: number;
  /** Where to get what is needed; a path of this site. */
  href: string;
  /** Where a second factor that is set up already can be entered; likewise. */
  factorHref: string;
}

/** Reads the data of the 403 that asks for a stronger or fresher sign-in. */
export function stepUpOf(data: Partial<Record<keyof StepUp, unknown>>): StepUp {
  const path = (value: unknown) =>
    typeof value === 'string' && /^\/(?!\/)/.test(value) ? value : '/settings';
  return {
    act: stepUpActs.find((act) => act === data.act) ?? 'decide',
    needs: data.needs === 'fresh-sign-in' ? 'fresh-sign-in' : 'second-factor',
    minutes: typeof data.minutes === 'number' ? data.minutes : 15,
    href: path(data.href),
    factorHref: path(data.factorHref),
  };
}
