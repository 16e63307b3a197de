import { describe, expect, it } from 'vitest';
import { isRepeat, type RecordedAct } from './repeat.ts';

const form = {
  intent: 'recommend',
  revision: 4,
  assessmentId: '9',
  verdict: 'GO',
  rationale: 'Worth the effort.',
} as const;
const last: RecordedAct = {
  kind: 'opportunity.recommended',
  actorId: 'me',
  revision: 5,
  data: { from: 'SUBMITTED', to: 'RECOMMENDED', verdict: 'GO', rationale: 'Worth the effort.' },
};

describe('a form that comes twice', () => {
  it('is known by who sent it, the revision it was made on and what it says', () => {
    expect(isRepeat(form, 'me', last)).toBe(true);
  });

  it.each<[string, Partial<RecordedAct>]>([
    ['somebody else did it', { actorId: 'you' }],
    ['something else was done', { kind: 'opportunity.returned' }],
    ['more was done since', { revision: 6 }],
    ['it says something else', { data: { ...last.data, verdict: 'NO_GO' } }],
  ])('is none where %s', (_why, change) => {
    expect(isRepeat(form, 'me', { ...last, ...change })).toBe(false);
  });

  it('of a decision says the same conditions too, in whatever order their parts are kept', () => {
    const conditions = [{ condition: 'Terms signed', due: '2099-01-31' }];
    const decision = {
      ...({ intent: 'decide', revision: 4, assessmentId: '9', verdict: 'CONDITIONAL_GO' } as const),
      reason: '',
      conditions,
    };
    const kept = [{ due: '2099-01-31', condition: 'Terms signed' }];
    const done = {
      ...last,
      kind: 'opportunity.decided',
      data: { verdict: 'CONDITIONAL_GO', reason: '', conditions: kept },
    };
    expect(isRepeat(decision, 'me', done)).toBe(true);
    const other = [{ condition: 'Another', due: '2099-01-31' }];
    expect(isRepeat({ ...decision, conditions: other }, 'me', done)).toBe(false);
  });
});
