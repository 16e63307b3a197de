import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { auditEvents, auditKinds, type AuditKind } from './audit.ts';
import { auditKindNames } from './audit-words.ts';
import { eventWords, moveOf } from './event-words.ts';

/** Some data that fits a kind of event, made from its schema, so that a new kind is tested by itself. */
function sample(kind: AuditKind): Record<string, unknown> {
  const shape: Record<string, z.ZodType> = auditEvents[kind].shape;
  return Object.fromEntries(Object.entries(shape).map(([name, type]) => [name, fit(name, type)]));
}

function fit(name: string, type: z.ZodType): unknown {
  const candidates = [
    `a ${name}`,
    7,
    true,
    'MANAGER',
    'FULL',
    'SUBMITTED',
    [`a ${name}`],
    [],
    null,
  ];
  return candidates.find((candidate) => type.safeParse(candidate).success);
}

describe('an audit event in words', () => {
  it.each(auditKinds)('says what %s means, with no code in it', (kind) => {
    const data = sample(kind);
    expect(auditEvents[kind].safeParse(data).success).toBe(true);
    const { text } = eventWords(kind, data);
    expect(text).toMatch(/^[a-z]/);
    expect(text).not.toMatch(/undefined|null|NaN|\[object|_/);
    expect(text).not.toBe(auditKindNames[kind].toLowerCase());
  });

  it.each([
    [
      'opportunity.decided',
      {
        from: 'RECOMMENDED',
        to: 'GO',
        version: 2,
        verdict: 'GO',
        fastTrack: false,
        overrides: ['knock-out', 'recommendation'],
        conditions: [],
        decisionId: '1',
        memo: 'a hash',
        reason: 'Legal can be mended.',
      },
      'decided GO on version 2, against the knock-out and the recommendation',
      'Legal can be mended.',
    ],
    [
      'opportunity.submitted',
      {
        from: 'IN_ASSESSMENT',
        to: 'SUBMITTED',
        version: 1,
        score: 705,
        band: 'Pursue',
        knockOuts: [],
      },
      'submitted version 1: 70.5 %, Pursue',
      null,
    ],
    [
      'opportunity.submitted',
      {
        from: 'IN_ASSESSMENT',
        to: 'SUBMITTED',
        version: 1,
        score: 705,
        band: 'Pursue',
        knockOuts: ['LEGAL', 'OLD'],
      },
      'submitted version 1: 70.5 %, Pursue, knocked out by Legal readiness and OLD',
      null,
    ],
    [
      'opportunity.recommended',
      {
        from: 'SUBMITTED',
        to: 'RECOMMENDED',
        version: 1,
        verdict: 'CONDITIONAL',
        rationale: 'Worth it.',
      },
      'recommended Conditional GO on version 1',
      'Worth it.',
    ],
    [
      'opportunity.held',
      { from: 'RECOMMENDED', to: 'ON_HOLD', until: '2026-12-10', reason: 'Frozen.' },
      'put it on hold until 10 Dec 2026',
      'Frozen.',
    ],
    ['holiday.added', { day: '2027-01-01' }, 'added the holiday 1 Jan 2027', null],
    [
      'stand_in.named',
      { role: 'MANAGER', standIn: 'Ada', from: '2026-12-01', to: '2026-12-24' },
      'named Ada as stand-in for the role Manager, from 1 Dec 2026 to 24 Dec 2026',
      null,
    ],
    [
      'sync.watermark_set',
      { from: '2026-12-01T09:30:00.000Z', to: '2026-11-30T00:00:00.000Z', reason: 'Late rows.' },
      'set the watermark back from 1 Dec 2026, 09:30:00 UTC to 30 Nov 2026, 00:00:00 UTC',
      'Late rows.',
    ],
    [
      'opportunity.refused',
      { intent: 'recommend', state: 'SUBMITTED', refusal: 'own-assessment' },
      'was refused to recommend',
      'This is your own assessment. Somebody else has to judge it.',
    ],
  ])('tells %s whole', (kind, data, text, quote) => {
    expect(eventWords(kind, data, { LEGAL: 'Legal readiness' })).toEqual({ text, quote });
  });

  it('tells what it does not know by its name', () => {
    expect(eventWords('opportunity.held', {}).text).toBe('put on hold');
    expect(eventWords('thing.of_old', {}).text).toBe('thing of old');
  });

  it('knows a move from an event that moves nothing', () => {
    expect(moveOf({ from: 'NEW', to: 'ASSIGNED' })).toBe('ASSIGNED');
    expect(moveOf({ from: 'ASSIGNED', to: 'ASSIGNED' })).toBeNull();
    expect(moveOf({ condition: 'x' })).toBeNull();
  });
});
