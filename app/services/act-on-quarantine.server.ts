import type { QuarantineForm } from '#app/domain/quarantine-form.ts';
import { plural } from '#app/lib/format.ts';
import type { GroupKey } from '#app/models/sync-quarantine.server.ts';
import { addMappingRule } from './add-mapping-rule.server.ts';
import { discardQuarantined } from './discard-quarantined.server.ts';
import type { Refused } from './quarantine-outcome.server.ts';
import { replayQuarantined } from './replay-quarantined.server.ts';

/** What came of it in words; `runId` where a run was ordered. */
export type QuarantineDone = { ok: true; message: string; note?: string; runId?: string };

/** Does what a form on the page of a group asks for. */
export async function actOnQuarantine(
  form: QuarantineForm,
  by: { actor: { id: string; name: string }; group: GroupKey; requestId?: string },
): Promise<QuarantineDone | Refused> {
  switch (form.intent) {
    case 'replay': {
      const replayed = await replayQuarantined({ ...by, choice: form.choice });
      if (!replayed.ok) return replayed;
      const { records, left, runId } = replayed;
      const note =
        left > 0 ? `${plural(left, 'record')} more wait for the next replay.` : undefined;
      return { ok: true, runId, message: `Replaying ${plural(records, 'record')}`, note };
    }
    case 'discard': {
      const discarded = await discardQuarantined({ ...by, ...form });
      if (!discarded.ok) return discarded;
      const note = 'They are kept whole, and come up again when the CRM sends them changed.';
      return { ok: true, message: `${plural(discarded.records, 'record')} discarded`, note };
    }
    case 'add-rule': {
      const added = await addMappingRule({ ...by, ...by.group, ...form });
      if (!added.ok) return added;
      const note = 'It holds from the next run on. Replay the group to apply it now.';
      return { ok: true, message: `There is a rule for ${by.group.field} now`, note };
    }
  }
}
