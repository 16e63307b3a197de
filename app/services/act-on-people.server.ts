import type { PeopleIntent } from '#app/domain/people-intent.ts';
import { roleNames } from '#app/domain/roles.ts';
import { addPractice } from './add-practice.server.ts';
import { grantRole } from './grant-role.server.ts';
import { joinPractice } from './join-practice.server.ts';
import { leavePractice } from './leave-practice.server.ts';
import { reconcilePeople } from './reconcile-people.server.ts';
import { removePractice } from './remove-practice.server.ts';
import { revokeRole } from './revoke-role.server.ts';

export interface PeopleOutcome {
  ok: boolean;
  /** Refused because Ory does not answer. */
  outage?: boolean;
  message: string;
}

/** Does what a button of the people page asks for, and says in words what came of it. */
export async function actOnPeople(
  intent: PeopleIntent,
  by: { actor: { id: string; name: string }; requestId?: string },
): Promise<PeopleOutcome> {
  switch (intent.intent) {
    case 'grant-role': {
      const result = await grantRole({ ...by, ...intent });
      return result.ok ? done(`${result.name} holds the role ${roleNames[intent.role]}.`) : result;
    }
    case 'revoke-role': {
      const result = await revokeRole({ ...by, ...intent });
      return result.ok
        ? done(`${result.name} no longer holds the role ${roleNames[intent.role]}.`)
        : result;
    }
    case 'join-practice': {
      const result = await joinPractice({ ...by, ...intent });
      return result.ok ? done(`${result.name} belongs to ${result.practice}.`) : result;
    }
    case 'leave-practice': {
      const result = await leavePractice({ ...by, ...intent });
      return result.ok ? done(`${result.name} no longer belongs to ${result.practice}.`) : result;
    }
    case 'add-practice': {
      const result = await addPractice({ ...by, ...intent });
      return result.ok ? done(`The practice ${result.name} was added.`) : result;
    }
    case 'remove-practice': {
      const result = await removePractice({ ...by, ...intent });
      return result.ok ? done(`The practice ${result.name} was removed.`) : result;
    }
    case 'check-identities': {
      const { outcome, message } = await reconcilePeople(by.actor);
      return { ok: outcome === 'DONE', outage: outcome === 'FAILED', message };
    }
  }
}

function done(message: string): PeopleOutcome {
  return { ok: true, message };
}
