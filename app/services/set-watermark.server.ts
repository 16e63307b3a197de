import { readInstant } from '#app/domain/typed-instant.ts';
import { whyNotSetBack, whyNoTime } from '#app/domain/watermark.ts';
import { db, type Db } from '#app/lib/db.server.ts';
import { recordEvent } from '#app/models/audit-event.server.ts';
import { stillHolds } from '#app/models/user-role.server.ts';
import {
  getWatermark,
  isLockTimeout,
  lockWatermark,
  newestRun,
  type Watermark,
} from '#app/models/watermark.server.ts';

export interface WatermarkSetting {
  actor: { id: string; name: string };
  /** As it was typed, on the wall of `zone`. */
  to: string;
  zone: string;
  reason: string;
  /** The last change the form was made on. */
  seen: string;
  requestId?: string;
}

export type WatermarkSet =
  | {
      ok: true;
      to: Date;
      /** A run that goes on with the watermark it began with. */ running: boolean;
    }
  | { ok: false; status: 400 | 403 | 409; message: string; errors: { to?: string } };

/** Sets the watermark back, so that the next delta reads from there. Never forward, which would skip changes. */
export async function setWatermark(input: WatermarkSetting): Promise<WatermarkSet> {
  const to = readInstant(input.to, input.zone);
  if (!to) return badTime(whyNoTime(input.to));
  try {
    return await db.$transaction((tx) => change(tx, input, to), {
      maxWait: 20_000,
      timeout: 20_000,
    });
  } catch (error) {
    if (!isLockTimeout(error)) throw error;
    return refused(409, 'A sync is in the middle of writing. Nothing was changed; try again.');
  }
}

async function change(tx: Db, input: WatermarkSetting, to: Date): Promise<WatermarkSet> {
  await lockWatermark(tx);
  if (!(await stillHolds(tx, input.actor.id, 'run:sync')))
    return refused(403, 'Your roles do not let you set the watermark.');
  const watermark = await getWatermark(tx);
  if (watermark.lastChange !== input.seen) return overtaken(tx, watermark);
  if (!watermark.at)
    return refused(409, 'There is no watermark yet: no sync has got through. Run a full sync.');
  const why = whyNotSetBack(to, { watermark: watermark.at, now: new Date() });
  if (why) return badTime(why);
  const running = await tx.syncLog.count({ where: { status: 'RUNNING' } });
  const { actor, reason, requestId } = input;
  await tx.watermarkChange.create({
    data: {
      watermark: to,
      previous: watermark.at,
      afterRun: await newestRun(tx),
      reason,
      setById: actor.id,
      setByName: actor.name,
    },
  });
  await recordEvent(tx, {
    kind: 'sync.watermark_set',
    actor,
    subject: { type: 'watermark', id: 'watermark' },
    data: { from: watermark.at.toISOString(), to: to.toISOString(), reason },
    requestId,
  });
  return { ok: true, to, running: running > 0 };
}

async function overtaken(tx: Db, { lastChange }: Watermark): Promise<WatermarkSet> {
  const last = await tx.watermarkChange.findUnique({
    where: { id: BigInt(lastChange) },
    select: { setByName: true },
  });
  const who = last ? `${last.setByName} has` : 'Somebody has';
  return refused(
    409,
    `${who} set the watermark back since this page was loaded. Nothing of yours was saved; look at where it stands now.`,
  );
}

function badTime(message: string): WatermarkSet {
  return { ok: false, status: 400, message, errors: { to: message } };
}

function refused(status: 403 | 409, message: string): WatermarkSet {
  return { ok: false, status, message, errors: {} };
}
