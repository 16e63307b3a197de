import { describe, expect, it } from 'vitest';
import { parseHandOver } from './hand-over-form.ts';

const ada = '5d0c3ad0-4d5a-4a3e-9e5f-3b8f4b3b7e11';
const ben = '6d0c3ad0-4d5a-4a3e-9e5f-3b8f4b3b7e22';

function form(fields: Record<string, string>): FormData {
  const posted = new FormData();
  for (const [name, value] of Object.entries(fields)) posted.append(name, value);
  return posted;
}

describe('the form of handing over', () => {
  it('takes the choice for all where a row makes none, and leaves what is to be left', () => {
    const fields = {
      intent: 'deactivate',
      everything: ada,
      'assessor.1.0': '',
      'assessor.2.7': ben,
      'assessor.3.1': 'leave',
      'head.4': ben,
      'head.5': '',
    };
    expect(parseHandOver(form(fields))).toEqual({
      assessments: [
        { opportunityId: '1', revision: 0, to: ada },
        { opportunityId: '2', revision: 7, to: ben },
      ],
      practices: [{ practiceId: '4', to: ben }],
    });
  });

  it('leaves everything where nothing is chosen', () => {
    const nothing = { assessments: [], practices: [] };
    expect(parseHandOver(form({ 'assessor.1.0': '' }))).toEqual(nothing);
    expect(parseHandOver(form({ everything: 'leave', 'assessor.1.0': '' }))).toEqual(nothing);
  });

  it.each<Record<string, string>>([
    { 'assessor.x.0': ada },
    { 'assessor.1': ada },
    { 'assessor.1.0': 'somebody' },
    { everything: 'somebody', 'assessor.1.0': '' },
    { 'head.1': 'somebody' },
    { 'head.-1': ada },
  ])('is none where it names nobody or nothing: %o', (fields) => {
    expect(parseHandOver(form(fields))).toBeNull();
  });
});
