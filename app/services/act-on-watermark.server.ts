import type { FieldErrors } from '#app/domain/typed-form.ts';
import { whyNotBackfill } from '#app/domain/watermark.ts';
import type { WatermarkForm } from '#app/domain/watermark-form.ts';
import { formatDay } from '#app/lib/format.ts';
import type { Toast } from '#app/lib/toast.server.ts';
import { requestSync, type SyncRequest } from './request-sync.server.ts';
import { setWatermark } from './set-watermark.server.ts';

export type WatermarkAct =
  | { ok: true; path: string; toast: Toast }
  | { ok: false; status: 400 | 403 | 409; message: string; errors: FieldErrors };

type Acting = Pick<SyncRequest, 'requestId'> & { actor: { id: string; name: string } };

/** Carries out what a form of the watermark's page asks for. */
export async function actOnWatermark(form: WatermarkForm, acting: Acting): Promise<WatermarkAct> {
  switch (form.intent) {
    case 'set-back':
      return setBack(form, acting);
    case 'backfill':
      return backfill(form, acting);
    case 'sweep':
      return order('Full sync started', { mode: 'FULL', ...acting });
    case 'delta':
      return order('Incremental sync started', { mode: 'INCREMENTAL', ...acting });
    case 'dry-run':
      return order('Dry run started', { mode: form.mode, purpose: 'DRY_RUN', ...acting });
  }
}

async function setBack(
  { to, zone, reason, seen }: Extract<WatermarkForm, { intent: 'set-back' }>,
  acting: Acting,
): Promise<WatermarkAct> {
  const outcome = await setWatermark({ to, zone, reason, seen, ...acting });
  if (!outcome.ok) return outcome;
  const description = outcome.running
    ? 'The sync that is running goes on as it began; the next incremental one reads from there.'
    : 'The next incremental sync reads from there.';
  const toast = { tone: 'good' as const, title: 'Watermark set back', description };
  return { ok: true, path: '/sync/watermark', toast };
}

async function backfill(
  { from, to, reason }: Extract<WatermarkForm, { intent: 'backfill' }>,
  acting: Acting,
): Promise<WatermarkAct> {
  // The range is days of UTC, as the CRM is asked for them, and not of where people work.
  const errors = whyNotBackfill({ from, to }, new Date().toISOString().slice(0, 10));
  const message = errors.from ?? errors.to;
  if (message) return { ok: false, status: 400, message, errors: { ...errors } };
  return order(`Backfill of ${formatDay(from)} to ${formatDay(to)} started`, {
    mode: 'INCREMENTAL',
    purpose: 'BACKFILL',
    range: { from: new Date(from), to: new Date(to) },
    ...(reason && { reason }),
    ...acting,
  });
}

async function order(title: string, request: SyncRequest): Promise<WatermarkAct> {
  const outcome = await requestSync(request);
  if (outcome.ok) {
    return { ok: true, path: `/sync/runs/${outcome.runId}`, toast: { tone: 'info', title } };
  }
  return {
    ok: false,
    status: 409,
    message: `Run ${outcome.runId} is in progress, and only one can be at a time. Wait for it or stop it, then ask again.`,
    errors: {},
  };
}
