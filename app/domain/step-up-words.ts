import type { StepUpAct, StepUpNeed } from './step-up.ts';

const acts: Record<StepUpAct, { name: string; why: string }> = {
  'grant-manager': {
    name: 'Making or unmaking a manager, or the stand-in of one,',
    why: 'because managers settle who may do what',
  },
  decide: { name: 'Deciding here', why: 'because the amount is large, or not known' },
  scorecards: {
    name: 'Changing scorecards',
    why: 'because every opportunity is scored by them',
  },
};

const titles: Record<StepUpNeed, string> = {
  'second-factor': 'Second factor needed',
  'fresh-sign-in': 'Fresh sign-in needed',
};

export interface StepUpWords {
  title: string;
  /** What is asked for, and why. */
  what: string;
  /** What to do about it, on the button that does it. */
  button: string;
}

/** What is asked before an act, why, and what to do, in words for a person. */
export function stepUpWords(act: StepUpAct, needs: StepUpNeed, minutes: number): StepUpWords {
  const { name, why } = acts[act];
  const what =
    needs === 'second-factor'
      ? `${name} takes more than a password, ${why}: it takes a second factor, such as an authenticator app, and you have none yet.`
      : `${name} takes a second factor passed in the last ${span(minutes)}, ${why}. Yours was longer ago.`;
  const button = needs === 'second-factor' ? 'Set up a second factor' : 'Confirm that it is you';
  return { title: titles[needs], what, button };
}

function span(minutes: number): string {
  if (minutes === 1) return 'minute';
  if (minutes < 120 || minutes % 60) return `${minutes} minutes`;
  return `${minutes / 60} hours`;
}
