import { personStateNames, type PersonState } from '#app/domain/person-state.ts';
import { Badge, type Tone } from './ui/badge.tsx';

const tones: Record<PersonState, Tone> = {
  active: 'good',
  invited: 'info',
  'never-came': 'warning',
  deactivated: 'neutral',
  gone: 'neutral',
};

/** How a person stands. */
export function PersonStateBadge({ state }: { state: PersonState }) {
  return <Badge tone={tones[state]}>{personStateNames[state]}</Badge>;
}
